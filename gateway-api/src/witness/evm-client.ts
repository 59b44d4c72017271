import type { Interface, JsonRpcProvider, TransactionRequest, Wallet } from 'ethers' with {
  'resolution-mode': 'import',
};
import { z } from 'zod';
import { isLedgerError, LedgerError, originHash, toHex, type Checkpoint } from '@carbon-ledger/core';
import { CHECKPOINT_WITNESS_ABI } from './evm-contract';

export interface EvmClientOptions {
  /** JSON-RPC over HTTP or HTTPS. */
  readonly url: string;
  /** EIP-155 chain id, decimal: a node of another chain is refused. */
  readonly chainId: string;
  /** Address of the contract, lower-case. */
  readonly contract: string;
  /** Key of the account that may post, 32 bytes in hex with `0x`; without it the client only reads. */
  readonly privateKey?: string | undefined;
  /** Blocks that must follow (its own included) before a posting counts; 1 if not given. */
  readonly confirmations?: number;
  /** Milliseconds for one call, and for a posting to be mined: 60 s if not given. */
  readonly timeoutMs?: number;
  /** Milliseconds between looks for a mined posting; 4 s if not given. */
  readonly pollingMs?: number;
}

/** A checkpoint as the contract holds it. */
export interface PostedCheckpoint {
  readonly size: bigint;
  /** RFC 9162 root, hex. */
  readonly root: string;
  /** Time of the block, seconds since 1970. */
  readonly time: bigint;
}

/** Where a checkpoint was posted; goes into receipts. */
export interface EvmAnchor {
  readonly chainId: string;
  readonly contract: string;
  /** Hash of the transaction. */
  readonly transaction: string;
}

interface Connection {
  readonly provider: JsonRpcProvider;
  readonly contract: Interface;
  readonly wallet: Wallet | undefined;
}

const TIMEOUT_MS = 60_000;
const word = z.string().regex(/^0x[0-9a-f]{64}$/);
const logsShape = z.array(z.looseObject({ transactionHash: word }));

/** Posts checkpoints to the witness contract on an EVM chain and reads them back. Ethers is loaded on first use. */
export class EvmClient {
  readonly #options: EvmClientOptions;
  #connection: Promise<Connection> | undefined;

  constructor(options: Readonly<EvmClientOptions>) {
    this.#options = options;
  }

  get anchorContract(): { readonly chainId: string; readonly contract: string } {
    return { chainId: this.#options.chainId, contract: this.#options.contract };
  }

  /** The last checkpoint of a log. @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED */
  async latest(origin: string): Promise<PostedCheckpoint | undefined> {
    const [size, root, time] = await this.#read('latest', [hashOf(origin)], z.tuple([z.bigint(), word, z.bigint()]));
    return size === 0n ? undefined : { size, root: root.slice(2), time };
  }

  /** The checkpoint of a log of exactly this size. @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED */
  async posted(origin: string, size: bigint): Promise<PostedCheckpoint | undefined> {
    const [root, time] = await this.#read('anchors', [hashOf(origin), size], z.tuple([word, z.bigint()]));
    return time === 0n ? undefined : { size, root: root.slice(2), time };
  }

  /** The transaction that posted it, from the contract's events; undefined when there is none. */
  async anchorOf(origin: string, size: bigint): Promise<EvmAnchor | undefined> {
    const { contract } = await this.#connect();
    const topics = contract.encodeFilterTopics('CheckpointPosted', [hashOf(origin), size]);
    const filter = { address: this.#options.contract, topics, fromBlock: 'earliest', toBlock: 'latest' };
    const logs = logsShape.safeParse(await this.rpc('eth_getLogs', [filter]));
    if (!logs.success) throw new LedgerError('OUTSIDE_REFUSED', 'The chain gave no list of events.');
    const [log] = logs.data;
    return log && { ...this.anchorContract, transaction: log.transactionHash };
  }

  /**
   * Posts a checkpoint and waits until it is mined. A checkpoint that is already there is not posted again, so that a
   * posting whose outcome stayed unknown can be repeated.
   * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED, ROLLED_BACK when the contract holds another root for this size
   */
  async post({ origin, size, rootHash }: Readonly<Checkpoint>): Promise<EvmAnchor> {
    const known = await this.posted(origin, size);
    if (known === undefined) return this.#send(origin, size, rootHash);
    if (known.root !== toHex(rootHash)) throw otherRoot(size);
    const anchor = await this.anchorOf(origin, size);
    if (anchor === undefined) throw new LedgerError('OUTSIDE_REFUSED', 'The chain hides the event of a checkpoint.');
    return anchor;
  }

  /** One call of the chain's JSON-RPC. @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED */
  async rpc(method: string, parameters: unknown[]): Promise<unknown> {
    const { provider } = await this.#connect();
    return translated(async () => (await provider.send(method, parameters)) as unknown);
  }

  /** Ends what runs in the background. */
  async close(): Promise<void> {
    (await this.#connection?.catch(() => undefined))?.provider.destroy();
    this.#connection = undefined;
  }

  async #read<Values>(name: string, values: readonly unknown[], shape: z.ZodType<Values>): Promise<Values> {
    const { provider, contract } = await this.#connect();
    const call = { to: this.#options.contract, data: contract.encodeFunctionData(name, values) };
    return translated(async () => {
      const result: unknown[] = contract.decodeFunctionResult(name, await provider.call(call)).toArray();
      return shape.parse(result);
    });
  }

  async #send(origin: string, size: bigint, rootHash: Uint8Array): Promise<EvmAnchor> {
    const { contract, wallet } = await this.#connect();
    if (wallet === undefined) throw new LedgerError('USAGE', 'No key was given to post checkpoints with.');
    const data = contract.encodeFunctionData('post', [hashOf(origin), size, rootHash]);
    const transaction = await this.#mined(wallet, { to: this.#options.contract, data });
    return { ...this.anchorContract, transaction };
  }

  async #mined(wallet: Wallet, request: TransactionRequest): Promise<string> {
    const { confirmations = 1, timeoutMs = TIMEOUT_MS } = this.#options;
    return translated(async () => {
      const sent = await wallet.sendTransaction(request);
      await sent.wait(confirmations, timeoutMs);
      return sent.hash;
    });
  }

  #connect(): Promise<Connection> {
    this.#connection ??= this.#open().catch((error: unknown) => {
      this.#connection = undefined;
      throw error;
    });
    return this.#connection;
  }

  async #open(): Promise<Connection> {
    const { Interface, Wallet } = await import('ethers');
    const { privateKey } = this.#options;
    const provider = await openProvider(this.#options);
    const wallet = privateKey === undefined ? undefined : new Wallet(privateKey, provider);
    return { provider, contract: new Interface(CHECKPOINT_WITNESS_ABI), wallet };
  }
}

