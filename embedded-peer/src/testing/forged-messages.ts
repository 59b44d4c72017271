import { common, gateway, orderer, peer as protos } from '@hyperledger/fabric-protos';
import { deriveTransactionId } from '../block/transaction';
import type { SigningIdentity } from '../identity/signing-identity';
import { encode } from '../proto/bytes';

/** What a proposal has otherwise than an honest client would make it. */
export interface ProposalChanges {
  readonly type?: number;
  readonly channel?: string;
  readonly txId?: string;
  readonly nonce?: Buffer;
  readonly sign?: (bytes: Buffer, signer: SigningIdentity) => Uint8Array;
}

/** A proposal to put `forged`. */
export function signedProposal(signer: SigningIdentity, changes: ProposalChanges = {}): protos.SignedProposal {
  const { nonce = Buffer.alloc(24, 7) } = changes;
  const chaincodeId = new protos.ChaincodeID();
  chaincodeId.setName('carbon-audit-ledger');
  const extension = new protos.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(changes.type ?? common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(changes.channel ?? 'audit');
  channelHeader.setTxId(changes.txId ?? deriveTransactionId(nonce, signer.serialized));
  channelHeader.setExtension$(extension.serializeBinary());
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(signer.serialized);
  signatureHeader.setNonce(nonce);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const input = new protos.ChaincodeInput();
  input.setArgsList(['put', 'forged', 'x'].map((argument) => Buffer.from(argument)));
  const spec = new protos.ChaincodeSpec();
  spec.setChaincodeId(chaincodeId);
  spec.setInput(input);
  const invocation = new protos.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new protos.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  const proposal = new protos.Proposal();
  proposal.setHeader(header.serializeBinary());
  proposal.setPayload(payload.serializeBinary());
  const bytes = encode(proposal);
  const signed = new protos.SignedProposal();
  signed.setProposalBytes(bytes);
  signed.setSignature((changes.sign ?? ((data, by) => by.sign(data)))(bytes, signer));
  return signed;
}

export function endorseRequest(proposal: protos.SignedProposal): Uint8Array {
  const request = new gateway.EndorseRequest();
  request.setProposedTransaction(proposal);
  return request.serializeBinary();
}

/** A request for blocks: where from, `info` says. */
export function seek(signer: SigningIdentity, info = new orderer.SeekInfo(), channel = 'audit'): common.Envelope {
  const channelHeader = new common.ChannelHeader();
  channelHeader.setChannelId(channel);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(signer.serialized);
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  const payload = new common.Payload();
  payload.setHeader(header);
  payload.setData(info.serializeBinary());
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  return envelope;
}
