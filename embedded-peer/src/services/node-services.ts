import type { ServerDuplexStream, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import { answerOf, ERROR_THRESHOLD, signAnswer, type EndorsedProposal } from '../endorser/endorser';
import { ProposalError, readProposal, type Proposal } from '../endorser/proposal';
import type { SigningIdentity } from '../identity/signing-identity';
import { OrderingRefused } from '../orderer/orderer';
import { encode } from '../proto/bytes';
import { messagesOf, runStream, send, unary } from './calls';
import { createOrdererDeliver } from './deliver';
import type { PeerContext } from './peer-context';
import { isSystemChaincode, querySystemChaincode } from './system-chaincodes';

const FAILED = 500;
const VERSION = 1;
/** Fabric's version of every system chaincode. */
const SYSTEM_VERSION = 'syscc';

function proposalResponse(response: peer.Response): peer.ProposalResponse {
  const message = new peer.ProposalResponse();
  message.setVersion(VERSION);
  message.setResponse(response);
  return message;
}

function failed(text: string): peer.ProposalResponse {
  const response = new peer.Response();
  response.setStatus(FAILED);
  response.setMessage(text);
  return proposalResponse(response);
}

/** One signature of this peer: as the asker's own organisation, where it has one here. */
function signersFor({ peers }: PeerContext, { creator }: Proposal): SigningIdentity[] {
  const signer = peers.get(creator.mspId) ?? [...peers.values()][0];
  return signer ? [signer] : [];
}

/** Fabric signs every answer below 400 to a proposal on a channel, also of a system chaincode; none to one without. */
function endorseSystemAnswer(context: PeerContext, proposal: Proposal): EndorsedProposal {
  const response = querySystemChaincode(context, proposal);
  const isSigned = response.getStatus() < ERROR_THRESHOLD && proposal.channel !== '';
  const action = answerOf(response, { name: proposal.chaincode, version: SYSTEM_VERSION });
  return signAnswer(proposal, response, action, isSigned ? signersFor(context, proposal) : []);
}

function proposalAnswer({ response, payload, endorsements }: EndorsedProposal): peer.ProposalResponse {
  const message = proposalResponse(response);
  const [first] = endorsements;
  if (response.getStatus() >= ERROR_THRESHOLD || !first) return message;
  const endorsement = new peer.Endorsement();
  endorsement.setEndorser(first.endorser);
  endorsement.setSignature(first.signature);
  message.setPayload(payload);
  message.setEndorsement(endorsement);
  return message;
}

async function processProposal(context: PeerContext, signed: peer.SignedProposal): Promise<peer.ProposalResponse> {
  try {
    const proposal = readProposal(signed, context.membership);
    const isSystem = isSystemChaincode(proposal.chaincode);
    const isKnown = proposal.channel === context.channel || (isSystem && proposal.channel === '');
    if (!isKnown) return failed(`channel '${proposal.channel}' not found`);
    if (isSystem) return proposalAnswer(endorseSystemAnswer(context, proposal));
    if (proposal.chaincode !== context.chaincode) return failed(`chaincode ${proposal.chaincode} is not installed`);
    return proposalAnswer(await context.endorser.endorse(proposal, signersFor(context, proposal)));
  } catch (error) {
    if (error instanceof ProposalError) return failed(error.message);
    throw error;
  }
}

/** Service `protos.Endorser`: what clients of the 2.x SDKs (fabric-network) speak. */
export function createEndorserService(context: PeerContext): peer.IEndorserServer {
  return { processProposal: unary((signed: peer.SignedProposal) => processProposal(context, signed)) };
}

function broadcast(context: PeerContext, envelope: common.Envelope): orderer.BroadcastResponse {
  const response = new orderer.BroadcastResponse();
  try {
    context.orderer.submit(encode(envelope));
    response.setStatus(common.Status.SUCCESS);
  } catch (error) {
    if (!(error instanceof OrderingRefused)) throw error;
    response.setStatus(error.status);
    response.setInfo(error.message);
  }
  return response;
}

type BroadcastCall = ServerDuplexStream<common.Envelope, orderer.BroadcastResponse>;

/** Service `orderer.AtomicBroadcast`. */
export function createBroadcastService(context: PeerContext): {
  definition: ServiceDefinition;
  implementation: UntypedServiceImplementation;
} {
  const deliver = createOrdererDeliver(context);
  return {
    definition: { broadcast: orderer.AtomicBroadcastService.broadcast, deliver: deliver.method },
    implementation: {
      broadcast: (call: BroadcastCall) => {
        void runStream(call, async () => {
          for await (const envelope of messagesOf<common.Envelope>(call))
            await send(call, broadcast(context, envelope));
        });
      },
      deliver: deliver.handle,
    },
  };
}
