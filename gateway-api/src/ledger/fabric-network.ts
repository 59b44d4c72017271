import type { Gateway, Network } from 'fabric-network';
import { common, peer } from '@hyperledger/fabric-protos';
import { LedgerError, parseWireError } from '@carbon-ledger/core';
import { readBlock, validationName } from './block-reader';
import { areEnough, definitionQuery, LIFECYCLE, QUERY_DEFINITION, readDefinition } from './endorsement';
import { commitListener } from './commit-listener';
import { endorsementError, evaluationError, isUnknown } from './network-errors';
import { NetworkQueries } from './network-queries';
import { asReached, readOrdering, type OrdererEndpoint, type OrderingService } from './ordering';
import { commitInvalid, isPassing, notSent, outcomeUnknown } from './outcome';
import { polledBlocks } from './polled-blocks';
import type { Committed, Endorsed, LedgerBlock, LedgerCall, LedgerPort, TransactionFate } from './port';

type Channel = ReturnType<Network['getChannel']>;
type Endorser = ReturnType<Channel['getEndorsers']>[number];
type Endorsement = ReturnType<Channel['newEndorsement']>;
type ProposalResponse = Awaited<ReturnType<Endorsement['send']>>;
type IdentityContext = NonNullable<Gateway['identityContext']>;

interface OrdererAnswer {
  readonly status: string;
  readonly info?: string;
}

export interface FabricNetworkOptions {
  /** Common connection profile; discovery is off, so it names peers and orderers of the channel. */
  readonly connectionProfile: Readonly<Record<string, unknown>>;
  /** Of the same profile, those of the channel. */
  readonly orderers?: readonly OrdererEndpoint[];
  /** PEM. */
  readonly identity: { readonly mspId: string; readonly certificate: string; readonly privateKey: string };
  readonly channel: string;
  readonly chaincodeName: string;
  readonly endorsingOrganizations?: readonly string[];
  /** PEM; for mutual TLS. */
  readonly clientTls?: { readonly certificate: string; readonly key: string };
}

const ENDORSE_SECONDS = 30;
const COMMIT_SECONDS = 60;
/** So long an organisation whose contract was away is not asked. */
const AWAY_MS = 10_000;

/**
 * Second driver of the port, on the archived fabric-network 2.2 client: for networks whose peers have no gateway service
 * (Fabric before 2.4). Slower by its signatures alone; loaded only when it is asked for.
 * @throws LedgerError UNREACHABLE when the profile's peers cannot be reached
 */
export async function createFabricNetworkLedger(options: Readonly<FabricNetworkOptions>): Promise<LedgerPort> {
  const { Gateway } = await import('fabric-network');
  const gateway = new Gateway();
  const { mspId, certificate, privateKey } = options.identity;
  try {
    await gateway.connect(
      { ...options.connectionProfile },
      {
        identity: { type: 'X.509', mspId, credentials: { certificate, privateKey } } as never,
        discovery: { enabled: false },
        queryHandlerOptions: { timeout: ENDORSE_SECONDS },
        eventHandlerOptions: { endorseTimeout: ENDORSE_SECONDS, commitTimeout: COMMIT_SECONDS },
        ...(options.clientTls === undefined ? {} : { tlsInfo: options.clientTls }),
      },
    );
    return new FabricNetworkLedger(options, gateway, await gateway.getNetwork(options.channel));
  } catch (cause) {
    gateway.disconnect();
    throw new LedgerError('UNREACHABLE', 'The peers of the connection profile do not answer.', { cause });
  }
}

class FabricNetworkLedger implements LedgerPort {
  readonly mspId: string;
  readonly channel: string;
  readonly #options: Readonly<FabricNetworkOptions>;
  readonly #gateway: Gateway;
  readonly #network: Network;
  readonly #queries: NetworkQueries;
  /** Until when organisations whose contract did not answer are left out. */
  readonly #away = new Map<string, number>();

  constructor(options: Readonly<FabricNetworkOptions>, gateway: Gateway, network: Network) {
    this.mspId = options.identity.mspId;
    this.channel = options.channel;
    this.#options = options;
    this.#gateway = gateway;
    this.#network = network;
    this.#queries = new NetworkQueries(network, this.mspId, () => this.#identity());
  }

