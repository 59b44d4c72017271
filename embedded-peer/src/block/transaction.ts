import { common, peer } from '@hyperledger/fabric-protos';
import { encode, sha256 } from '../proto/bytes';
import { decodeReadWriteSet } from '../rwset/decode';
import type { NamespaceSet } from '../rwset/types';
import { Code, type ValidationCode } from './codes';

/** Why a transaction cannot be valid, in the words of `peer.TxValidationCode`. */
export class InvalidTransaction extends Error {
  override readonly name = 'InvalidTransaction';
  readonly code: ValidationCode;

  constructor(code: ValidationCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface Endorsement {
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** Header of an envelope, decoded. */
export interface EnvelopeHeader {
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
  readonly channelHeader: common.ChannelHeader;
  readonly channelHeaderBytes: Uint8Array;
  readonly signatureHeaderBytes: Uint8Array;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
}

/** An endorser transaction, decoded once and used by orderer, validator and committer. */
export interface EndorserTransaction {
  readonly bytes: Buffer;
  readonly header: EnvelopeHeader;
  readonly txId: string;
  readonly channel: string;
  readonly chaincode: string;
  readonly proposalHash: Uint8Array;
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
  readonly action: peer.ChaincodeAction;
  readonly sets: readonly NamespaceSet[];
}

function attempt<T>(code: ValidationCode, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new InvalidTransaction(code, `${what} cannot be read`, { cause });
  }
}

function present<T>(value: T | undefined, code: ValidationCode, what: string): T {
  if (value !== undefined) return value;
  throw new InvalidTransaction(code, `${what} is missing`);
}

/** @throws InvalidTransaction NIL_ENVELOPE, BAD_PAYLOAD, BAD_COMMON_HEADER, BAD_CHANNEL_HEADER */
export function decodeEnvelope(bytes: Uint8Array): EnvelopeHeader {
  if (bytes.length === 0) throw new InvalidTransaction(Code.NIL_ENVELOPE, 'the envelope is empty');
  const envelope = attempt(Code.INVALID_OTHER_REASON, 'the envelope', () => common.Envelope.deserializeBinary(bytes));
  const payloadBytes = envelope.getPayload_asU8();
  const payload = attempt(Code.BAD_PAYLOAD, 'the payload', () => common.Payload.deserializeBinary(payloadBytes));
  const header = present(payload.getHeader(), Code.BAD_COMMON_HEADER, 'the header');
  const channelHeader = attempt(Code.BAD_CHANNEL_HEADER, 'the channel header', () =>
    common.ChannelHeader.deserializeBinary(header.getChannelHeader_asU8()),
  );
  const signatureHeader = attempt(Code.BAD_COMMON_HEADER, 'the signature header', () =>
    common.SignatureHeader.deserializeBinary(header.getSignatureHeader_asU8()),
  );
  return {
    payload: payloadBytes,
    signature: envelope.getSignature_asU8(),
    data: payload.getData_asU8(),
    channelHeader,
    channelHeaderBytes: header.getChannelHeader_asU8(),
    signatureHeaderBytes: header.getSignatureHeader_asU8(),
    creator: signatureHeader.getCreator_asU8(),
    nonce: signatureHeader.getNonce_asU8(),
  };
}

/** Transaction id = hex SHA-256 of nonce and creator (`protoutil.ComputeTxID`). */
export function deriveTransactionId(nonce: Uint8Array, creator: Uint8Array): string {
  return sha256(nonce, creator).toString('hex');
}

/** The hash that ties a response to its proposal; transient data never enter it (`protoutil.GetProposalHash1`). */
export function deriveProposalHash(
  channelHeader: Uint8Array,
  signatureHeader: Uint8Array,
  payload: Uint8Array,
): Buffer {
  return sha256(channelHeader, signatureHeader, payload);
}

function singleAction(data: Uint8Array): peer.ChaincodeActionPayload {
  const invalid = Code.INVALID_ENDORSER_TRANSACTION;
  const transaction = attempt(invalid, 'the transaction', () => peer.Transaction.deserializeBinary(data));
  const actions = transaction.getActionsList();
  const [action] = actions;
  if (action === undefined || actions.length > 1) {
    throw new InvalidTransaction(Code.NIL_TXACTION, 'a transaction has exactly one action');
  }
  return attempt(invalid, 'the action', () => peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()));
}

function chaincodeName(header: common.ChannelHeader): string {
  const extension = attempt(Code.BAD_HEADER_EXTENSION, 'the header extension', () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(header.getExtension_asU8()),
  );
  const name = extension.getChaincodeId()?.getName() ?? '';
  if (name === '') throw new InvalidTransaction(Code.BAD_HEADER_EXTENSION, 'the header names no chaincode');
  return name;
}

/**
 * Decodes an endorser transaction without judging it.
 * @throws InvalidTransaction with the code that a peer gives for the first thing that cannot be read.
 */
export function decodeTransaction(bytes: Buffer): EndorserTransaction {
  const header = decodeEnvelope(bytes);
  if (header.channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
    throw new InvalidTransaction(Code.UNKNOWN_TX_TYPE, 'only endorser transactions are accepted');
  }
  const chaincode = chaincodeName(header.channelHeader);
  const payload = singleAction(header.data);
  const endorsed = present(payload.getAction(), Code.INVALID_ENDORSER_TRANSACTION, 'the endorsed action');
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const invalid = Code.INVALID_ENDORSER_TRANSACTION;
  const response = attempt(invalid, 'the response', () =>
    peer.ProposalResponsePayload.deserializeBinary(responsePayload),
  );
  const action = attempt(Code.BAD_RESPONSE_PAYLOAD, 'the chaincode action', () =>
    peer.ChaincodeAction.deserializeBinary(response.getExtension_asU8()),
  );
  const { channelHeaderBytes, signatureHeaderBytes } = header;
  const proposalHash = deriveProposalHash(
    channelHeaderBytes,
    signatureHeaderBytes,
    payload.getChaincodeProposalPayload_asU8(),
  );
  if (!proposalHash.equals(response.getProposalHash_asU8())) {
    throw new InvalidTransaction(invalid, 'the response belongs to another proposal');
  }
  return {
    bytes,
    header,
    txId: header.channelHeader.getTxId(),
    channel: header.channelHeader.getChannelId(),
    chaincode,
    proposalHash,
    responsePayload,
    endorsements: endorsed
      .getEndorsementsList()
      .map((entry) => ({ endorser: entry.getEndorser_asU8(), signature: entry.getSignature_asU8() })),
    action,
    sets: attempt(Code.BAD_RWSET, 'the read-write set', () => decodeReadWriteSet(action.getResults_asU8())),
  };
}

/** The event of a transaction, if its chaincode set one. */
export function chaincodeEventOf(action: peer.ChaincodeAction): peer.ChaincodeEvent | undefined {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return undefined;
  const event = peer.ChaincodeEvent.deserializeBinary(bytes);
  return event.getEventName() === '' ? undefined : event;
}

/** The transaction a client signs: the proposal's own header, its payload without transient data, and the endorsements. */
export function createTransactionEnvelope(
  header: common.Header,
  proposalPayload: Uint8Array,
  responsePayload: Uint8Array,
  endorsements: readonly Endorsement[],
): common.Envelope {
  const endorsed = new peer.ChaincodeEndorsedAction();
  endorsed.setProposalResponsePayload(responsePayload);
  endorsed.setEndorsementsList(
    endorsements.map(({ endorser, signature }) => {
      const message = new peer.Endorsement();
      message.setEndorser(endorser);
      message.setSignature(signature);
      return message;
    }),
  );
  const actionPayload = new peer.ChaincodeActionPayload();
  actionPayload.setChaincodeProposalPayload(proposalPayload);
  actionPayload.setAction(endorsed);
  const action = new peer.TransactionAction();
  action.setHeader(header.getSignatureHeader_asU8());
  action.setPayload(actionPayload.serializeBinary());
  const transaction = new peer.Transaction();
  transaction.setActionsList([action]);
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(transaction.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(encode(payload));
  return envelope;
}
