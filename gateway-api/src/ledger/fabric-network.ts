import * as grpc from '@grpc/grpc-js';
import type { CommitError, CommitEvent, CommitListener, Gateway, Network } from 'fabric-network';
import { common, peer } from '@hyperledger/fabric-protos';
import { LedgerError, parseWireError } from '@carbon-ledger/core';
import { readBlock, validationName } from './block-reader';
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

  constructor(options: Readonly<FabricNetworkOptions>, gateway: Gateway, network: Network) {
    this.mspId = options.identity.mspId;
    this.channel = options.channel;
    this.#options = options;
    this.#gateway = gateway;
    this.#network = network;
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
    const bytes = await this.#qscc('GetChainInfo').catch((error: unknown) => {
      throw evaluationError(error);
    });
    return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
  }

  /** Nothing to do: each question goes to all peers of the organisation, and the first answer is taken. */
  leavePeer(): void {
    return undefined;
  }

  get endorsersAway(): readonly string[] {
    return [];
  }

  async transaction(txId: string): Promise<TransactionFate | undefined> {
    try {
      const bytes = await this.#qscc('GetTransactionByID', txId);
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
    const response = await this.#proposed(endorsement, identity, request);
    const refusal = response.responses.map(({ response: { message } }) => parseWireError(message)).find(Boolean);
    if (refusal !== undefined) throw refusal;
    const [first] = response.responses;
    if (first === undefined) throw notSent(response.errors[0]);
    const failed = response.responses.find((one) => one.response.status >= 400);
    if (failed !== undefined) throw endorsementError(failed.response.message);
    if (response.responses.some(({ payload }) => !payload.equals(first.payload))) {
      throw new LedgerError('ENDORSEMENT_FAILED', 'The organisations answered differently.');
    }
    return first.response.payload;
  }

  #proposed(endorsement: Endorsement, identity: IdentityContext, request: object): Promise<ProposalResponse> {
    endorsement.build(identity, request);
    endorsement.sign(identity);
    const targets = this.#endorsers();
    return endorsement.send({ targets, requestTimeout: ENDORSE_SECONDS * 1_000 }).catch((error: unknown) => {
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
    const block = common.Block.deserializeBinary(await this.#qscc('GetBlockByTxID', txId));
    return BigInt(block.getHeader()?.getNumber() ?? 0);
  }

  async #block(number: bigint): Promise<LedgerBlock | undefined> {
    const bytes = await this.#qscc('GetBlockByNumber', number.toString()).catch(() => undefined);
    return bytes === undefined
      ? undefined
      : readBlock(common.Block.deserializeBinary(bytes), this.#options.chaincodeName);
  }

  /** Asks the peer's own chaincode; like any answer below 400 it comes signed. */
  async #qscc(fcn: string, ...args: string[]): Promise<Uint8Array> {
    const query = this.#network.getChannel().newQuery('qscc');
    const identity = this.#identity();
    query.build(identity, { fcn, args: [this.channel, ...args], generateTransactionId: false });
    query.sign(identity);
    const targets = this.#network.getChannel().getEndorsers(this.mspId);
    const { responses, errors } = await query.send({ targets, requestTimeout: ENDORSE_SECONDS * 1_000 });
    const [answer] = responses;
    if (answer === undefined) throw errors[0] ?? new Error('no peer answered');
    if (answer.response.status >= 400) throw new AnswerError(answer.response);
    if (unsigned(answer)) throw new AnswerError({ status: 500, message: 'The peer did not sign its answer.' });
    return answer.response.payload;
  }

  /** A context with a new transaction id: each transaction has its own, from proposal to commit. */
  #identity(): IdentityContext {
    const { identityContext } = this.#gateway;
    if (identityContext === undefined) throw new LedgerError('INTERNAL', 'the client is not connected');
    return identityContext.calculateTransactionId();
  }
}

function commitListener(stop: (listener: CommitListener) => void): {
  readonly listener: CommitListener;
  readonly committed: Promise<string>;
} {
  let settle: (error: CommitError | undefined, event: CommitEvent | undefined) => void = () => undefined;
  const listener: CommitListener = (error, event) => {
    stop(listener);
    settle(error, event);
  };
  const committed = new Promise<string>((resolve, reject) => {
    settle = (error, event) => {
      if (event === undefined) reject(error ?? new Error('the event stream broke'));
      else resolve(event.status);
    };
  });
  // It may break before anybody waits for it.
  committed.catch(() => undefined);
  return { listener, committed };
}

function buffers(fields: Readonly<Record<string, Uint8Array>>): Record<string, Buffer> {
  return Object.fromEntries(Object.entries(fields).map(([name, bytes]) => [name, Buffer.from(bytes)]));
}

/** A peer's answer that is not the one that was asked for, as this client itself throws it. */
class AnswerError extends Error {
  readonly status: number;

  constructor({ message, status }: { readonly message: string; readonly status: number }) {
    super(message);
    this.status = status;
  }
}

/** The contract's refusal; what else the peer answered; or that none did. */
function evaluationError(error: unknown): LedgerError {
  const message = error instanceof Error ? error.message : String(error);
  const refusal = parseWireError(message);
  if (refusal !== undefined) return refusal;
  if (isAnswer(error, message)) return new LedgerError('INTERNAL', message, { cause: error });
  return new LedgerError('UNREACHABLE', 'The peer does not answer.', { cause: error });
}

/** This client keeps a status of gRPC in its message alone: `Error: 14 UNAVAILABLE: …`, one for each peer that was asked. */
const GRPC_STATUS = /\b(\d{1,2}) [A-Z_]{2,}:/g;
/** It cancels its other calls to a peer that has gone. */
const AWAY = new Set([grpc.status.UNAVAILABLE, grpc.status.DEADLINE_EXCEEDED, grpc.status.CANCELLED].map(String));

function isAnswer(error: unknown, message: string): boolean {
  if (error instanceof Error && 'status' in error && typeof error.status === 'number') return true;
  return [...message.matchAll(GRPC_STATUS)].some(([, status = '']) => !AWAY.has(status));
}

function endorsementError(message: string): LedgerError {
  return isPassing(message) ? notSent(new Error(message)) : new LedgerError('ENDORSEMENT_FAILED', message);
}

const unsigned = ({ endorsement }: { readonly endorsement?: object | null }): boolean => !endorsement;

function isUnknown(error: unknown): boolean {
  return error instanceof Error && /no such transaction|not found/i.test(error.message);
}
