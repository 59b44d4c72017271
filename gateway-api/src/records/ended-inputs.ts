import {
  changesOf,
  formatRecordId,
  isReplacedInForce,
  isSpent,
  parseBusinessKey,
  restsOn,
  type EndedInput,
  type RecordType,
} from '@carbon-ledger/core';
import { prefixes, type AnchoredEntry, type StoredStanding } from '@carbon-ledger/auditor/stored';
import type { Projection } from '../projection/projection';

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
 * What records rest on and does not stand. It is made up from how records stand, and follows the log from then on: an
 * ending is walked down to all that cites it, near and far, and a new record takes over what its citations rest on.
 */
export class EndedInputs {
  readonly #projection: Projection;
  /** Business keys of what does not stand, by id. */
  #ended = new Map<string, string>();
  /** By id of what rests on them. */
  #resting = new Map<string, Set<string>>();
  /** Ids of the same by who filed them: a party that asks for its own pays for nobody else's. */
  #byIssuer = new Map<string, Set<string>>();
  /** Log index of the first record that is not in yet; undefined before the first question. */
  #next: number | undefined;
  #reading: Promise<void> = Promise.resolve();

  readonly #mostFollowed: number;

  constructor(projection: Projection, mostFollowed = MOST_FOLLOWED) {
    this.#projection = projection;
    this.#mostFollowed = mostFollowed;
  }

  /** In the order of the keys. */
  async of(id: string): Promise<EndedInput[]> {
    if (this.#next !== this.#projection.log.size) await this.#readOn();
    const inputs = [...(this.#resting.get(id) ?? [])].flatMap((input) => {
      const key = this.#ended.get(input);
      return key === undefined ? [] : [{ id: input, key }];
    });
    return inputs.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  }

  /** Ids of the records of a party that rest on something that does not stand, in the order in which they came to. */
  async restingOf(issuer: string): Promise<string[]> {
    if (this.#next !== this.#projection.log.size) await this.#readOn();
    const isGroundless = (id: string): boolean =>
      [...(this.#resting.get(id) ?? [])].some((input) => this.#ended.has(input));
    return [...(this.#byIssuer.get(issuer) ?? [])].filter(isGroundless);
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
  }

  async #add({ id, record }: AnchoredEntry): Promise<void> {
    for (const change of changesOf(record))
      if (isEnding(change.key, change)) await this.#end(change);
      else this.#ended.delete(change.record);
    for (const cited of restsOn(record)) this.#rest(id, record.issuer, cited.record);
  }

  /** What a record rests on so far; where nothing was known of it, it is known from now on. */
  #inputsOf(id: string, issuer: string): Set<string> {
    const known = this.#resting.get(id) ?? new Set<string>();
    this.#resting.set(id, known);
    this.#byIssuer.set(issuer, (this.#byIssuer.get(issuer) ?? new Set<string>()).add(id));
    return known;
  }

  /** Takes over what a citation is, or rests on. */
  #rest(id: string, issuer: string, cited: string): void {
    const inputs = [...(this.#ended.has(cited) ? [cited] : []), ...(this.#resting.get(cited) ?? [])];
    if (inputs.length === 0) return;
    const known = this.#inputsOf(id, issuer);
    for (const input of inputs) known.add(input);
  }

  async #end({ record, key }: Ending): Promise<void> {
    if (this.#ended.has(record)) return;
    const queue = [record];
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      for await (const citing of this.#citing(next)) {
        const known = this.#inputsOf(citing.id, citing.record.issuer);
        if (known.has(record)) continue;
        known.add(record);
        queue.push(citing.id);
      }
    // Known when it was walked to the end: a walk that failed is gone again.
    this.#ended.set(record, key);
  }

  async *#citing(id: string): AsyncGenerator<AnchoredEntry, void, undefined> {
    for await (const rows of this.#projection.under(prefixes.cited(id)))
      for (const entry of await this.#projection.reader.records(rows.map(([, citing]) => citing)))
        if (entry !== undefined && restsOn(entry.record).some(({ record }) => record === id)) yield entry;
  }

  /** Whoever asks meanwhile is answered as before; what fails leaves nothing half-made. */
  async #beginAnew(): Promise<void> {
    const anew = new EndedInputs(this.#projection);
    await anew.#begin();
    this.#ended = anew.#ended;
    this.#resting = anew.#resting;
    this.#byIssuer = anew.#byIssuer;
  }

  /** From how every record stands now. */
  async #begin(): Promise<void> {
    const corrected = new Map<string, Ending>();
    for (const type of corrections)
      for await (const entry of this.#ofType(type))
        for (const change of changesOf(entry.record).filter((one) => isEnding(one.key, one)))
          corrected.set(change.record, change);
    for await (const rows of this.#projection.under(prefixes.ended))
      for (const [key, text] of rows) {
        const id = `rec:${key.slice(prefixes.ended.length)}`;
        const ending = corrected.get(id) ?? (await this.#endingOf(id, JSON.parse(text) as StoredStanding));
        if (ending !== undefined) await this.#end(ending);
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
