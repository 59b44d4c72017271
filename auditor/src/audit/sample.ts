import {
  equalBytes,
  formatRecordId,
  inclusionFromTiles,
  isLedgerError,
  parseRecord,
  recordLeafHash,
  sha256,
  TILE_WIDTH,
  tileWidth,
  utf8Encode,
  verifyInclusion,
  verifyReceipt,
  type Checkpoint,
  type ReadTile,
} from '@carbon-ledger/core';
import type { Finding } from '../fsck';
import type { LogSource } from './log-source';
import { ruleOf } from './rule';

const HASH_BYTES = 32;

/** What a sample came to. */
export interface Sampled {
  /** Log indexes that were looked at. */
  readonly indexes: readonly string[];
  readonly included: number;
  readonly records: number;
  readonly receipts: number;
  /** Receipts that fail nothing, but lack what the policy asks for. */
  readonly pending: number;
  readonly findings: readonly Finding[];
}

/**
 * Log indexes drawn from a seed, each at most once. Whoever does not know the seed beforehand cannot prepare those that
 * will be looked at.
 */
export function drawIndexes(seed: string, size: bigint, count: number): bigint[] {
  const drawn = new Set<bigint>();
  const wanted = size < BigInt(count) ? Number(size) : count;
  for (let turn = 0; drawn.size < wanted; turn++) {
    const hash = sha256(utf8Encode(`${seed}/${String(turn)}`));
    // 128 bits over at most 64: the draw is even for every purpose.
    drawn.add(BigInt(`0x${Buffer.from(hash.subarray(0, 16)).toString('hex')}`) % size);
  }
  return [...drawn].sort((a, b) => (a < b ? -1 : 1));
}

async function leafAt(tile: ReadTile, index: bigint, size: bigint): Promise<Uint8Array> {
  const tileIndex = index / BigInt(TILE_WIDTH);
  const bytes = await tile({ level: 0, index: tileIndex, width: tileWidth(0, tileIndex, size) });
  const at = Number(index % BigInt(TILE_WIDTH)) * HASH_BYTES;
  return bytes.subarray(at, at + HASH_BYTES);
}

/** Looks at single records: in the log, as anchored, and with a receipt that holds offline. */
export class Sampler {
  readonly #source: LogSource;
  readonly #checkpoint: Checkpoint;
  readonly #policy: string;
  readonly #findings: Finding[] = [];
  #included = 0;
  #records = 0;
  #receipts = 0;
  #pending = 0;

  /** @param policy canonical JSON of the pinned policy */
  constructor(source: LogSource, checkpoint: Checkpoint, policy: string) {
    this.#source = source;
    this.#checkpoint = checkpoint;
    this.#policy = policy;
  }

  async run(indexes: readonly bigint[]): Promise<Sampled> {
    for (const index of indexes) await this.#look(index);
    return {
      indexes: indexes.map(String),
      included: this.#included,
      records: this.#records,
      receipts: this.#receipts,
      pending: this.#pending,
      findings: this.#findings,
    };
  }

  async #look(index: bigint): Promise<void> {
    const { size, rootHash } = this.#checkpoint;
    const leafHash = await leafAt(this.#source.tile, index, size);
    const id = formatRecordId(leafHash);
    const path = await inclusionFromTiles(this.#source.tile, index, size);
    try {
      verifyInclusion({ leafHash, index, size, path }, rootHash);
      this.#included += 1;
    } catch (error) {
      this.#refuse(error, id, `log index ${String(index)}`);
      return;
    }
    await this.#lookAtRecord(id);
    await this.#lookAtReceipt(id);
  }

  async #lookAtRecord(id: string): Promise<void> {
    const value = await this.#source.record(id);
    if (value === undefined) {
      this.#missing(id, 'record');
      return;
    }
    try {
      const isSame = equalBytes(recordLeafHash(parseRecord(value)), Buffer.from(id.slice(4), 'hex'));
      if (isSame) this.#records += 1;
      else this.#add('RECORD_MISMATCH', id, 'record', 'what is shown is not what the log holds');
    } catch (error) {
      this.#refuse(error, id, 'record');
    }
  }

  async #lookAtReceipt(id: string): Promise<void> {
    const receipt = await this.#source.receipt(id);
    if (receipt === undefined) {
      this.#missing(id, 'receipt');
      return;
    }
    const verdict = verifyReceipt({ receipt, policy: this.#policy, expect: { recordId: id } });
    if (verdict.result === 'FAIL')
      this.#refuseReceipt(id, verdict.code ?? 'PROOF_MALFORMED', verdict.message ?? 'it does not hold');
    else if (verdict.result === 'PASS') this.#receipts += 1;
    else this.#pending += 1;
  }

  #refuseReceipt(id: string, code: Finding['code'], message: string): void {
    const rule = ruleOf(code);
    this.#add(code, id, 'receipt', rule === undefined ? message : `${message} The rule: ${rule}.`);
  }

  /** Records are public: a service that keeps one back that its log holds is not in order. */
  #missing(record: string, field: 'record' | 'receipt'): void {
    if (this.#source.isComplete) this.#add('NOT_FOUND', record, field, 'the log holds it, but it is not shown');
  }

  #refuse(error: unknown, record: string, field: string): void {
    if (!isLedgerError(error)) throw error;
    this.#add(error.code, record, field, error.message);
  }

  #add(code: Finding['code'], record: string, field: string, message: string): void {
    this.#findings.push({ code, record, field, message });
  }
}
