import { common, peer } from '@hyperledger/fabric-protos';
import { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { randomBytes } from 'node:crypto';
import { Code } from './block/codes';
import { createTransactionEnvelope, deriveTransactionId } from './block/transaction';
import { ERROR_THRESHOLD } from './endorser/endorser';
import { readProposal } from './endorser/proposal';
import type { SigningIdentity } from './identity/signing-identity';
import { encode } from './proto/bytes';
import { blocksOf, type PeerContext } from './services/peer-context';

const NONCE_BYTES = 24;

/** A transaction the peer's operator makes without going through the network. */
export interface LocalTransaction {
  readonly args: readonly string[];
  readonly transient: Readonly<Record<string, Uint8Array>>;
  readonly now: Date;
}

function proposalHeader(context: PeerContext, signer: SigningIdentity, now: Date): common.Header {
  const nonce = randomBytes(NONCE_BYTES);
  const signatureHeader = new common.SignatureHeader();
  signatureHeader.setCreator(signer.serialized);
  signatureHeader.setNonce(nonce);
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(context.chaincode);
  const extension = new peer.ChaincodeHeaderExtension();
  extension.setChaincodeId(chaincodeId);
  const channelHeader = new common.ChannelHeader();
  channelHeader.setType(common.HeaderType.ENDORSER_TRANSACTION);
  channelHeader.setChannelId(context.channel);
  channelHeader.setTxId(deriveTransactionId(nonce, signer.serialized));
  channelHeader.setTimestamp(Timestamp.fromDate(now));
  channelHeader.setExtension$(extension.serializeBinary());
  const header = new common.Header();
  header.setChannelHeader(channelHeader.serializeBinary());
  header.setSignatureHeader(signatureHeader.serializeBinary());
  return header;
}

function proposalPayload(context: PeerContext, transaction: LocalTransaction): peer.ChaincodeProposalPayload {
  const input = new peer.ChaincodeInput();
  input.setArgsList(transaction.args.map((argument) => Buffer.from(argument)));
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(context.chaincode);
  const spec = new peer.ChaincodeSpec();
  spec.setType(peer.ChaincodeSpec.Type.NODE);
  spec.setChaincodeId(chaincodeId);
  spec.setInput(input);
  const invocation = new peer.ChaincodeInvocationSpec();
  invocation.setChaincodeSpec(spec);
  const payload = new peer.ChaincodeProposalPayload();
  payload.setInput(invocation.serializeBinary());
  const map = payload.getTransientmapMap();
  for (const [name, value] of Object.entries(transaction.transient)) map.set(name, value);
  return payload;
}

function signProposal(
  context: PeerContext,
  signer: SigningIdentity,
  transaction: LocalTransaction,
): peer.SignedProposal {
  const proposal = new peer.Proposal();
  proposal.setHeader(proposalHeader(context, signer, transaction.now).serializeBinary());
  proposal.setPayload(proposalPayload(context, transaction).serializeBinary());
  const bytes = encode(proposal);
  const signed = new peer.SignedProposal();
  signed.setProposalBytes(bytes);
  signed.setSignature(signer.sign(bytes));
  return signed;
}

/**
 * Endorses, orders and awaits one transaction.
 * @throws Error when the contract refuses it or it is committed as invalid.
 */
export async function submitLocally(
  context: PeerContext,
  signer: SigningIdentity,
  transaction: LocalTransaction,
): Promise<void> {
  const proposal = readProposal(signProposal(context, signer, transaction), context.membership);
  const peers = [...context.peers.values()].slice(0, context.endorsement.required);
  const { response, payload, endorsements } = await context.endorser.endorse(proposal, peers);
  if (response.getStatus() >= ERROR_THRESHOLD) throw new Error(response.getMessage());
  const envelope = createTransactionEnvelope(proposal.header, proposal.publicPayload, payload, endorsements);
  envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
  context.orderer.submit(encode(envelope));
  await context.notifier.transaction(proposal.txId);
  const code = blocksOf(context).transaction(proposal.txId)?.code;
  if (code !== Code.VALID) throw new Error(`the first transaction was committed with code ${code ?? 'none'}`);
}
