import { common, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { randomBytes } from 'node:crypto';
import {
  createTransactionEnvelope,
  deriveProposalHash,
  deriveTransactionId,
  type Endorsement,
} from '../../../embedded-peer/src/block/transaction';
import type { SigningIdentity } from '../../../embedded-peer/src/identity/signing-identity';
import { encode } from '../../../embedded-peer/src/proto/bytes';
import { encodeReadWriteSet } from '../../../embedded-peer/src/rwset/encode';
import type { NamespaceSet } from '../../../embedded-peer/src/rwset/types';

/** What one transaction made by hand is to be; every hook changes it at another stage, before what follows is signed. */
export interface Draft {
  readonly creator: SigningIdentity;
  readonly endorsers: readonly SigningIdentity[];
  readonly sets?: readonly NamespaceSet[];
  readonly nonce?: Buffer;
  readonly channelHeader?: (header: common.ChannelHeader) => void;
  readonly signatureHeader?: (header: common.SignatureHeader) => void;
  readonly extension?: (extension: peer.ChaincodeHeaderExtension) => void;
  readonly action?: (action: peer.ChaincodeAction) => void;
  readonly response?: (response: peer.ProposalResponsePayload) => void;
  readonly endorsements?: (endorsements: Endorsement[], responsePayload: Buffer) => Endorsement[];
  readonly transaction?: (transaction: peer.Transaction) => void;
  readonly actionPayload?: (payload: peer.ChaincodeActionPayload) => void;
  readonly payload?: (payload: common.Payload) => void;
}

const NOTHING = (): void => undefined;
const NONCE_BYTES = 24;

function chaincodeId(name: string, version = ''): peer.ChaincodeID {
  const id = new peer.ChaincodeID();
  id.setName(name);
  id.setVersion(version);
  return id;
}

function proposalPayload(chaincode: string): Buffer {
  const input = new peer.ChaincodeInput();
  input.setArgsList([Buffer.from('by hand')]);
  const spec = new peer.ChaincodeSpec();
  spec.setChaincodeId(chaincodeId(chaincode));
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  return encode(payload);
}

function header(channel: string, chaincode: string, draft: Draft): common.Header {
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(draft.creator.serialized);
  signatureHeader.setNonce(draft.nonce ?? randomBytes(NONCE_BYTES));
  (draft.signatureHeader ?? NOTHING)(signatureHeader);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId(chaincode));
  (draft.extension ?? NOTHING)(extension);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(channel);
  channelHeader.setTimestamp(Timestamp.fromDate(new Date()));
  channelHeader.setTxId(deriveTransactionId(signatureHeader.getNonce_asU8(), signatureHeader.getCreator_asU8()));
  channelHeader.setExtension$(extension.serializeBinary());
  (draft.channelHeader ?? NOTHING)(channelHeader);
  const message = new common.Header();
  message.setChannelHeader(channelHeader.serializeBinary());
  message.setSignatureHeader(signatureHeader.serializeBinary());
  return message;
}

function responsePayload(head: common.Header, proposal: Buffer, chaincode: string, draft: Draft): Buffer {
  const ok = new peer.Response();
  ok.setStatus(200);
  const action = new peer.ChaincodeAction();
  action.setResults(encodeReadWriteSet(draft.sets ?? []));
  action.setResponse(ok);
  action.setChaincodeId(chaincodeId(chaincode, '1'));
  (draft.action ?? NOTHING)(action);
  const response = new peer.ProposalResponsePayload();
  response.setProposalHash(deriveProposalHash(head.getChannelHeader_asU8(), head.getSignatureHeader_asU8(), proposal));
  response.setExtension$(action.serializeBinary());
  (draft.response ?? NOTHING)(response);
  return encode(response);
}

export function endorse(responseBytes: Buffer, endorser: SigningIdentity): Endorsement {
  return {
    endorser: endorser.serialized,
    signature: endorser.sign(Buffer.concat([responseBytes, endorser.serialized])),
  };
}

function changeTransaction(payload: common.Payload, draft: Draft): void {
  const transaction = peer.Transaction.deserializeBinary(payload.getData_asU8());
  const [action] = transaction.getActionsList();
  if (draft.actionPayload && action) {
    const content = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
    draft.actionPayload(content);
    action.setPayload(content.serializeBinary());
  }
  (draft.transaction ?? NOTHING)(transaction);
  payload.setData(transaction.serializeBinary());
}

/** Signs the bytes of a payload as its creator; a second signature of the same payload has other bytes. */
export function signPayload(payload: Uint8Array, creator: Pick<SigningIdentity, 'sign'>): Buffer {
  const envelope = new common.Envelope();
  envelope.setPayload(payload);
  envelope.setSignature(creator.sign(payload));
  return encode(envelope);
}

/** A transaction as a client would send it, endorsed with the keys of the given peers. */
export function makeEnvelope(channel: string, chaincode: string, draft: Draft): Buffer {
  const head = header(channel, chaincode, draft);
  const proposal = proposalPayload(chaincode);
  const response = responsePayload(head, proposal, chaincode, draft);
  const made = draft.endorsers.map((endorser) => endorse(response, endorser));
  const endorsements = draft.endorsements?.(made, response) ?? made;
  const payload = common.Payload.deserializeBinary(
    createTransactionEnvelope(head, proposal, response, endorsements).getPayload_asU8(),
  );
  changeTransaction(payload, draft);
  (draft.payload ?? NOTHING)(payload);
  return signPayload(payload.serializeBinary(), draft.creator);
}

/** The same transaction, signed anew: another envelope with the same id. */
export function resign(envelope: Buffer, creator: SigningIdentity): Buffer {
  return signPayload(common.Envelope.deserializeBinary(envelope).getPayload_asU8(), creator);
}

export function transactionIdOf(envelope: Uint8Array): string {
  const payload = common.Payload.deserializeBinary(common.Envelope.deserializeBinary(envelope).getPayload_asU8());
  return common.ChannelHeader.deserializeBinary(
    payload.getHeader()?.getChannelHeader_asU8() ?? Buffer.alloc(0),
  ).getTxId();
}
