import { common, peer } from '@hyperledger/fabric-protos';
import { hex, sha256 } from './bytes';
import { decodeReadWriteSet, type NamespaceSet } from './rwset';

const Code = peer.TxValidationCode;
export type ValidationCode = number;

/** Why a transaction cannot be valid, with the code that a peer gives it (`peer.TxValidationCode`). */
export class BadTransaction extends Error {
  override readonly name = 'BadTransaction';
  readonly code: ValidationCode;

  constructor(code: ValidationCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** What every envelope has. */
export interface EnvelopeHeader {
  readonly type: number;
  readonly epoch: number;
  readonly channel: string;
  readonly txId: string;
  /** POSIX milliseconds, as the client claims. */
  readonly time: number;
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  /** The bytes under {@link signature}. */
  readonly payload: Uint8Array;
  readonly signature: Uint8Array;
  readonly data: Uint8Array;
  readonly channelHeaderBytes: Uint8Array;
  readonly signatureHeaderBytes: Uint8Array;
  readonly extension: Uint8Array;
}

interface Endorsement {
  readonly endorser: Uint8Array;
  readonly signature: Uint8Array;
}

/** An endorser transaction taken apart. */
export interface EndorserTransaction {
  readonly header: EnvelopeHeader;
  readonly chaincode: string;
  /** Function name and arguments, as the client proposed them. */
  readonly args: readonly Uint8Array[];
  /** The bytes that endorsers signed, before their own identity. */
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
  readonly sets: readonly NamespaceSet[];
  /** What the contract answered. */
  readonly answer: { readonly status: number; readonly payload: Uint8Array };
  readonly event: { readonly name: string; readonly payload: Uint8Array } | undefined;
}

function read<T>(code: ValidationCode, what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new BadTransaction(code, `${what} cannot be read`, { cause });
  }
}

function present<T>(value: T | undefined, code: ValidationCode, what: string): T {
  if (value !== undefined) return value;
  throw new BadTransaction(code, `${what} is missing`);
}

/** @throws BadTransaction NIL_ENVELOPE, INVALID_OTHER_REASON, BAD_PAYLOAD, BAD_COMMON_HEADER */
export function decodeHeader(bytes: Uint8Array): EnvelopeHeader {
  if (bytes.length === 0) throw new BadTransaction(Code.NIL_ENVELOPE, 'the envelope is empty');
  const envelope = read(Code.INVALID_OTHER_REASON, 'the envelope', () => common.Envelope.deserializeBinary(bytes));
  const payloadBytes = envelope.getPayload_asU8();
  const payload = read(Code.BAD_PAYLOAD, 'the payload', () => common.Payload.deserializeBinary(payloadBytes));
  const header = present(payload.getHeader(), Code.BAD_COMMON_HEADER, 'the header');
  const channelHeaderBytes = header.getChannelHeader_asU8();
  const signatureHeaderBytes = header.getSignatureHeader_asU8();
  const channel = read(Code.BAD_COMMON_HEADER, 'the channel header', () =>
    common.ChannelHeader.deserializeBinary(channelHeaderBytes),
  );
  const signer = read(Code.BAD_COMMON_HEADER, 'the signature header', () =>
    common.SignatureHeader.deserializeBinary(signatureHeaderBytes),
  );
  return {
    type: channel.getType(),
    epoch: channel.getEpoch(),
    channel: channel.getChannelId(),
    txId: channel.getTxId(),
    time: channel.getTimestamp()?.toDate().getTime() ?? 0,
    creator: signer.getCreator_asU8(),
    nonce: signer.getNonce_asU8(),
    payload: payloadBytes,
    signature: envelope.getSignature_asU8(),
    data: payload.getData_asU8(),
    channelHeaderBytes,
    signatureHeaderBytes,
    extension: channel.getExtension_asU8(),
  };
}

/** Hex SHA-256 of nonce and creator (`protoutil.ComputeTxID`): nobody can choose a transaction id. */
export function deriveTxId({ nonce, creator }: Pick<EnvelopeHeader, 'nonce' | 'creator'>): string {
  return hex(sha256(nonce, creator));
}

/** A header that no transaction may have, whoever signed it. @throws BadTransaction BAD_COMMON_HEADER */
export function assertHeader({ type, epoch, nonce, creator }: EnvelopeHeader): void {
  const types: readonly number[] = [common.HeaderType.ENDORSER_TRANSACTION, common.HeaderType.CONFIG];
  // The configuration of block 0 is nobody's and has no nonce of a client.
  const isSigned = type === common.HeaderType.CONFIG || (nonce.length > 0 && creator.length > 0);
  if (types.includes(type) && epoch === 0 && isSigned) return;
  throw new BadTransaction(Code.BAD_COMMON_HEADER, 'type, epoch, nonce or creator is not that of a transaction');
}

function singleAction(data: Uint8Array): peer.TransactionAction {
  const bad = Code.INVALID_ENDORSER_TRANSACTION;
  const actions = read(bad, 'the transaction', () => peer.Transaction.deserializeBinary(data)).getActionsList();
  const [action] = actions;
  if (action !== undefined && actions.length === 1) return action;
  throw new BadTransaction(bad, 'a transaction has exactly one action');
}

/** An action repeats the signature header; peers only look whether it is one. */
function actionHeader(action: peer.TransactionAction): Uint8Array {
  const bad = Code.INVALID_ENDORSER_TRANSACTION;
  const bytes = action.getHeader_asU8();
  const header = read(bad, 'the header of the action', () => common.SignatureHeader.deserializeBinary(bytes));
  if (header.getNonce_asU8().length > 0 && header.getCreator_asU8().length > 0) return bytes;
  throw new BadTransaction(bad, 'the action has no header');
}

/** The response names the proposal that it answers (`protoutil.GetProposalHash1`); transient data never enter it. */
function assertProposalHash(
  header: EnvelopeHeader,
  signatureHeader: Uint8Array,
  proposal: Uint8Array,
  response: peer.ProposalResponsePayload,
): void {
  const hash = sha256(header.channelHeaderBytes, signatureHeader, proposal);
  if (hash.equals(response.getProposalHash_asU8())) return;
  throw new BadTransaction(Code.INVALID_ENDORSER_TRANSACTION, 'the response belongs to another proposal');
}

function argsOf(proposal: Uint8Array): Uint8Array[] {
  return read(Code.BAD_PAYLOAD, 'the proposal', () => {
    const input = peer.ChaincodeProposalPayload.deserializeBinary(proposal).getInput_asU8();
    const spec = peer.ChaincodeInvocationSpec.deserializeBinary(input).getChaincodeSpec();
    return spec?.getInput()?.getArgsList_asU8() ?? [];
  });
}

/** The chaincode that was called must be the one that answered, with a version, and the one that set the event. */
function chaincodeOf(extension: peer.ChaincodeHeaderExtension, action: peer.ChaincodeAction): string {
  const called = present(extension.getChaincodeId(), Code.INVALID_OTHER_REASON, 'the chaincode that was called');
  const answered = present(action.getChaincodeId(), Code.INVALID_OTHER_REASON, 'the chaincode that answered');
  const name = called.getName();
  if (name === '' || name !== answered.getName() || answered.getVersion() === '')
    throw new BadTransaction(Code.INVALID_CHAINCODE, 'another chaincode answered than the one that was called');
  return name;
}

function eventOf(bytes: Uint8Array, chaincode: string): EndorserTransaction['event'] {
  if (bytes.length === 0) return undefined;
  const event = read(Code.INVALID_OTHER_REASON, 'the event', () => peer.ChaincodeEvent.deserializeBinary(bytes));
  if (event.getChaincodeId() !== chaincode)
    throw new BadTransaction(Code.INVALID_OTHER_REASON, 'the event is not of the chaincode that was called');
  return { name: event.getEventName(), payload: event.getPayload_asU8() };
}

function endorsedAction(header: EnvelopeHeader): { endorsed: peer.ChaincodeEndorsedAction; proposal: Uint8Array } {
  const bad = Code.INVALID_ENDORSER_TRANSACTION;
  const action = singleAction(header.data);
  const signatureHeader = actionHeader(action);
  const payload = read(bad, 'the action', () =>
    peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8()),
  );
  const endorsed = present(payload.getAction(), bad, 'the endorsed action');
  const proposal = payload.getChaincodeProposalPayload_asU8();
  assertProposalHash(header, signatureHeader, proposal, responseOf(endorsed));
  return { endorsed, proposal };
}

