import { GatewayError, type Commit, type ProposalOptions, type Transaction } from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { LedgerError } from '@carbon-ledger/core';
import { readBlock, validationName } from './block-reader';
import { resumingBlocks } from './block-stream';
import { openBlocks } from './archives';
import {
  definitionQuery,
  Detour,
  LIFECYCLE,
  QUERY_DEFINITION,
  readDefinition,
  type Answer,
  type EndorsementRules,
} from './endorsement';
import {
  answerIn,
  blamedFor,
  endorsementError,
  evaluationError,
  isAway,
  isGone,
  isUnknownTransaction,
} from './gateway-errors';
import { asReached, readOrdering, type OrdererEndpoint, type OrderingService } from './ordering';
import { commitInvalid, outcomeUnknown } from './outcome';
import type { Committed, Endorsed, LedgerBlock, LedgerCall, LedgerPort, TransactionFate } from './port';
import {
  PeerConnections,
  type ConnectionOptions,
  type PeerConnection,
  type PeerEndpoint,
  type Timeouts,
} from './peer-connections';

export interface FabricGatewayOptions extends PeerEndpoint {
  /** Further peers of the same organisation, asked in turn when the one in use does not answer. */
  readonly otherPeers?: readonly PeerEndpoint[];
  /** Peers of other organisations, asked for blocks that one's own peer does not hold because it joined by a snapshot. */
  readonly archives?: readonly PeerEndpoint[];
  /** Who orders, where the profile says so. */
  readonly orderers?: readonly OrdererEndpoint[];
  readonly identity: ConnectionOptions['identity'];
  readonly channel: string;
  readonly chaincodeName: string;
  /** Transient data goes to these organisations only; without it the peer picks endorsers by policy. */
  readonly endorsingOrganizations?: readonly string[] | undefined;
  /** Milliseconds until a step is given up: endorse and evaluate 30,000, submit 10,000, commit status 60,000. */
  readonly timeouts?: Partial<Timeouts>;
}

const DEFAULT_TIMEOUTS: Timeouts = { endorse: 30_000, submit: 10_000, commit: 60_000 };
/** The identical signed transaction is sent this often before its outcome counts as unknown. */
const SEND_ATTEMPTS = 3;
/** An organisation's contract that does not say a word within this is still away. */
const PROBE_MS = 5_000;

/** A way to the ledger whose certificates, and peers, may be replaced while it is used. */
export interface RenewableLedger extends LedgerPort {
  /** @throws LedgerError BAD_FILE where it is another organisation, channel or contract */
  renew(options: Readonly<FabricGatewayOptions>): void;
}

/** Connects lazily: an unreachable peer shows at the first call. */
export function createFabricGatewayLedger(options: Readonly<FabricGatewayOptions>): RenewableLedger {
  return new FabricGatewayLedger(options);
}

class FabricGatewayLedger implements RenewableLedger {
  readonly mspId: string;
  readonly channel: string;
  #options: Readonly<FabricGatewayOptions>;
  readonly #peers: PeerConnections;
  readonly #archives: PeerConnections;
  readonly #detour: Detour;

