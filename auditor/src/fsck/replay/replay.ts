import { common, peer } from '@hyperledger/fabric-protos';
import { decodeBlock, type Block } from '../blocks/block';
import { asBuffer, hex, sha256 } from '../blocks/bytes';
import { readChannelConfig } from '../blocks/config';
import { BadTransaction, decodeHeader, decodeTransaction, type EndorserTransaction } from '../blocks/envelope';
import { blockHeaderHash } from '../blocks/header';
import type { NamespaceSet, Version } from '../blocks/rwset';
import type { Finding } from '../finding';
import { timeOf } from '../rules/founding';
import type { AnchoringFacts, BlockJob, LedgerNames, TransactionFacts } from '../rules/job';
import type { RecordedRead } from '../rules/recorded-view';
import type { PrivateSource } from '../sources';
import { BlockUpdates } from './commit-hash';
import { EarlierInBlock } from './earlier-in-block';
import { policiesOf } from './policies';
import { cosignedIn, type CosignedPlace } from './cosigned';
import { projectChanges } from './projected-heads';
import { replayReads } from './reads';
import { sliceRecords, type RecordSlice } from './records';
import { rememberSigned, retainedBy } from './retained';
import { ReplayedState } from './state';
import { versionsBefore } from './versions-before';
import { figuresKey, recordKey, rememberHistory } from './whole-ledger';
import type { WorkStore } from './work-store';

const Code = peer.TxValidationCode;

/** Where a replay stands: enough to go on from, beside the work store. */
export interface ReplayPosition {
  readonly nextBlock: number;
  /** Hex; empty before the first block. */
  readonly headerHash: string;
  /** Number of the block that holds the current configuration. */
  readonly configBlock: number;
  /** Hex hash of the header of block 0. */
  readonly genesisHash: string;
  /** Number of leaves of the log. */
  readonly logSize: number;
  /** Hex commit hash of the last block; empty where the peer keeps none. */
  readonly commitHash: string;
}

const startPosition: ReplayPosition = {
  nextBlock: 0,
  headerHash: '',
  configBlock: 0,
  genesisHash: '',
  logSize: 0,
  commitHash: '',
};

/** One block replayed: what is to be checked, what was found on the way, and its leaves. */
export interface Step {
  readonly job: BlockJob;
  readonly findings: readonly Finding[];
  readonly records: readonly RecordSlice[];
  /** What organisations cosigned in it, to be held to the log. */
  readonly cosigned: readonly CosignedPlace[];
  /** Set where the block holds a configuration: envelope bytes. */
  readonly config?: Uint8Array;
}

interface Options {
  readonly names: LedgerNames;
  readonly store: WorkStore;
  readonly figures: PrivateSource | undefined;
  /** Blocks from this number on are not in the projection that is checked; 0 where none is. */
  readonly projectedHeight: number;
}

/**
 * Goes through the blocks in order, as a peer does that joins a channel, and keeps what each transaction is to be held to:
 * versions, policies, the keys it read, the records it cites. Judges nothing but the chain itself and read versions.
 */
export class Replay {
  readonly #options: Options;
  readonly state: ReplayedState;
  #position: ReplayPosition;
  #groups: ReadonlyMap<string, string> = new Map();
  #updates = new BlockUpdates();
  #earlier = new EarlierInBlock();
  #cosigned: CosignedPlace[] = [];

  constructor(options: Options, position: ReplayPosition = startPosition) {
    this.#options = options;
    this.#position = position;
    this.state = new ReplayedState(options.store);
  }

  get position(): ReplayPosition {
    return this.#position;
  }

  /** Takes up the configuration that a resumed run stands under. */
  resumeConfig(envelope: Uint8Array): void {
    this.#groups = readChannelConfig(envelope).groups;
  }