function responseOf(endorsed: peer.ChaincodeEndorsedAction): peer.ProposalResponsePayload {
  const bytes = endorsed.getProposalResponsePayload_asU8();
  return read(Code.INVALID_ENDORSER_TRANSACTION, 'the response', () =>
    peer.ProposalResponsePayload.deserializeBinary(bytes),
  );
}

/** Takes an endorser transaction apart, in the order of Fabric's checks. @throws BadTransaction for the first thing wrong */
export function decodeTransaction(header: EnvelopeHeader): EndorserTransaction {
  const { endorsed, proposal } = endorsedAction(header);
  const extension = read(Code.BAD_HEADER_EXTENSION, 'the header extension', () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(header.extension),
  );
  const action = read(Code.BAD_RESPONSE_PAYLOAD, 'the chaincode action', () =>
    peer.ChaincodeAction.deserializeBinary(responseOf(endorsed).getExtension_asU8()),
  );
  const sets = read(Code.BAD_RWSET, 'the read-write set', () => decodeReadWriteSet(action.getResults_asU8()));
  const chaincode = chaincodeOf(extension, action);
  return {
    header,
    chaincode,
    args: argsOf(proposal),
    responsePayload: endorsed.getProposalResponsePayload_asU8(),
    endorsements: endorsed
      .getEndorsementsList()
      .map((entry) => ({ endorser: entry.getEndorser_asU8(), signature: entry.getSignature_asU8() })),
    sets,
    answer: {
      status: action.getResponse()?.getStatus() ?? 0,
      payload: action.getResponse()?.getPayload_asU8() ?? new Uint8Array(0),
    },
    event: eventOf(action.getEvents_asU8(), chaincode),
  };
}