  async submit(call: LedgerCall, beforeSending?: (endorsed: Endorsed) => Promise<void>): Promise<Committed> {
    const endorsement = this.#network.getChannel().newEndorsement(this.#options.chaincodeName);
    const identity = this.#identity();
    const result = await this.#endorse(endorsement, identity, call);
    const endorsed = { txId: endorsement.getTransactionId(), result };
    await beforeSending?.(endorsed);
    const { committed } = await this.#listen(endorsed.txId);
    await this.#send(endorsement, identity, endorsed.txId);
    const validation = await committed.catch((error: unknown) => this.#lookUp(endorsed.txId, error));
    if (validation !== 'VALID') throw commitInvalid(endorsed.txId, validation);
    return { ...endorsed, blockNumber: await this.#blockOf(endorsed.txId) };
  }

  async evaluate(call: LedgerCall): Promise<Uint8Array> {
    const transaction = this.#network.getContract(this.#options.chaincodeName).createTransaction(call.name);
    if (call.transient !== undefined) transaction.setTransient(buffers(call.transient));
    try {
      return await transaction.evaluate(...(call.args ?? []));
    } catch (error) {
      throw evaluationError(error);
    }
  }

  blocks(from: bigint, signal: AbortSignal): AsyncIterable<LedgerBlock> {
    return polledBlocks((number) => this.#block(number), from, signal);
  }

  async height(): Promise<bigint> {
    const bytes = await this.#queries.qscc('GetChainInfo').catch((error: unknown) => {
      throw evaluationError(error);
    });
    return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
  }

  async ordering(): Promise<OrderingService> {
    const config = await this.#queries.channelConfig().catch((error: unknown) => {
      throw evaluationError(error);
    });
    return asReached(readOrdering(config), this.#options.orderers ?? []);
  }

  /** Nothing to do: each question goes to all peers of the organisation, and the first answer is taken. */
  leavePeer(): void {
    return undefined;
  }

  get endorsersAway(): readonly string[] {
    return [...this.#away.keys()];
  }

  async transaction(txId: string): Promise<TransactionFate | undefined> {
    try {
      const bytes = await this.#queries.qscc('GetTransactionByID', txId);
      return {
        txId,
        validation: validationName(peer.ProcessedTransaction.deserializeBinary(bytes).getValidationcode()),
      };
    } catch (error) {
      if (isUnknown(error)) return undefined;
      throw evaluationError(error);
    }
  }

  close(): Promise<void> {
    this.#gateway.disconnect();
    return Promise.resolve();
  }

  async #endorse(endorsement: Endorsement, identity: IdentityContext, call: LedgerCall): Promise<Uint8Array> {
    const { name: fcn, args = [], transient = {} } = call;
    const request = { fcn, args: [...args], transientMap: buffers(transient), generateTransactionId: false };
    const { responses, errors } = await this.#responses(endorsement, identity, request);
    const refusal = responses.map(({ response: { message } }) => parseWireError(message)).find(Boolean);
    if (refusal !== undefined) throw refusal;
    const [first] = responses;
    if (first === undefined) throw notSent(errors[0]);
    const failed = responses.find(isFailed);
    if (failed !== undefined) throw endorsementError(failed.response.message);
    if (responses.some(({ payload }) => !payload.equals(first.payload))) {
      throw new LedgerError('ENDORSEMENT_FAILED', 'The organisations answered differently.');
    }
    return first.response.payload;
  }

