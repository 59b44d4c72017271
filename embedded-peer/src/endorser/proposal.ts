import { common, msp, peer } from '@hyperledger/fabric-protos';
import { deriveProposalHash, deriveTransactionId } from '../block/transaction';
import { IdentityError, type Identity, type Membership } from '../identity/membership';
import { encode } from '../proto/bytes';

/** A proposal whose form, creator, signature and transaction id were checked. */
export interface Proposal {
  readonly signed: peer.SignedProposal;
  readonly header: common.Header;
  readonly channel: string;
  readonly txId: string;
  readonly chaincode: string;
  readonly creator: Identity;
  readonly input: peer.ChaincodeInput;
  /** `ChaincodeProposalPayload` without transient data: the part that goes into the transaction. */
  readonly publicPayload: Buffer;
  readonly proposalHash: Buffer;
}

/** The proposal is not one a peer may run; nothing was run. The texts are those of Fabric's endorser. */
export class ProposalError extends Error {
  override readonly name = 'ProposalError';
}

function attempt<T>(what: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    throw new ProposalError(`error validating proposal: ${what} cannot be read`, { cause });
  }
}

function present<T>(value: T | undefined, what: string): T {
  if (value !== undefined) return value;
  throw new ProposalError(`error validating proposal: ${what} is missing`);
}

/** What the creator says of itself; undefined where it cannot be read. */
function organisationOf(creator: Uint8Array): string | undefined {
  try {
    return msp.SerializedIdentity.deserializeBinary(creator).getMspid();
  } catch {
    return undefined;
  }
}

function identify(signed: peer.SignedProposal, creator: Uint8Array, membership: Membership, channel: string): Identity {
  try {
    return membership.verify(creator, signed.getProposalBytes_asU8(), signed.getSignature_asU8());
  } catch (cause) {
    if (!(cause instanceof IdentityError)) throw cause;
    const organisation = organisationOf(creator);
    const who = organisation === undefined ? 'unknown, creator is malformed' : `[${organisation}]`;
    const message = `error validating proposal: access denied: channel [${channel}] creator org ${who}`;
    throw new ProposalError(message, { cause });
  }
}

function assertHeader(channelHeader: common.ChannelHeader, signatureHeader: common.SignatureHeader): void {
  if (channelHeader.getType() !== common.HeaderType.ENDORSER_TRANSACTION) {
    throw new ProposalError(`error validating proposal: invalid header type ${channelHeader.getType()}`);
  }
  if (channelHeader.getEpoch() !== 0) {
    throw new ProposalError(`error validating proposal: epoch is non-zero`);
  }
  if (signatureHeader.getNonce_asU8().length === 0) {
    throw new ProposalError('error validating proposal: nonce is empty');
  }
  const expected = deriveTransactionId(signatureHeader.getNonce_asU8(), signatureHeader.getCreator_asU8());
  if (expected !== channelHeader.getTxId()) {
    throw new ProposalError(
      `error validating proposal: incorrectly computed txid '${channelHeader.getTxId()}' -- expected '${expected}'`,
    );
  }
}

function chaincodeName(channelHeader: common.ChannelHeader): string {
  const extension = attempt('the header extension', () =>
    peer.ChaincodeHeaderExtension.deserializeBinary(channelHeader.getExtension_asU8()),
  );
  return present(extension.getChaincodeId(), 'the chaincode id').getName();
}

function withoutTransient(payload: peer.ChaincodeProposalPayload): Buffer {
  const stripped = new peer.ChaincodeProposalPayload();
  stripped.setInput(payload.getInput_asU8());
  return encode(stripped);
}

function chaincodeInput(payload: peer.ChaincodeProposalPayload): peer.ChaincodeInput {
  const spec = attempt('the invocation', () => peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8()));
  return present(spec.getChaincodeSpec()?.getInput(), 'the chaincode input');
}

/**
 * Reads and checks a signed proposal.
 * @throws ProposalError
 */
export function readProposal(signed: peer.SignedProposal, membership: Membership): Proposal {
  const proposal = attempt('the proposal', () => peer.Proposal.deserializeBinary(signed.getProposalBytes_asU8()));
  const header = attempt('the header', () => common.Header.deserializeBinary(proposal.getHeader_asU8()));
  const channelHeaderBytes = header.getChannelHeader_asU8();
  const signatureHeaderBytes = header.getSignatureHeader_asU8();
  const channelHeader = attempt('the channel header', () => common.ChannelHeader.deserializeBinary(channelHeaderBytes));
  const signatureHeader = attempt('the signature header', () =>
    common.SignatureHeader.deserializeBinary(signatureHeaderBytes),
  );
  assertHeader(channelHeader, signatureHeader);
  const channel = channelHeader.getChannelId();
  const creator = identify(signed, signatureHeader.getCreator_asU8(), membership, channel);
  const payload = attempt('the payload', () =>
    peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8()),
  );
  const publicPayload = withoutTransient(payload);
  return {
    signed,
    header,
    channel,
    txId: channelHeader.getTxId(),
    chaincode: chaincodeName(channelHeader),
    creator,
    input: chaincodeInput(payload),
    publicPayload,
    proposalHash: deriveProposalHash(channelHeaderBytes, signatureHeaderBytes, publicPayload),
  };
}
