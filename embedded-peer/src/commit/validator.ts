import { common } from '@hyperledger/fabric-protos';
import { Code, type ValidationCode } from '../block/codes';
import {
  deriveTransactionId,
  InvalidTransaction,
  type Endorsement,
  type EndorserTransaction,
  type EnvelopeHeader,
} from '../block/transaction';
import { IdentityError, type Identity, type Membership } from '../identity/membership';
import type { OwnEndorsements } from '../endorser/own-endorsements';
import { isPolicySatisfied } from '../identity/signature-policy';
import type { Metadata, State } from '../ledger/state';
import type { NamespaceSet } from '../rwset/types';

/** Name under which Fabric keeps the endorsement policy of one key. */
export const VALIDATION_PARAMETER = 'VALIDATION_PARAMETER';

export interface ChannelRules {
  readonly channel: string;
  readonly chaincode: string;
  /** Private data collections by name, with the endorsement policy of those that have one of their own. */
  readonly collections: ReadonlyMap<string, common.SignaturePolicyEnvelope | undefined>;
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
export function assertWellSigned(header: EnvelopeHeader, rules: ChannelRules): void {
  const channel = header.channelHeader.getChannelId();
  if (channel !== rules.channel) throw invalid(Code.TARGET_CHAIN_NOT_FOUND, `channel ${channel} is unknown`);
  try {
    rules.membership.verify(header.creator, header.payload, header.signature);
  } catch (cause) {
    const reason = cause instanceof IdentityError ? cause.message : 'the creator cannot be checked';
    throw new InvalidTransaction(Code.BAD_CREATOR_SIGNATURE, reason, { cause });
  }
  if (deriveTransactionId(header.nonce, header.creator) !== header.channelHeader.getTxId()) {
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

/** Names hold no zero byte, so the joined text is unambiguous. */
function joined(...parts: readonly string[]): string {
  return parts.join('\u0000');
}

/** A key that a transaction writes, and what stands about it in the state before the block. */
interface WrittenKey {
  readonly id: string;
  /** The policy of the key itself, of its collection, or neither. */
  readonly policy: Uint8Array | common.SignaturePolicyEnvelope | undefined;
}

function policyIn(metadata: Metadata | undefined): Uint8Array | undefined {
  return metadata?.get(VALIDATION_PARAMETER);
}

function* writtenKeys(set: NamespaceSet, state: State, rules: ChannelRules): Generator<WrittenKey> {
  const { namespace } = set;
  for (const { key } of [...set.writes, ...set.metadataWrites]) {
    yield { id: joined(namespace, key), policy: policyIn(state.public(namespace, key)?.metadata) };
  }
  for (const { collection, writes, metadataWrites } of set.collections) {
    for (const { keyHash } of [...writes, ...metadataWrites]) {
      const own = policyIn(state.hashed(namespace, collection, keyHash)?.metadata);
      const id = joined(namespace, collection, Buffer.from(keyHash).toString('hex'));
      yield { id, policy: own ?? rules.collections.get(collection) };
    }
  }
}

function* changedPolicies({ namespace, metadataWrites, collections }: NamespaceSet): Generator<string> {
  for (const { key } of metadataWrites) yield joined(namespace, key);
  for (const { collection, metadataWrites: hashed } of collections) {
    for (const { keyHash } of hashed) yield joined(namespace, collection, Buffer.from(keyHash).toString('hex'));
  }
}

/** The policies that the written keys call for; the chaincode's own where one has none or nothing is written. */
function policiesOf(keys: readonly WrittenKey[], rules: ChannelRules): common.SignaturePolicyEnvelope[] {
  const own = keys.map(({ policy }) => policy).filter((policy) => policy !== undefined);
  const bytes = own.map((policy) => Buffer.from(policy instanceof Uint8Array ? policy : policy.serializeBinary()));
  const distinct = new Map(bytes.map((policy) => [policy.toString('latin1'), policy]));
  const policies = [...distinct.values()].map((policy) => common.SignaturePolicyEnvelope.deserializeBinary(policy));
  const needsChaincodePolicy = own.length < keys.length || keys.length === 0;
  return needsChaincodePolicy ? [rules.endorsement, ...policies] : policies;
}

function writesAnything({ writes, metadataWrites, collections }: NamespaceSet): boolean {
  const isWritten = collections.some((one) => one.writes.length + one.metadataWrites.length > 0);
  return isWritten || writes.length + metadataWrites.length > 0;
}

/** Fabric's own namespace of chaincode definitions: known to every channel, and nobody here may endorse a write to it. */
const LIFECYCLE = '_lifecycle';

/** Reading elsewhere is held to the versions that were read; writing is for the chaincode that was called. */
function assertOwnNamespace({ chaincode, sets }: EndorserTransaction, rules: ChannelRules): void {
  if (new Set(sets.map(({ namespace }) => namespace)).size < sets.length) {
    throw invalid(Code.ILLEGAL_WRITESET, 'a namespace stands twice in the read-write set');
  }
  if (chaincode !== rules.chaincode) throw invalid(Code.INVALID_CHAINCODE, `chaincode ${chaincode} is unknown`);
  const written = sets.filter(writesAnything);
  const foreign = written.find(({ namespace }) => namespace !== rules.chaincode)?.namespace;
  if (foreign === LIFECYCLE) throw invalid(Code.ENDORSEMENT_POLICY_FAILURE, 'definitions are not written here');
  if (foreign !== undefined) throw invalid(Code.INVALID_CHAINCODE, `chaincode ${foreign} is unknown`);
  const collections = written.flatMap((set) => set.collections.filter(({ writes }) => writes.length > 0));
  const unknown = collections.find(({ collection }) => !rules.collections.has(collection))?.collection;
  if (unknown !== undefined) throw invalid(Code.INVALID_WRITESET, `collection ${unknown} is unknown`);
}

/**
 * Chaincode and endorsements of the transactions of one block, in its order. Policies are those of the state before the
 * block; a key whose policy an earlier transaction of the block changes may not be written behind it at all.
 */
export class EndorsementCheck {
  readonly #state: State;
  readonly #rules: ChannelRules;
  readonly #changed = new Set<string>();

  constructor(state: State, rules: ChannelRules) {
    this.#state = state;
    this.#rules = rules;
  }

  /** @throws InvalidTransaction INVALID_CHAINCODE, ILLEGAL_WRITESET, INVALID_WRITESET, ENDORSEMENT_POLICY_FAILURE */
  assertEndorsed(transaction: EndorserTransaction): void {
    assertOwnNamespace(transaction, this.#rules);
    const { sets } = transaction;
    const keys = sets.flatMap((set) => [...writtenKeys(set, this.#state, this.#rules)]);
    const endorsers = endorsersOf(transaction, this.#rules);
    const isSatisfied = policiesOf(keys, this.#rules).every((policy) => isPolicySatisfied(policy, endorsers));
    if (!isSatisfied) throw invalid(Code.ENDORSEMENT_POLICY_FAILURE, 'the endorsements do not satisfy the policy');
    if (keys.some(({ id }) => this.#changed.has(id))) {
      throw invalid(Code.ENDORSEMENT_POLICY_FAILURE, 'the policy of a key was changed in the same block');
    }
    for (const set of sets) for (const id of changedPolicies(set)) this.#changed.add(id);
  }
}
