import { status } from '@grpc/grpc-js';
import { common, gateway, peer } from '@hyperledger/fabric-protos';
import { createTransactionEnvelope } from '../block/transaction';
import { ERROR_THRESHOLD } from '../endorser/endorser';
import { ProposalError, readProposal, type Proposal } from '../endorser/proposal';
import { IdentityError } from '../identity/membership';
import type { SigningIdentity } from '../identity/signing-identity';
import type { TransactionPlace } from '../ledger/blocks';
import { OrderingRefused, policyFailure } from '../orderer/orderer';
import { encode } from '../proto/bytes';
import { invalidArgument, unary, type Cancellable } from './calls';
import { streamChaincodeEvents } from './chaincode-events';
import { blocksOf, type PeerContext } from './peer-context';
import { RpcError } from './rpc-error';
import { isSystemChaincode, querySystemChaincode } from './system-chaincodes';

const ENDORSE_FAILED = 'failed to endorse transaction, see attached details for more info';
const TOO_FEW_ENDORSED = 'failed to collect enough transaction endorsements, see attached details for more info';

function chaincodeFailure(response: peer.Response): string {
  return `chaincode response ${response.getStatus()}, ${response.getMessage()}`;
}

/** Reads the proposal; what is wrong with it is reported the way the calling method reports endorser errors. */
function readRequest(
  context: PeerContext,
  signed: peer.SignedProposal | undefined,
  failure: (message: string) => RpcError,
): Proposal {
  if (!signed) throw invalidArgument('a signed proposal is required');
  try {
    return readProposal(signed, context.membership);
  } catch (error) {
    if (error instanceof ProposalError) throw failure(error.message);
    throw error;
  }
}

function isServed(context: PeerContext, { channel, chaincode }: Proposal): boolean {
  return channel === context.channel && (chaincode === context.chaincode || isSystemChaincode(chaincode));
}

function assertEvaluated(context: PeerContext, proposal: Proposal): void {
  const { channel, chaincode } = proposal;
  if (channel !== context.channel) {
    const reason = `could not get last config for channel ${channel}`;
    throw new RpcError(status.UNAVAILABLE, `failed to get config for channel [${channel}]: ${reason}`);
  }
  if (isServed(context, proposal)) return;
  const message = `no peers available to evaluate chaincode ${chaincode} in channel ${channel}`;
  throw new RpcError(status.FAILED_PRECONDITION, message);
}

function assertEndorsable(context: PeerContext, proposal: Proposal): void {
  if (isServed(context, proposal)) return;
  const reason = `No metadata was found for chaincode ${proposal.chaincode} in channel ${proposal.channel}`;
  const message = 'no combination of peers can be derived which satisfy the endorsement policy';
  throw new RpcError(status.FAILED_PRECONDITION, `${message}: ${reason}`);
}

async function evaluate(context: PeerContext, request: gateway.EvaluateRequest): Promise<gateway.EvaluateResponse> {
  const mspId = [...context.peers.keys()][0] ?? '';
  const failure =
    (code: status) =>
    (message: string): RpcError =>
      new RpcError(code, `evaluate call to endorser returned error: ${message}`, [
        { address: context.address(), mspId, message },
      ]);
  const refused = failure(status.FAILED_PRECONDITION);
  const proposal = readRequest(context, request.getProposedTransaction(), refused);
  assertEvaluated(context, proposal);
  const response = await query(context, proposal, refused);
  if (response.getStatus() >= ERROR_THRESHOLD) throw failure(status.UNKNOWN)(chaincodeFailure(response));
  const answer = new gateway.EvaluateResponse();
  answer.setResult(response);
  return answer;
}

async function query(
  context: PeerContext,
  proposal: Proposal,
  failure: (message: string) => RpcError,
): Promise<peer.Response> {
  if (isSystemChaincode(proposal.chaincode)) return querySystemChaincode(context, proposal);
  try {
    return (await context.endorser.simulate(proposal)).response;
  } catch (error) {
    throw error instanceof ProposalError ? failure(error.message) : error;
  }
}

/** The organisations the client asks for, else as many as the policy needs, the client's own first. */
function choosePeers(context: PeerContext, asked: readonly string[], mspId: string): SigningIdentity[] {
  const { peers, endorsement } = context;
  const others = [...peers.keys()].filter((name) => name !== mspId);
  const preferred = (peers.has(mspId) ? [mspId, ...others] : others).slice(0, endorsement.required);
  return (asked.length > 0 ? asked : preferred).map((name) => {
    const chosen = peers.get(name);
    if (chosen) return chosen;
    throw new RpcError(status.UNAVAILABLE, `failed to find any endorsing peers for org(s): ${name}`);
  });
}