/**
 * A connection to a node of this chain, to be destroyed by the caller.
 * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED for a node of another chain
 */
export async function openProvider(options: Omit<EvmClientOptions, 'contract'>): Promise<JsonRpcProvider> {
  const { FetchRequest, JsonRpcProvider, Network } = await import('ethers');
  const { url, chainId, timeoutMs = TIMEOUT_MS, pollingMs = 4000 } = options;
  const request = new FetchRequest(url);
  request.timeout = timeoutMs;
  const network = Network.from(BigInt(chainId));
  const provider = new JsonRpcProvider(request, network, { staticNetwork: network, cacheTimeout: -1 });
  provider.pollingInterval = pollingMs;
  await assertChain(provider, chainId);
  return provider;
}

/**
 * Holds a log to what the contract holds of it. A chain that does not answer proves nothing and is passed over.
 * @throws LedgerError ROLLED_BACK
 */
export async function assertNotBehindChain(
  client: EvmClient,
  origin: string,
  log: { readonly size: number; rootAt(size: number): Promise<Uint8Array> },
): Promise<void> {
  const latest = await client.latest(origin).catch((error: unknown) => {
    if (isLedgerError(error)) return undefined;
    throw error;
  });
  if (latest === undefined) return;
  const size = Number(latest.size);
  if (size > log.size) {
    const message = `The ledger has ${String(log.size)} records, but ${String(size)} are anchored on the chain.`;
    throw new LedgerError('ROLLED_BACK', message, { details: { anchoredSize: size, size: log.size } });
  }
  if (toHex(await log.rootAt(size)) !== latest.root) throw otherRoot(latest.size);
}

async function assertChain(provider: JsonRpcProvider, chainId: string): Promise<void> {
  const found = await translated(async () => z.string().parse(await provider.send('eth_chainId', [])));
  if (BigInt(found) === BigInt(chainId)) return;
  provider.destroy();
  throw new LedgerError('OUTSIDE_REFUSED', `The node is of chain ${BigInt(found).toString()}, not ${chainId}.`);
}

/** Errors of ethers in our words; what the contract said stays readable. */
export async function translated<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    const { code, reason } = describe(cause);
    const refused = REFUSALS.includes(code) || cause instanceof z.ZodError;
    throw new LedgerError(refused ? 'OUTSIDE_REFUSED' : 'OUTSIDE_UNREACHABLE', `The chain: ${reason}.`, { cause });
  }
}

/** Codes of ethers for an answer that was no. All others mean that there was none. */
const REFUSALS = [
  'CALL_EXCEPTION',
  'BAD_DATA',
  'INSUFFICIENT_FUNDS',
  'NONCE_EXPIRED',
  'REPLACEMENT_UNDERPRICED',
  'UNKNOWN_ERROR',
];

function describe(cause: unknown): { code: string; reason: string } {
  if (!(cause instanceof Error)) return { code: '', reason: 'no answer' };
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const short = 'shortMessage' in cause && typeof cause.shortMessage === 'string' ? cause.shortMessage : cause.message;
  return { code, reason: short.slice(0, 200) };
}

function otherRoot(size: bigint): LedgerError {
  return new LedgerError('ROLLED_BACK', `The chain holds another root for the first ${size.toString()} records.`, {
    details: { anchoredSize: Number(size) },
  });
}

function hashOf(origin: string): string {
  return `0x${toHex(originHash(origin))}`;
}