  constructor(options: Readonly<FabricGatewayOptions>) {
    this.#options = options;
    this.mspId = options.identity.mspId;
    this.channel = options.channel;
    const { own, archives, connection } = reached(options);
    this.#peers = new PeerConnections(own, connection);
    this.#archives = new PeerConnections(archives, connection);
    this.#detour = new Detour({
      ownMsp: this.mspId,
      rules: () => this.#rules(),
      blamed: (error) => blamedFor(error, this.mspId),
      probe: (mspId) => this.#probe(mspId),
      schedule: later,
    });
  }

  renew(options: Readonly<FabricGatewayOptions>): void {
    assertSamePlace(this.#options, options);
    const { own, archives, connection } = reached(options);
    this.#peers.renew(own, connection);
    this.#archives.renew(archives, connection);
    this.#options = options;
  }

  get endorsersAway(): readonly string[] {
    return this.#detour.away;
  }

  async submit(call: LedgerCall, beforeSending?: (endorsed: Endorsed) => Promise<void>): Promise<Committed> {
    const { transaction, by } = await this.#endorse(call);
    const endorsed = { txId: transaction.getTransactionId(), result: transaction.getResult() };
    await beforeSending?.(endorsed);
    const sent = await this.#send(transaction, by);
    return { ...endorsed, blockNumber: await this.#commitBlock(sent, endorsed.txId) };
  }

  async evaluate(call: LedgerCall): Promise<Uint8Array> {
    try {
      return await this.#chosen((organisations) => {
        const options = proposalOptions(call, organisations);
        return this.#ask(({ contract }) => contract.evaluate(call.name, options));
      });
    } catch (error) {
      throw evaluationError(error);
    }
  }

  blocks(from: bigint, signal: AbortSignal): AsyncIterable<LedgerBlock> {
    // Whoever asks again has lost the stream before: then another peer may have the blocks.
    let used: PeerConnection | undefined;
    const open = (from: bigint): ReturnType<typeof openBlocks> => {
      if (used !== undefined) this.#peers.leave(used);
      used = this.#peers.current;
      const { endpoint } = this.#options;
      return openBlocks(from, { own: used, archives: this.#archives, channel: this.channel, endpoint });
    };
    return resumingBlocks(open, (block) => readBlock(block, this.#options.chaincodeName), from, signal);
  }

  async height(): Promise<bigint> {
    const bytes = await this.#system('qscc', 'GetChainInfo').catch((error: unknown) => {
      throw evaluationError(error);
    });
    return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
  }

  async ordering(): Promise<OrderingService> {
    const config = await this.#system('cscc', 'GetChannelConfig').catch((error: unknown) => {
      throw evaluationError(error);
    });
    return asReached(readOrdering(config), this.#options.orderers ?? []);
  }

  leavePeer(): void {
    this.#peers.leave(this.#peers.current);
  }

  async transaction(txId: string): Promise<TransactionFate | undefined> {
    try {
      const bytes = await this.#system('qscc', 'GetTransactionByID', txId);
      return {
        txId,
        validation: validationName(peer.ProcessedTransaction.deserializeBinary(bytes).getValidationcode()),
      };
    } catch (error) {
      if (error instanceof GatewayError && isUnknownTransaction(error)) return undefined;
      throw evaluationError(error);
    }
  }

  close(): Promise<void> {
    this.#detour.close();
    this.#peers.close();
    this.#archives.close();
    return Promise.resolve();
  }

  #system(chaincode: 'qscc' | 'cscc', name: string, ...args: string[]): Promise<Uint8Array> {
    return this.#ask(({ network }) => network.getContract(chaincode).evaluateTransaction(name, this.channel, ...args));
  }

  /** Nothing is written by asking, so that the next peer may be asked the same. */
  #ask<T>(use: (connection: PeerConnection) => Promise<T>): Promise<T> {
    return this.#peers.any(use, isAway);
  }

  async #endorse(call: LedgerCall): Promise<{ readonly transaction: Transaction; readonly by: PeerConnection }> {
    try {
      // An endorsement that came to nothing was not sent to anybody who orders: another proposal may be made.
      return await this.#chosen((organisations) => {
        const options = proposalOptions(call, organisations);
        return this.#ask(async (by) => {
          return { transaction: await by.contract.newProposal(call.name, options).endorse(), by };
        });
      });
    } catch (error) {
      throw endorsementError(error);
    }
  }

  /** Whoever names endorsers wants these and no others. */
  #chosen<T>(attempt: (organisations?: readonly string[]) => Promise<T>): Promise<T> {
    const { endorsingOrganizations } = this.#options;
    return endorsingOrganizations === undefined ? this.#detour.run(attempt) : attempt(endorsingOrganizations);
  }

  async #rules(): Promise<EndorsementRules | undefined> {
    const query = definitionQuery(this.#options.chaincodeName);
    const answer = await this.#ask(({ network }) =>
      network.getContract(LIFECYCLE).evaluate(QUERY_DEFINITION, { arguments: [query] }),
    );
    return readDefinition(answer);
  }

  async #probe(mspId: string): Promise<Answer> {
    const proposal = this.#peers.current.contract.newProposal('info', { endorsingOrganizations: [mspId] });
    const deadline = Date.now() + PROBE_MS;
    return proposal.evaluate({ deadline }).then(() => 'answers' as const, answerIn);
  }

  /** Sends the identical signed transaction, to the next peer where one does not answer: it can be committed once only. */
  async #send(transaction: Transaction, endorser: PeerConnection): Promise<Commit> {
    const attempts = Math.max(SEND_ATTEMPTS, this.#peers.count);
    for (let attempt = 1; ; attempt++) {
      // The client sends the first time through whom it was endorsed by, whichever peer is in use meanwhile.
      const connection = attempt === 1 ? endorser : this.#peers.current;
      try {
        return await (attempt === 1 ? transaction : connection.gateway.newTransaction(transaction.getBytes())).submit();
      } catch (error) {
        if (attempt >= attempts) throw outcomeUnknown(transaction.getTransactionId(), error);
        if (isAway(error)) this.#peers.leave(connection);
      }
    }
  }

  async #commitBlock(sent: Commit, txId: string): Promise<bigint> {
    const bytes = sent.getBytes();
    // A block that is long in coming is not the peer's fault: another peer would wait for it as long.
    const status = await this.#peers
      .any(({ gateway }) => gateway.newCommit(bytes).getStatus(), isGone)
      .catch((error: unknown) => {
        throw outcomeUnknown(txId, error);
      });
    if (!status.successful) throw commitInvalid(txId, validationName(status.code));
    return status.blockNumber;
  }
}

interface Reached {
  readonly own: readonly PeerEndpoint[];
  readonly archives: readonly PeerEndpoint[];
  readonly connection: ConnectionOptions;
}

function reached(options: Readonly<FabricGatewayOptions>): Reached {
  const connection = { ...options, timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts } };
  return { own: [options, ...(options.otherPeers ?? [])], archives: options.archives ?? [], connection };
}

/** Another ledger under the same projection would be another history. */
function assertSamePlace(before: FabricGatewayOptions, after: FabricGatewayOptions): void {
  const place = ({ identity, channel, chaincodeName }: FabricGatewayOptions): string =>
    [identity.mspId, channel, chaincodeName].join(' · ');
  if (place(before) === place(after)) return;
  const message = `it leads to ${place(after)}, not to ${place(before)}: that needs a service of its own`;
  throw new LedgerError('BAD_FILE', message);
}

function proposalOptions(call: LedgerCall, endorsingOrganizations: readonly string[] | undefined): ProposalOptions {
  const own = { arguments: [...(call.args ?? [])], transientData: { ...call.transient } };
  return endorsingOrganizations === undefined ? own : { ...own, endorsingOrganizations: [...endorsingOrganizations] };
}

function later(task: () => void, ms: number): void {
  setTimeout(task, ms).unref();
}
