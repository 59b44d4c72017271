import { common } from '@hyperledger/fabric-protos';
import { Code, type ValidationCode } from '../block/codes';
import {
  deriveTransactionId,
  InvalidTransaction,
  type Endorsement,
  type EndorserTransaction,
} from '../block/transaction';
import { IdentityError, type Identity, type Membership } from '../identity/membership';
import type { OwnEndorsements } from '../endorser/own-endorsements';
import { isPolicySatisfied } from '../identity/signature-policy';
import type { Metadata } from '../ledger/state';
import type { NamespaceSet } from '../rwset/types';
import type { UpdateBatch } from './update-batch';

/** Name under which Fabric keeps the endorsement policy of one key. */
const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

export interface ChannelRules {
  readonly channel: string;
  readonly chaincode: string;
  readonly collections: ReadonlySet<string>;
  readonly membership: Membership;
  /** Whose endorsements the chaincode needs. */
  readonly endorsement: common.SignaturePolicyEnvelope;
  readonly own: Pick<OwnEndorsements, 'has'>;
}

function invalid(code: ValidationCode, message: string): InvalidTransaction {
  return new InvalidTransaction(code, message);
}

/**
 * Header, creator and transaction id: what an orderer and every validator check.
 * @throws InvalidTransaction TARGET_CHAIN_NOT_FOUND, BAD_CREATOR_SIGNATURE, BAD_PROPOSAL_TXID
 */
export function assertWellSigned({ header, channel, txId }: EndorserTransaction, rules: ChannelRules): void {
  if (channel !== rules.channel) throw invalid(Code.TARGET_CHAIN_NOT_FOUND, `channel ${channel} is unknown`);
  try {
    rules.membership.verify(header.creator, header.payload, header.signature);
  } catch (cause) {
    const reason = cause instanceof IdentityError ? cause.message : 'the creator cannot be checked';
    throw new InvalidTransaction(Code.BAD_CREATOR_SIGNATURE, reason, { cause });
  }
  if (deriveTransactionId(header.nonce, header.creator) !== txId) {
    throw invalid(Code.BAD_PROPOSAL_TXID, 'the transaction id does not follow from nonce and creator');
  }
}

function endorserOf(
  responsePayload: Uint8Array,
  endorsement: Endorsement,
  { membership, own }: ChannelRules,
): Identity | undefined {
  const { endorser, signature } = endorsement;
  try {
    if (own.has(responsePayload, endorsement)) return membership.identify(endorser);
    return membership.verify(endorser, Buffer.concat([responsePayload, endorser]), signature);
  } catch (error) {
    if (error instanceof IdentityError) return undefined;
    throw error;
  }
}

/** Those whose endorsement holds. A bad endorsement is not an error by itself: it merely does not count. */
function endorsersOf(transaction: EndorserTransaction, rules: ChannelRules): Identity[] {
  return transaction.endorsements
    .map((endorsement) => endorserOf(transaction.responsePayload, endorsement, rules))
    .filter((identity) => identity !== undefined);
}

/** Metadata of every key the set writes, as they are before it. */
function* writtenKeys(set: NamespaceSet, batch: UpdateBatch): Generator<Metadata | undefined> {
  const { namespace } = set;
  for (const { key } of [...set.writes, ...set.metadataWrites]) yield batch.public(namespace, key)?.metadata;
  for (const { collection, writes, metadataWrites } of set.collections) {
    for (const { keyHash } of [...writes, ...metadataWrites])
      yield batch.hashed(namespace, collection, keyHash)?.metadata;
  }
}

/** The policies that the written keys call for: a key's own, else the chaincode's (which also rules where nothing is written). */
function policiesOf(
  transaction: EndorserTransaction,
  batch: UpdateBatch,
  rules: ChannelRules,
): common.SignaturePolicyEnvelope[] {
  const parameters = transaction.sets.flatMap((set) =>
    [...writtenKeys(set, batch)].map((metadata) => metadata?.get(VALIDATION_PARAMETER)),
  );
  const own = parameters.filter((bytes) => bytes !== undefined);
  const distinct = new Map(own.map((bytes) => [Buffer.from(bytes).toString('latin1'), bytes]));
  const policies = [...distinct.values()].map((bytes) => common.SignaturePolicyEnvelope.deserializeBinary(bytes));
  const needsChaincodePolicy = own.length < parameters.length || parameters.length === 0;
  return needsChaincodePolicy ? [rules.endorsement, ...policies] : policies;
}

function assertOwnNamespace(transaction: EndorserTransaction, rules: ChannelRules): void {
  if (transaction.chaincode !== rules.chaincode) {
    throw invalid(Code.INVALID_CHAINCODE, `chaincode ${transaction.chaincode} is unknown`);
  }
  for (const { namespace, collections } of transaction.sets) {
    if (namespace !== rules.chaincode) throw invalid(Code.ILLEGAL_WRITESET, `namespace ${namespace} is not its own`);
    const unknown = collections.find(({ collection }) => !rules.collections.has(collection));
    if (unknown) throw invalid(Code.INVALID_WRITESET, `collection ${unknown.collection} is unknown`);
  }
}

/**
 * Chaincode and endorsements.
 * @throws InvalidTransaction INVALID_CHAINCODE, ILLEGAL_WRITESET, INVALID_WRITESET, ENDORSEMENT_POLICY_FAILURE
 */
export function assertEndorsed(transaction: EndorserTransaction, batch: UpdateBatch, rules: ChannelRules): void {
  assertOwnNamespace(transaction, rules);
  const endorsers = endorsersOf(transaction, rules);
  const isSatisfied = policiesOf(transaction, batch, rules).every((policy) => isPolicySatisfied(policy, endorsers));
  if (!isSatisfied) throw invalid(Code.ENDORSEMENT_POLICY_FAILURE, 'the endorsements do not satisfy the policy');
}
