import * as grpc from '@grpc/grpc-js';
import {
  connect,
  EndorseError,
  GatewayError,
  hash,
  type Contract,
  type ErrorDetail,
  type Gateway,
  type Network,
  type SubmittedTransaction,
  type Transaction,
} from '@hyperledger/fabric-gateway';
import { common, peer } from '@hyperledger/fabric-protos';
import { LedgerError, parseWireError } from '@carbon-ledger/core';
import { readBlock, validationName } from './block-reader';
import { resumingBlocks } from './block-stream';
import { commitInvalid, notSent, outcomeUnknown } from './outcome';
import type { Committed, Endorsed, LedgerBlock, LedgerCall, LedgerPort, TransactionFate } from './port';
import { createLowSSigner } from './signer';

export interface FabricGatewayOptions {
  /** `host:port` of a peer of one's own organisation. */
  readonly endpoint: string;
  readonly tls: {
    readonly rootCert: Uint8Array;
    /** For mutual TLS. */
    readonly clientCert?: Uint8Array;
    readonly clientKey?: Uint8Array;
    /** Name in the peer's certificate, where it differs from the endpoint's host. */
    readonly serverName?: string;
  };
  readonly identity: { readonly mspId: string; readonly certificate: Uint8Array; readonly privateKey: Uint8Array };
  readonly channel: string;
  readonly chaincodeName: string;
  /** Transient data goes to these organisations only; without it the peer picks endorsers by policy. */
  readonly endorsingOrganizations?: readonly string[];
  /** Milliseconds until a step is given up: endorse and evaluate 30,000, submit 10,000, commit status 60,000. */
  readonly timeouts?: Partial<Timeouts>;
}

interface Timeouts {
  readonly endorse: number;
  readonly submit: number;
  readonly commit: number;
}

const DEFAULT_TIMEOUTS: Timeouts = { endorse: 30_000, submit: 10_000, commit: 60_000 };
/** The identical signed transaction is sent this often before its outcome counts as unknown. */
const SEND_ATTEMPTS = 3;
const MAX_MESSAGE_BYTES = 100 * 1024 * 1024;

/** Connects lazily: an unreachable peer shows at the first call. */
export function createFabricGatewayLedger(options: Readonly<FabricGatewayOptions>): LedgerPort {
  return new FabricGatewayLedger(options);
}

class FabricGatewayLedger implements LedgerPort {
  readonly mspId: string;
  readonly channel: string;
  readonly #options: Readonly<FabricGatewayOptions>;
  readonly #client: grpc.Client;
  readonly #gateway: Gateway;
  readonly #network: Network;
  readonly #contract: Contract;

  constructor(options: Readonly<FabricGatewayOptions>) {
    this.#options = options;
    this.mspId = options.identity.mspId;
    this.channel = options.channel;
    this.#client = createClient(options);
    this.#gateway = connectGateway(this.#client, options);
    this.#network = this.#gateway.getNetwork(options.channel);
    this.#contract = this.#network.getContract(options.chaincodeName);
  }

  async submit(call: LedgerCall, beforeSending?: (endorsed: Endorsed) => Promise<void>): Promise<Committed> {
    const transaction = await this.#endorse(call);
    const endorsed = { txId: transaction.getTransactionId(), result: transaction.getResult() };
    await beforeSending?.(endorsed);
    const sent = await this.#send(transaction);
    return { ...endorsed, blockNumber: await this.#commitBlock(sent, endorsed.txId) };
  }

  async evaluate(call: LedgerCall): Promise<Uint8Array> {
    try {
      return await this.#contract.evaluate(call.name, proposalOptions(call));
    } catch (error) {
      throw evaluationError(error);
    }
  }

  blocks(from: bigint, signal: AbortSignal): AsyncIterable<LedgerBlock> {
    const open = (startBlock: bigint): Promise<AsyncIterable<common.Block> & { close(): void }> =>
      this.#network.getBlockEvents({ startBlock });
    return resumingBlocks(open, (block) => readBlock(block, this.#options.chaincodeName), from, signal);
  }

  async height(): Promise<bigint> {
    const bytes = await this.#qscc('GetChainInfo');
    return BigInt(common.BlockchainInfo.deserializeBinary(bytes).getHeight());
  }

  async transaction(txId: string): Promise<TransactionFate | undefined> {
    try {
      const bytes = await this.#qscc('GetTransactionByID', txId);
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
    this.#gateway.close();
    this.#client.close();
    return Promise.resolve();
  }

  #qscc(name: string, ...args: string[]): Promise<Uint8Array> {
    return this.#network.getContract('qscc').evaluateTransaction(name, this.channel, ...args);
  }

  async #endorse(call: LedgerCall): Promise<Transaction> {
    const organisations = this.#options.endorsingOrganizations;
    const endorsers = organisations === undefined ? {} : { endorsingOrganizations: [...organisations] };
    try {
      return await this.#contract.newProposal(call.name, { ...proposalOptions(call), ...endorsers }).endorse();
    } catch (error) {
      throw endorsementError(error);
    }
  }

  async #send(transaction: Transaction, attempt = 1): Promise<SubmittedTransaction> {
    try {
      return await transaction.submit();
    } catch (error) {
      if (attempt < SEND_ATTEMPTS) return this.#send(transaction, attempt + 1);
      throw outcomeUnknown(transaction.getTransactionId(), error);
    }
  }

  async #commitBlock(sent: SubmittedTransaction, txId: string): Promise<bigint> {
    const status = await sent.getStatus().catch((error: unknown) => {
      throw outcomeUnknown(txId, error);
    });
    if (!status.successful) throw commitInvalid(txId, validationName(status.code));
    return status.blockNumber;
  }
}

