import { peer } from '@hyperledger/fabric-protos';
import type { Endorsement } from '../block/transaction';
import type { SigningIdentity } from '../identity/signing-identity';
import { BlockIndex } from '../ledger/blocks';
import { State } from '../ledger/state';
import type { Store, View } from '../ledger/store';
import type { PrivateStage } from '../orderer/private-stage';
import { encode } from '../proto/bytes';
import { CollectionAccess, type CollectionConfig } from '../simulation/collections';
import type { SimulationResult } from '../simulation/recorder';
import { Simulator } from '../simulation/simulator';
import type { ChaincodeHost, InvocationResult } from './chaincode-host';
import type { OwnEndorsements } from './own-endorsements';
import { ProposalError, type Proposal } from './proposal';
import { StubHandler } from './stub-handler';

/** From this status on a response is an error and is not endorsed (fabric-shim's ERRORTHRESHOLD). */
export const ERROR_THRESHOLD = 400;

export interface Simulation extends InvocationResult {
  readonly result: SimulationResult;
}

/** A response that peers have signed. */
export interface EndorsedProposal {
  readonly response: peer.Response;
  /** `ProposalResponsePayload` bytes. */
  readonly payload: Buffer;
  readonly endorsements: readonly Endorsement[];
}

/** Runs proposals against the committed state and signs what they would change. */
export class Endorser {
  readonly #store: Store;
  readonly #host: ChaincodeHost;
  readonly #collections: ReadonlyMap<string, CollectionConfig>;
  readonly #stage: PrivateStage;
  readonly #own: OwnEndorsements;

  constructor(
    store: Store,
    host: ChaincodeHost,
    collections: ReadonlyMap<string, CollectionConfig>,
    stage: PrivateStage,
    own: OwnEndorsements,
  ) {
    this.#store = store;
    this.#host = host;
    this.#collections = collections;
    this.#stage = stage;
    this.#own = own;
  }

  /**
   * Runs the chaincode without keeping anything.
   * @throws ProposalError when the id was used before.
   */
  async simulate(proposal: Proposal): Promise<Simulation> {
    const view = this.#store.view();
    try {
      this.#assertNew(proposal, view);
      return await this.#run(proposal, view);
    } finally {
      view.release();
    }
  }

  /** Runs the chaincode and, unless it answers with an error, signs the outcome for each of the given peers. */
  async endorse(proposal: Proposal, peers: readonly SigningIdentity[]): Promise<EndorsedProposal> {
    const { response, event, result } = await this.simulate(proposal);
    if (response.getStatus() >= ERROR_THRESHOLD) return { response, payload: Buffer.alloc(0), endorsements: [] };
    const endorsed = signAnswer(proposal, response, this.#action(response, event, proposal.txId, result), peers);
    this.#stage.put(proposal.txId, result.bytes, result.privateWrites);
    for (const endorsement of endorsed.endorsements) this.#own.remember(endorsed.payload, endorsement);
    return endorsed;
  }

  #assertNew({ txId, creator }: Proposal, view: View): void {
    if (!new BlockIndex(view).transaction(txId)) return;
    throw new ProposalError(`duplicate transaction found [${txId}]. Creator [${creator.serialized.toString('hex')}]`);
  }

  async #run(proposal: Proposal, view: View): Promise<Simulation> {
    const { txId, channel, input, signed, creator } = proposal;
    const access = new CollectionAccess(this.#collections, this.#host.name, creator.mspId);
    const simulator = new Simulator(new State(view), this.#host.name, txId, access);
    const handler = new StubHandler(simulator, view, this.#host.name);
    const answer = await this.#host.invoke({ channel, txId, input, signedProposal: signed }, handler);
    return { ...answer, result: simulator.result() };
  }

  #action(
    response: peer.Response,
    event: peer.ChaincodeEvent | undefined,
    txId: string,
    result: SimulationResult,
  ): peer.ChaincodeAction {
    const action = answerOf(response, this.#host);
    action.setResults(result.bytes);
    if (event) {
      event.setChaincodeId(this.#host.name);
      event.setTxId(txId);
      action.setEvents(event.serializeBinary());
    }
    return action;
  }
}

/** A response of a chaincode, before what it read and wrote is added. */
export function answerOf(
  response: peer.Response,
  { name, version }: { name: string; version: string },
): peer.ChaincodeAction {
  const chaincodeId = new peer.ChaincodeID();
  chaincodeId.setName(name);
  chaincodeId.setVersion(version);
  const action = new peer.ChaincodeAction();
  action.setResponse(response);
  action.setChaincodeId(chaincodeId);
  return action;
}

/** What an endorsement is made over: the answer, bound to the proposal that asked for it. */
export function signAnswer(
  { proposalHash }: Proposal,
  response: peer.Response,
  action: peer.ChaincodeAction,
  peers: readonly SigningIdentity[],
): EndorsedProposal {
  const answer = new peer.ProposalResponsePayload();
  answer.setProposalHash(proposalHash);
  answer.setExtension$(action.serializeBinary());
  const payload = encode(answer);
  const endorsements = peers.map((signer) => ({
    endorser: signer.serialized,
    signature: signer.sign(Buffer.concat([payload, signer.serialized])),
  }));
  return { response, payload, endorsements };
}