  /** Those who answer only that they cannot are left out where the others are enough, and stay so for a while. */
  async #responses(endorsement: Endorsement, identity: IdentityContext, request: object): Promise<ProposalResponse> {
    const targets = this.#endorsers();
    const present = targets.filter(({ mspid }) => !this.#away.has(mspid));
    const left = present.length < targets.length && (await this.#areEnough(present)) ? present : targets;
    const answer = await this.#proposed(endorsement, identity, request, left);
    const names = answer.responses.filter(isAbsent).map(({ connection }) => connection.name);
    this.#note(left, names);
    const others = left.filter(({ name }) => !names.includes(name));
    if (names.length === 0 || !(await this.#areEnough(others))) return answer;
    return this.#proposed(endorsement, identity, request, others);
  }

  #note(asked: readonly Endorser[], absent: readonly string[]): void {
    const until = Date.now() + AWAY_MS;
    for (const { name, mspid } of asked) {
      if (absent.includes(name)) this.#away.set(mspid, until);
      else this.#away.delete(mspid);
    }
    for (const [mspId, end] of this.#away) if (end < Date.now()) this.#away.delete(mspId);
  }

  async #areEnough(endorsers: readonly Endorser[]): Promise<boolean> {
    const query = Buffer.from(definitionQuery(this.#options.chaincodeName));
    const own = this.#network.getChannel().getEndorsers(this.mspId);
    const answer = await this.#queries.ask(own, LIFECYCLE, QUERY_DEFINITION, [query]).catch(() => undefined);
    const rules = answer === undefined ? undefined : readDefinition(answer);
    return rules !== undefined && areEnough(rules, [...new Set(endorsers.map(({ mspid }) => mspid))]);
  }

  #proposed(
    endorsement: Endorsement,
    identity: IdentityContext,
    request: object,
    targets: readonly Endorser[],
  ): Promise<ProposalResponse> {
    endorsement.build(identity, request);
    endorsement.sign(identity);
    return endorsement
      .send({ targets: [...targets], requestTimeout: ENDORSE_SECONDS * 1_000 })
      .catch((error: unknown) => {
        throw notSent(error);
      });
  }

  #endorsers(): Endorser[] {
    const channel = this.#network.getChannel();
    const organisations = this.#options.endorsingOrganizations;
    return organisations === undefined
      ? channel.getEndorsers()
      : organisations.flatMap((organisation) => channel.getEndorsers(organisation));
  }

  async #send(endorsement: Endorsement, identity: IdentityContext, txId: string): Promise<void> {
    const commit = endorsement.newCommit();
    commit.build(identity);
    commit.sign(identity);
    const targets = this.#network.getChannel().getCommitters();
    const sending = commit.send({ targets, requestTimeout: COMMIT_SECONDS * 1_000 }) as Promise<OrdererAnswer>;
    const answer = await sending.catch((error: unknown) => {
      throw outcomeUnknown(txId, error);
    });
    // An orderer that answers anything else may have handed the transaction on all the same.
    if (answer.status !== 'SUCCESS') throw outcomeUnknown(txId, new Error(answer.info));
  }

  /**
   * Listens at the peers of one's own organisation; the first that commits the transaction tells its validation code.
   * Must stand before anything is sent: these event streams begin with the next block.
   */
  async #listen(txId: string): Promise<{ readonly committed: Promise<string> }> {
    const own = this.#network.getChannel().getEndorsers(this.mspId);
    const { listener, committed } = commitListener((heard) => {
      this.#network.removeCommitListener(heard);
    });
    await this.#network.addCommitListener(listener, own, txId).catch((error: unknown) => {
      throw notSent(error);
    });
    return { committed };
  }

  /** After a broken event stream: the peer knows. */
  async #lookUp(txId: string, cause: unknown): Promise<string> {
    const fate = await this.transaction(txId).catch(() => undefined);
    if (fate === undefined) throw outcomeUnknown(txId, cause);
    return fate.validation;
  }

  async #blockOf(txId: string): Promise<bigint> {
    const block = common.Block.deserializeBinary(await this.#queries.qscc('GetBlockByTxID', txId));
    return BigInt(block.getHeader()?.getNumber() ?? 0);
  }

  async #block(number: bigint): Promise<LedgerBlock | undefined> {
    const bytes = await this.#queries.block(number);
    return bytes === undefined
      ? undefined
      : readBlock(common.Block.deserializeBinary(bytes), this.#options.chaincodeName);
  }

  /** A context with a new transaction id: each transaction has its own, from proposal to commit. */
  #identity(): IdentityContext {
    const { identityContext } = this.#gateway;
    if (identityContext === undefined) throw new LedgerError('INTERNAL', 'the client is not connected');
    return identityContext.calculateTransactionId();
  }
}

type Response = ProposalResponse['responses'][number];

function isFailed({ response }: Response): boolean {
  return response.status >= 400;
}

/** The peer itself answers in place of a contract that does not: what a contract says comes with a payload. */
function isAbsent({ response, payload }: Response): boolean {
  return response.status === 500 && payload.length === 0 && !isPassing(response.message);
}

function buffers(fields: Readonly<Record<string, Uint8Array>>): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}