function proposalOptions(call: LedgerCall): { arguments: string[]; transientData: Record<string, Uint8Array> } {
  return { arguments: [...(call.args ?? [])], transientData: { ...call.transient } };
}

function createClient({ endpoint, tls }: Readonly<FabricGatewayOptions>): grpc.Client {
  const pem = (bytes: Uint8Array | undefined): Buffer | null => (bytes === undefined ? null : Buffer.from(bytes));
  const credentials = grpc.credentials.createSsl(Buffer.from(tls.rootCert), pem(tls.clientKey), pem(tls.clientCert));
  return new grpc.Client(endpoint, credentials, {
    'grpc.max_receive_message_length': MAX_MESSAGE_BYTES,
    'grpc.max_send_message_length': MAX_MESSAGE_BYTES,
    'grpc.keepalive_time_ms': 60_000,
    ...(tls.serverName === undefined ? {} : { 'grpc.ssl_target_name_override': tls.serverName }),
  });
}

function connectGateway(client: grpc.Client, options: Readonly<FabricGatewayOptions>): Gateway {
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const within = (ms: number) => (): grpc.CallOptions => ({ deadline: Date.now() + ms });
  return connect({
    client,
    identity: { mspId: options.identity.mspId, credentials: options.identity.certificate },
    signer: createLowSSigner(options.identity.privateKey),
    hash: hash.none,
    evaluateOptions: within(timeouts.endorse),
    endorseOptions: within(timeouts.endorse),
    submitOptions: within(timeouts.submit),
    commitStatusOptions: within(timeouts.commit),
  });
}

/** Before sending, every failure is harmless: the contract's refusal, no answer from the peer, or no endorsement. */
function endorsementError(error: unknown): LedgerError {
  const refusal = error instanceof GatewayError ? refusalIn(error) : undefined;
  if (refusal !== undefined) return refusal;
  if (!(error instanceof EndorseError) || isUnreachable(error)) return notSent(error);
  return new LedgerError('ENDORSEMENT_FAILED', messageOf(error), { cause: error });
}

function evaluationError(error: unknown): LedgerError {
  const refusal = error instanceof GatewayError ? refusalIn(error) : undefined;
  if (refusal !== undefined) return refusal;
  if (error instanceof GatewayError && !isUnreachable(error)) {
    return new LedgerError('INTERNAL', messageOf(error), { cause: error });
  }
  return new LedgerError('UNREACHABLE', 'The peer does not answer.', { cause: error });
}

function refusalIn(error: GatewayError): LedgerError | undefined {
  const texts = [...error.details.map((detail: ErrorDetail) => detail.message), error.cause.details];
  return texts.map(parseWireError).find((refusal) => refusal !== undefined);
}

function isUnreachable(error: GatewayError): boolean {
  return error.code === grpc.status.UNAVAILABLE.valueOf() || error.code === grpc.status.DEADLINE_EXCEEDED.valueOf();
}

function isUnknownTransaction(error: GatewayError): boolean {
  return /no such transaction|not found|entry not found/i.test(messageOf(error));
}

function messageOf(error: GatewayError): string {
  return error.details[0]?.message ?? error.cause.details;
}
