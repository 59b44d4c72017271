import {
  changesOf,
  formatRecordId,
  isReplacedInForce,
  isSpent,
  parseBusinessKey,
  type RecordType,
  type RestedOn,
} from '@carbon-ledger/core';
import { parseStored, prefixes, type AnchoredEntry, type StoredStanding } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';
import { DoubtedRecords, type OwnDoubts } from './doubted-records';
import { RestingRecords } from './resting-records';

/** Records of the log that are read at once. */
const AT_ONCE = 100;
/** Of so many new records nobody asked in between: reading all of them takes longer than to begin anew. */
const MOST_FOLLOWED = 5_000;
/** By which alone a record is opened or withdrawn whose next version may also simply follow. */
const corrections: readonly RecordType[] = ['supersession', 'revocation', 'decision'];

interface Ending {
  readonly record: string;
  readonly key: string;
}

/**
 * What records rest on and does not stand, or is in doubt. It is made up from how records stand, and follows the log from then
 * on: an ending is walked down to all that cites it, near and far, and a new record takes over what its citations rest on.
 */
export class EndedInputs {
  readonly #projection: Projection;
  readonly #doubting: DoubtedRecords;
  readonly #mostFollowed: number;
  /** Business keys of what does not stand, by id. */
  #ended = new Map<string, string>();
  /** Business keys of what stands and is in doubt by itself, by id; as of a size of the log. */
  #doubted: { readonly keys: ReadonlyMap<string, string>; readonly size: number } = { keys: new Map(), size: -1 };
  #resting: RestingRecords;
  /** Log index of the first record that is not in yet; undefined before the first question. */
  #next: number | undefined;
  #reading: Promise<void> = Promise.resolve();

  constructor(projection: Projection, own: OwnDoubts, mostFollowed = MOST_FOLLOWED) {
    this.#projection = projection;
    this.#doubting = new DoubtedRecords(projection, own);
    this.#mostFollowed = mostFollowed;
    this.#resting = new RestingRecords(projection);
  }

  /** What a record rests on and does not stand, in the order of the keys. */
  async of(id: string): Promise<RestedOn[]> {
    await this.#followed();
    return inOrder(id, this.#resting.of(id), this.#ended);
  }

  /** What it rests on, stands, and is in doubt by itself, in the order of the keys. */
  async doubtedOf(id: string): Promise<RestedOn[]> {
    await this.#followed();
    const standing = [...this.#resting.of(id)].filter((input) => !this.#ended.has(input));
    return inOrder(id, standing, this.#doubted.keys);
  }

  /** Ids of the records of a party that rest on something that does not stand, in the order in which they came to. */
  async restingOf(issuer: string): Promise<string[]> {
    await this.#followed();
    const isGroundless = (id: string): boolean => [...this.#resting.of(id)].some((input) => this.#ended.has(input));
    return [...this.#resting.filedBy(issuer)].filter(isGroundless);
  }

  async #followed(): Promise<void> {
    const { size } = this.#projection.log;
    if (this.#next !== size || this.#doubted.size !== size) await this.#readOn();
  }

  /** One after the other; a failure is told to whoever asked, and the next one tries again. */
  #readOn(): Promise<void> {
    const read = this.#reading.then(() => this.#read());
    this.#reading = read.catch(() => undefined);
    return read;
  }

  async #read(): Promise<void> {
    const { log, reader } = this.#projection;
    const { size } = log;
    if (this.#next === undefined || size - this.#next > this.#mostFollowed) {
      await this.#beginAnew();
      this.#next = size;
    }
    while (this.#next < size) {
      const places = Array.from({ length: Math.min(AT_ONCE, size - this.#next) }, (_, at) => (this.#next ?? 0) + at);
      const ids = await Promise.all(places.map(async (place) => formatRecordId(await log.leaf(place))));
      for (const entry of await reader.records(ids)) {
        // Its block is being written: it is looked at with the next question.
        if (entry === undefined) return;
        await this.#add(entry);
        this.#next += 1;
      }
    }
    await this.#readDoubted(size);
  }

  async #add(entry: AnchoredEntry): Promise<void> {
    for (const change of changesOf(entry.record))
      if (isEnding(change.key, change)) await this.#end(change);
      else this.#ended.delete(change.record);
    await this.#doubting.add(entry);
    this.#resting.add(entry);
  }

  async #end({ record, key }: Ending): Promise<void> {
    await this.#resting.follow(record);
    this.#ended.set(record, key);
  }

  /** Few are in doubt at a time: they are read as they stand. */
  async #readDoubted(size: number): Promise<void> {
    const keys = await this.#doubting.all();
    for (const id of keys.keys()) await this.#resting.follow(id);
    this.#doubted = { keys, size };
  }

  /** Whoever asks meanwhile is answered as before; what fails leaves nothing half-made. */
  async #beginAnew(): Promise<void> {
    const [ended, resting] = [new Map<string, string>(), new RestingRecords(this.#projection)];
    await this.#doubting.begin();
    for await (const { record, key } of this.#endings()) {
      await resting.follow(record);
      ended.set(record, key);
    }
    [this.#ended, this.#resting] = [ended, resting];
  }

  /** From how every record stands now. */
  async *#endings(): AsyncGenerator<Ending, void, undefined> {
    const corrected = new Map<string, Ending>();
    for (const type of corrections)
      for await (const entry of this.#ofType(type))
        for (const change of changesOf(entry.record).filter((one) => isEnding(one.key, one)))
          corrected.set(change.record, change);
    for await (const rows of this.#projection.under(prefixes.ended))
      for (const [key, text] of rows) {
        const id = `rec:${key.slice(prefixes.ended.length)}`;
        const ending = corrected.get(id) ?? (await this.#endingOf(id, parseStored(text, key) as StoredStanding));
        if (ending !== undefined) yield ending;
      }
  }

  async *#ofType(type: RecordType): AsyncGenerator<AnchoredEntry, void, undefined> {
    for await (const rows of this.#projection.under(prefixes.type(type)))
      for (const entry of await this.#projection.reader.records(rows.map(([, id]) => id)))
        if (entry !== undefined) yield entry;
  }

  /** Whether it ended, or was opened before its next version took its place. */
  async #endingOf(id: string, standing: StoredStanding): Promise<Ending | undefined> {
    if (standing.status === 'current') return undefined;
    const entry = await this.#projection.reader.record(id);
    if (entry === undefined) return undefined;
    const isEnded =
      standing.status === 'superseded' ? !isReplacedInForce(entry.record.kind) : isEnding(entry.key, entry);
    return isEnded ? { record: id, key: entry.key } : undefined;
  }
}

/** What ended as it was meant to bears what was built on it. */
function isEnding(key: string, { status, state }: { readonly status: string; readonly state: string }): boolean {
  return status !== 'current' && !isSpent(parseBusinessKey(key).kind, state);
}

/** Those of some inputs that are among these keys. */
function inOrder(id: string, inputs: Iterable<string>, keys: ReadonlyMap<string, string>): RestedOn[] {
  const found = [...inputs].flatMap((input) => {
    const key = input === id ? undefined : keys.get(input);
    return key === undefined ? [] : [{ id: input, key }];
  });
  return found.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
}
