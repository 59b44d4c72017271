import { common, peer } from '@hyperledger/fabric-protos';
import { encode, sha256 } from '../proto/bytes';
import { decodeReadWriteSet } from '../rwset/decode';
import type { NamespaceSet } from '../rwset/types';
import { Code, type ValidationCode } from './codes';

/** Why a transaction cannot be valid, in the words of `peer.TxValidationCode`. */
export class InvalidTransaction extends Error {
  override readonly name = 'InvalidTransaction';
  readonly code: ValidationCode;
  /** Set where the header can be read: who sent it, and under which id, is judged before what it holds. */
  readonly header: EnvelopeHeader | undefined;

  constructor(code: ValidationCode, message: string, options?: ErrorOptions & { readonly header?: EnvelopeHeader }) {
    super(message, options);
    this.code = code;
    this.header = options?.header;
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

/** @throws InvalidTransaction NIL_ENVELOPE, BAD_PAYLOAD, BAD_COMMON_HEADER */
export function decodeEnvelope(bytes: Uint8Array): EnvelopeHeader {
  if (bytes.length === 0) throw new InvalidTransaction(Code.NIL_ENVELOPE, 'the envelope is empty');
  const envelope = attempt(Code.INVALID_OTHER_REASON, 'the envelope', () => common.Envelope.deserializeBinary(bytes));
  const payloadBytes = envelope.getPayload_asU8();
  const payload = attempt(Code.BAD_PAYLOAD, 'the payload', () => common.Payload.deserializeBinary(payloadBytes));
  const header = present(payload.getHeader(), Code.BAD_COMMON_HEADER, 'the header');
  const channelHeader = attempt(Code.BAD_COMMON_HEADER, 'the channel header', () =>
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

const TRANSACTION_TYPES: readonly number[] = [
  common.HeaderType.ENDORSER_TRANSACTION,
  common.HeaderType.CONFIG,
  common.HeaderType.CONFIG_UPDATE,
];

function assertHeader({ channelHeader, creator, nonce }: EnvelopeHeader): void {
  const isKnown = TRANSACTION_TYPES.includes(channelHeader.getType());
  if (isKnown && channelHeader.getEpoch() === 0 && creator.length > 0 && nonce.length > 0) return;
  throw new InvalidTransaction(
    Code.BAD_COMMON_HEADER,
    'the type, epoch, creator or nonce is not that of a transaction',
  );
}

/** What the client sent back: the response of the endorsers to its proposal. */
interface Answered {
  readonly proposalHash: Buffer;
  readonly responsePayload: Uint8Array;
  readonly response: peer.ProposalResponsePayload;
  readonly endorsements: readonly Endorsement[];
}

function singleAction(data: Uint8Array): peer.TransactionAction {
  const invalid = Code.INVALID_ENDORSER_TRANSACTION;
  const transaction = attempt(invalid, 'the transaction', () => peer.Transaction.deserializeBinary(data));
  const actions = transaction.getActionsList();
  const [action] = actions;
  if (action !== undefined && actions.length === 1) return action;
  throw new InvalidTransaction(invalid, 'a transaction has exactly one action');
}

/** The header of an action repeats that of the envelope; only that it is one is looked at. */
function assertActionHeader(bytes: Uint8Array): void {
  const header = attempt(Code.INVALID_ENDORSER_TRANSACTION, 'the header of the action', () =>
    common.SignatureHeader.deserializeBinary(bytes),
  );
  if (header.getNonce_asU8().length > 0 && header.getCreator_asU8().length > 0) return;
  throw new InvalidTransaction(Code.INVALID_ENDORSER_TRANSACTION, 'the action has no header');
}

/** @throws InvalidTransaction INVALID_ENDORSER_TRANSACTION */
function readAnswer({ data, channelHeaderBytes }: EnvelopeHeader): Answered {
  const invalid = Code.INVALID_ENDORSER_TRANSACTION;
  const action = singleAction(data);
  assertActionHeader(action.getHeader_asU8());
  const payload = attempt(invalid, 'the action', () =>
    peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()),
  );
  const endorsed = present(payload.getAction(), invalid, 'the endorsed action');
  const responsePayload = endorsed.getProposalResponsePayload_asU8();
  const response = attempt(invalid, 'the response', () =>
    peer.ProposalResponsePayload.deserializeBinary(responsePayload),
  );
  const proposal = payload.getChaincodeProposalPayload_asU8();
  const proposalHash = deriveProposalHash(channelHeaderBytes, action.getHeader_asU8(), proposal);
  if (!proposalHash.equals(response.getProposalHash_asU8())) {
    throw new InvalidTransaction(invalid, 'the response belongs to another proposal');
  }
  const endorsements = endorsed
    .getEndorsementsList()
    .map((entry) => ({ endorser: entry.getEndorser_asU8(), signature: entry.getSignature_asU8() }));
  return { proposalHash, responsePayload, response, endorsements };
}

/** The chaincode that the client called must be the one that answered, with a version, and the one that set the event. */
function chaincodeOf(extension: peer.ChaincodeHeaderExtension, action: peer.ChaincodeAction): string {
  const called = present(extension.getChaincodeId(), Code.INVALID_OTHER_REASON, 'the chaincode of the header');
  const answered = present(action.getChaincodeId(), Code.INVALID_OTHER_REASON, 'the chaincode of the response');
  const name = called.getName();
  if (name === '' || name !== answered.getName() || answered.getVersion() === '') {
    throw new InvalidTransaction(Code.INVALID_CHAINCODE, 'the response is not of the chaincode that was called');
  }
  assertOwnEvent(action, name);
  return name;
}

function assertOwnEvent(action: peer.ChaincodeAction, chaincode: string): void {
  const bytes = action.getEvents_asU8();
  if (bytes.length === 0) return;
  const event = attempt(Code.INVALID_OTHER_REASON, 'the event', () => peer.ChaincodeEvent.deserializeBinary(bytes));
  if (event.getChaincodeId() === chaincode) return;
  throw new InvalidTransaction(Code.INVALID_OTHER_REASON, 'the event is not of the chaincode that was called');
}

function decodeContent(bytes: Buffer, header: EnvelopeHeader): EndorserTransaction {
  const { channelHeader } = header;
  if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
    throw new InvalidTransaction(Code.UNSUPPORTED_TX_PAYLOAD, 'only endorser transactions are accepted');
  }
  const answered = readAnswer(header);
  const extension = attempt(Code.BAD_HEADER_EXTENSION, 'the header extension', () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  const action = attempt(Code.BAD_RESPONSE_PAYLOAD, 'the chaincode action', () =>
    peer.ChaincodeAction.deserializeBinary(answered.response.getExtension_asU8()),
  );
  const sets = attempt(Code.BAD_RWSET, 'the read-write set', () => decodeReadWriteSet(action.getResults_asU8()));
  return {
    bytes,
    header,
    txId: channelHeader.getTxId(),
    channel: channelHeader.getChannelId(),
    chaincode: chaincodeOf(extension, action),
    proposalHash: answered.proposalHash,
    responsePayload: answered.responsePayload,
    endorsements: answered.endorsements,
    action,
    sets,
  };
}

/**
 * Decodes an endorser transaction without judging it.
 * @throws InvalidTransaction with the code that a peer gives for the first thing that cannot be read.
 */
export function decodeTransaction(bytes: Buffer): EndorserTransaction {
  const header = decodeEnvelope(bytes);
  assertHeader(header);
  try {
    return decodeContent(bytes, header);
  } catch (error) {
    if (!(error instanceof InvalidTransaction)) throw error;
    throw new InvalidTransaction(error.code, error.message, { cause: error.cause, header });
  }
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