async function endorse(context: PeerContext, request: gateway.EndorseRequest): Promise<gateway.EndorseResponse> {
  const asked = request.getEndorsingOrganizationsList();
  const failure = (message: string): RpcError =>
    new RpcError(status.ABORTED, asked.length > 0 ? TOO_FEW_ENDORSED : ENDORSE_FAILED, [
      { address: context.address(), mspId: [...context.peers.keys()][0] ?? '', message },
    ]);
  const proposal = readRequest(context, request.getProposedTransaction(), failure);
  assertEndorsable(context, proposal);
  if (proposal.chaincode !== context.chaincode) throw failure(`chaincode ${proposal.chaincode} cannot be submitted to`);
  const peers = choosePeers(context, asked, proposal.creator.mspId);
  const { response, payload, endorsements } = await context.endorser
    .endorse(proposal, peers)
    .catch((error: unknown) => {
      throw error instanceof ProposalError ? failure(error.message) : error;
    });
  if (response.getStatus() >= ERROR_THRESHOLD) throw failure(chaincodeFailure(response));
  const answer = new gateway.EndorseResponse();
  answer.setPreparedTransaction(
    createTransactionEnvelope(proposal.header, proposal.publicPayload, payload, endorsements),
  );
  return answer;
}

const STATUS_NAMES = new Map(Object.entries(common.Status).map(([name, value]) => [value, name]));

function submitFailure(context: PeerContext, error: OrderingRefused): RpcError {
  const isBusy = error.status === common.Status.SERVICE_UNAVAILABLE;
  const name = STATUS_NAMES.get(error.status) ?? String(error.status);
  const message = `received unsuccessful response from orderer: status=${name}, info=${error.message}`;
  if (!isBusy) return new RpcError(status.ABORTED, message);
  const detail = { address: context.address(), mspId: context.ordererMsp, message };
  return new RpcError(status.UNAVAILABLE, 'no orderers could successfully process transaction', [detail]);
}

function submit(context: PeerContext, request: gateway.SubmitRequest): gateway.SubmitResponse {
  const envelope = request.getPreparedTransaction();
  if (!envelope) throw invalidArgument('a prepared transaction is required');
  if (envelope.getSignature_asU8().length === 0) throw invalidArgument('prepared transaction must be signed');
  try {
    context.orderer.submit(encode(envelope));
  } catch (error) {
    throw error instanceof OrderingRefused ? submitFailure(context, error) : error;
  }
  return new gateway.SubmitResponse();
}

/** Identity and signature of a request about the channel; whoever belongs to it may ask. */
export function assertReader(
  context: PeerContext,
  channel: string,
  identity: Uint8Array,
  request: Uint8Array,
  signature: Uint8Array,
): void {
  if (channel !== context.channel) {
    throw new RpcError(status.PERMISSION_DENIED, `Failed to get policy manager for channel [${channel}]`);
  }
  try {
    context.membership.verify(identity, request, signature);
  } catch (error) {
    if (!(error instanceof IdentityError)) throw error;
    const check = `check policy on channel [${channel}] with policy [/Channel/Application/Readers]`;
    const reason = `[${policyFailure('Readers')}]`;
    const message = `Failed evaluating policy on signed data during ${check}: ${reason}`;
    throw new RpcError(status.PERMISSION_DENIED, message);
  }
}

async function waitForCommit(context: PeerContext, txId: string, call: Cancellable): Promise<TransactionPlace> {
  for (;;) {
    const found = blocksOf(context).transaction(txId);
    if (found) return found;
    if (call.cancelled) throw new RpcError(status.CANCELLED, 'the client has gone');
    if (context.notifier.isClosed) throw new RpcError(status.UNAVAILABLE, 'the peer is stopping');
    await context.notifier.transaction(txId, call);
  }
}

async function commitStatus(
  context: PeerContext,
  signed: gateway.SignedCommitStatusRequest,
  call: Cancellable,
): Promise<gateway.CommitStatusResponse> {
  const bytes = signed.getRequest_asU8();
  const request = parse(() => gateway.CommitStatusRequest.deserializeBinary(bytes));
  assertReader(context, request.getChannelId(), request.getIdentity_asU8(), bytes, signed.getSignature_asU8());
  const { place, code } = await waitForCommit(context, request.getTransactionId(), call);
  const response = new gateway.CommitStatusResponse();
  response.setResult(code);
  response.setBlockNumber(place.block);
  return response;
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw invalidArgument(`invalid request: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}

/** Service `gateway.Gateway`: what the fabric-gateway client speaks. */
export function createGatewayService(context: PeerContext): gateway.IGatewayServer {
  return {
    evaluate: unary((request: gateway.EvaluateRequest) => evaluate(context, request)),
    endorse: unary((request: gateway.EndorseRequest) => endorse(context, request)),
    submit: unary((request: gateway.SubmitRequest) => submit(context, request)),
    commitStatus: unary((request: gateway.SignedCommitStatusRequest, call) => commitStatus(context, request, call)),
    chaincodeEvents: (call) => {
      void streamChaincodeEvents(context, call);
    },
  };
}