  /** @throws Error when the bytes are no block: what follows it cannot be judged */
  async step(bytes: Uint8Array): Promise<Step> {
    const block = decodeBlock(bytes);
    const number = this.#position.nextBlock;
    const findings = chainFindings(block, this.#position);
    const config = configOf(block);
    if (config !== undefined) this.resumeConfig(config);
    const records: RecordSlice[] = [];
    this.#cosigned = [];
    this.#updates = new BlockUpdates();
    this.#earlier = new EarlierInBlock();
    const transactions: TransactionFacts[] = [];
    for (const [index, envelope] of block.envelopes.entries()) {
      const version = { block: number, tx: index };
      transactions.push(await this.#replay(envelope, block.codes[index] ?? Code.NOT_VALIDATED, version, records));
    }
    findings.push(...this.#commitFindings(block));
    const configBlock = config === undefined || number === 0 ? this.#position.configBlock : number;
    const isProjected = number < this.#options.projectedHeight;
    const job = { number, bytes, config: this.#position.configBlock, transactions, isProjected };
    this.#advance(block, configBlock, records.length);
    return { job, findings, records, cosigned: this.#cosigned, ...(config === undefined ? {} : { config }) };
  }

  #advance(block: Block, configBlock: number, records: number): void {
    const headerHash = hex(blockHeaderHash(block.header));
    this.state.addBlock(headerHash, this.#position.nextBlock);
    const { nextBlock, genesisHash, logSize } = this.#position;
    this.#position = {
      nextBlock: nextBlock + 1,
      headerHash,
      configBlock,
      genesisHash: nextBlock === 0 ? headerHash : genesisHash,
      logSize: logSize + records,
      commitHash: hex(block.commitHash),
    };
  }

  /** A peer that keeps commit hashes chains them over codes and state; none at all says nothing (Fabric's block 0 has none). */
  #commitFindings({ codes, commitHash }: Block): Finding[] {
    const { nextBlock, commitHash: previous } = this.#position;
    const isKept = commitHash.length > 0 || (previous !== '' && nextBlock > 1);
    if (!isKept || this.#updates.hash(codes, Buffer.from(previous, 'hex')).equals(commitHash)) return [];
    const message = 'it is not the hash of what the valid transactions of the block change';
    return [{ block: nextBlock, code: 'STATE_MISMATCH', field: 'metadata.COMMIT_HASH', message }];
  }

  /** Facts of one transaction; if it is marked valid, its writes stand from here on, whatever is found about it. */
  async #replay(
    envelope: Uint8Array,
    code: number,
    version: Version,
    records: RecordSlice[],
  ): Promise<TransactionFacts> {
    const { txId, transaction } = readTransaction(envelope);
    const first = this.state.transaction(txId)?.version.block ?? version.block;
    this.state.addTransaction(txId, version, code);
    if (transaction === undefined) return { replayed: Code.VALID, policies: [] };
    const { sets, chaincode } = transaction;
    const refused = first < version.block ? Code.DUPLICATE_TXID : this.#earlier.refusal(transaction, this.state);
    const again = this.#earlier.hasId(txId);
    const replayed = again ? Code.DUPLICATE_TXID : await replayReads(sets, this.state, this.#updates);
    const policies = policiesOf(chaincode, sets, this.state, this.#groups);
    this.#earlier.add(txId, code, sets);
    const facts = { replayed, policies, ...(refused === undefined ? {} : { refused }) };
    if (code !== Code.VALID) return facts;
    const isOurs = chaincode === this.#options.names.chaincode;
    const anchoring = isOurs ? await this.#anchoring(transaction, version, records) : undefined;
    this.#updates.add(sets, version, this.state);
    this.state.apply(sets, version);
    return { ...facts, ...(anchoring === undefined ? {} : { anchoring }) };
  }

  async #anchoring(
    transaction: EndorserTransaction,
    version: Version,
    records: RecordSlice[],
  ): Promise<AnchoringFacts | undefined> {
    const own = transaction.sets.find(({ namespace }) => namespace === this.#options.names.chaincode);
    if (own === undefined || own.writes.length === 0) return undefined;
    const key = `tx/${transaction.header.txId}`;
    this.#cosigned.push(...cosignedIn(own, transaction.header.txId, version.block));
    const slices = recordsOf(own, key);
    rememberSigned(this.#options.store, transaction.header.txId, slices);
    const retained = retainedBy(own, this.#options.names, this.state, this.#options.store);
    const privateHash = this.#privateHash(own, key);
    const privateValue = privateHash && (await this.#privateValue(key, version));
    const facts = {
      reads: this.#reads(own),
      ...this.#context(slices, own.namespace),
      leaves: Buffer.concat(slices.map(({ leafHash }) => leafHash)),
      first: this.#position.logSize + records.length,
      ...(privateHash === undefined ? {} : { privateHash }),
      ...(privateValue === undefined ? {} : { privateValue }),
      ...(retained === undefined ? {} : { retained }),
    };
    rememberHistory(this.#options.store, slices, facts.first);
    this.#remember(slices, privateValue);
    if (version.block < this.#options.projectedHeight)
      projectChanges(this.#options.store, own, slices, timeOf(transaction));
    records.push(...slices);
    return facts;
  }

  #reads({ namespace, reads, ranges }: NamespaceSet): RecordedRead[] {
    const keys = [...reads, ...ranges.flatMap((range) => range.reads ?? [])].map(({ key }) => key);
    return [...new Set(keys)].map((key) => [key, this.state.public(namespace, key)?.value]);
  }

  /** Cited records that earlier transactions anchored, and versions before; those of the transaction it holds by itself. */
  #context(slices: readonly RecordSlice[], namespace: string): Pick<AnchoringFacts, 'records' | 'figures'> {
    const own = new Set(slices.map(({ id }) => id));
    const { store } = this.#options;
    const named = slices.flatMap((one) => [...one.cites, ...versionsBefore(one, namespace, this.state, store)]);
    const cited = new Set(named.filter((id) => !own.has(id)));
    const records: Uint8Array[] = [];
    const figures: [string, Uint8Array][] = [];
    for (const id of cited) {
      const text = store.get(recordKey(id));
      const figureText = store.get(figuresKey(id));
      if (text !== undefined) records.push(text);
      if (figureText !== undefined) figures.push([id, figureText]);
    }
    return { records, figures };
  }

  #privateHash({ collections }: NamespaceSet, key: string): Uint8Array | undefined {
    const keyHash = sha256(Buffer.from(key));
    const set = collections.find(({ collection }) => collection === this.#options.names.collection);
    return set?.writes.find((write) => keyHash.equals(write.keyHash))?.valueHash;
  }

  #privateValue(key: string, version: Version): Promise<Uint8Array | undefined> {
    const { names, figures } = this.#options;
    return figures?.value(names.chaincode, names.collection, key, version) ?? Promise.resolve(undefined);
  }

  #remember(slices: readonly RecordSlice[], privateValue: Uint8Array | undefined): void {
    const { store } = this.#options;
    for (const { id, text } of slices) store.put(recordKey(id), text);
    for (const [id, figures] of Object.entries(figuresOf(privateValue)))
      store.put(figuresKey(id), Buffer.from(JSON.stringify(figures)));
  }
}

/** Figures by record id of a private value; what cannot be read is found by the check of the transaction. */
function figuresOf(privateValue: Uint8Array | undefined): Readonly<Record<string, unknown>> {
  if (privateValue === undefined) return {};
  try {
    const parsed = JSON.parse(asBuffer(privateValue).toString('utf8')) as { readonly figures?: unknown };
    return typeof parsed.figures === 'object' ? { ...parsed.figures } : {};
  } catch {
    return {};
  }
}

function recordsOf(own: NamespaceSet, key: string): RecordSlice[] {
  const value = own.writes.find((write) => write.key === key)?.value;
  if (value === undefined) return [];
  try {
    return sliceRecords(value);
  } catch {
    // Not JSON: nothing of it enters the log, and the check of the transaction says so.
    return [];
  }
}

function readTransaction(envelope: Uint8Array): { txId: string; transaction: EndorserTransaction | undefined } {
  let txId = '';
  try {
    const header = decodeHeader(envelope);
    txId = header.txId;
    const isEndorsed = header.type === common.HeaderType.ENDORSER_TRANSACTION;
    return { txId, transaction: isEndorsed ? decodeTransaction(header) : undefined };
  } catch (error) {
    if (error instanceof BadTransaction) return { txId, transaction: undefined };
    throw error;
  }
}

/** The configuration envelope of a configuration block, which holds nothing else. */
function configOf({ envelopes }: Block): Uint8Array | undefined {
  const [first] = envelopes;
  if (first === undefined || envelopes.length > 1) return undefined;
  try {
    return decodeHeader(first).type === common.HeaderType.CONFIG ? first : undefined;
  } catch (error) {
    if (error instanceof BadTransaction) return undefined;
    throw error;
  }
}

function chainFindings({ header }: Block, { nextBlock, headerHash }: ReplayPosition): Finding[] {
  const findings: Finding[] = [];
  const add = (field: string, message: string): number =>
    findings.push({ block: nextBlock, code: 'BLOCK_CHAIN_BROKEN', field, message });
  if (header.number !== nextBlock) add('header.number', `it is numbered ${String(header.number)}`);
  if (hex(header.previousHash) !== headerHash)
    add('header.previous_hash', 'it names another block before it than the one that stands there');
  return findings;
}
