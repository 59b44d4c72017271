import { businessKey } from '../records';
import { changesOf, firstState, isOpenFinding, type PartyContent } from '../rulebook';
import { isDoubted } from './doubts';
import type { Freeze, MarkFacts } from './marks';
import type { AnchoredRecord, CitedBySource, RecordSource } from './source';

/** A source that also knows every version of a business key; needed to look back. */
export interface VersionedSource extends CitedBySource {
  version(key: string, version: number): Promise<AnchoredRecord | undefined>;
}

/** When a record was anchored first, on an earlier ledger where it was carried over. */
function anchoredAt({ anchoredAt: here, earlier }: AnchoredRecord): string {
  return earlier?.anchoredAt ?? here;
}

function withoutChange(one: AnchoredRecord): AnchoredRecord {
  const copy: { -readonly [Name in keyof AnchoredRecord]: AnchoredRecord[Name] } = { ...one };
  delete copy.changedBy;
  return copy;
}

/** The ledger as it was believed at an instant: what came later is not there, and nobody has acted yet who acted later. */
class EarlierSource implements RecordSource {
  readonly #source: VersionedSource;
  readonly #instant: string;

  constructor(source: VersionedSource, instant: string) {
    this.#source = source;
    this.#instant = instant;
  }

  get turn(): RecordSource['turn'] {
    return this.#source.turn;
  }

  /** What was known then: a key that was found out later was trusted, and what was closed since was still held. */
  get marking(): MarkFacts | undefined {
    const facts = this.#source.marking;
    if (facts === undefined) return undefined;
    return {
      signedWith: (id) => facts.signedWith(id),
      lateDays: (record) => facts.lateDays(record),
      keysOf: async (uscc) =>
        ((await this.head(`${uscc}/-/-/party`))?.record.content as PartyContent | undefined)?.keys ?? [],
      // What was withdrawn since then stood, and was relied on.
      endedInputs: async (id) => {
        const inputs = await facts.endedInputs(id);
        const believed = await this.records(inputs.map((input) => input.id));
        return inputs.filter((_, index) => (believed[index]?.status ?? 'current') !== 'current');
      },
      // Of those in doubt now, which were it then.
      doubtedInputs: async (id) => {
        const inputs = await facts.doubtedInputs(id);
        const believed = await this.records(inputs.map((input) => input.id));
        const { marking } = this;
        const were = await Promise.all(
          believed.map(async (one) => one !== undefined && marking !== undefined && (await isDoubted(one, marking))),
        );
        return inputs.filter((_, index) => were[index] === true);
      },
      freezes: async (uscc, year) =>
        (await facts.freezes(uscc, year)).filter(({ from }) => this.#isBefore(from)).map((one) => this.#asHeld(one)),
      findings: (one) => this.#findings(one),
      frozenNumbers: async (range) => {
        const holders = await facts.frozenNumbers(range);
        const there = await Promise.all(holders.map(async (key) => (await this.head(key)) !== undefined));
        return holders.filter((_, index) => there[index]);
      },
    };
  }

  /** No finding is about rules, which very many records cite. */
  async #findings({ id, record }: Pick<AnchoredRecord, 'id' | 'record'>): Promise<readonly string[]> {
    if (record.type === 'methodology' || record.type === 'parameter') return [];
    const citing = (await this.#source.citedBy(id)).filter(
      (one) => one.record.type === 'finding' && this.#isThere(one),
    );
    const believed = await Promise.all(citing.map((one) => this.#asBelieved(one)));
    return believed.filter(isOpenFinding).map((one) => businessKey(one.record));
  }

  async head(key: string): Promise<AnchoredRecord | undefined> {
    let found = await this.#source.head(key);
    while (found !== undefined && !this.#isThere(found))
      found = found.record.version === 1 ? undefined : await this.#source.version(key, found.record.version - 1);
    return found && this.#asBelieved(found);
  }

  async records(ids: readonly string[]): Promise<readonly (AnchoredRecord | undefined)[]> {
    const found = await this.#source.records(ids);
    return Promise.all(
      found.map(async (one) => (one !== undefined && this.#isThere(one) ? await this.#asBelieved(one) : undefined)),
    );
  }

  #isBefore({ anchoredAt: at }: Freeze['from']): boolean {
    return at <= this.#instant;
  }

  #asHeld({ inspection, from, until }: Freeze): Freeze {
    return { inspection, from, ...(until !== undefined && this.#isBefore(until) ? { until } : {}) };
  }

  #isThere(one: AnchoredRecord): boolean {
    return anchoredAt(one) <= this.#instant;
  }

  /** What changed it last is told with it; only where that came later, its history is looked at. */
  async #asBelieved(one: AnchoredRecord): Promise<AnchoredRecord> {
    if (one.changedBy === undefined) return one;
    const [last] = await this.#source.records([one.changedBy]);
    if (last !== undefined && this.#isThere(last)) return one;
    const before = withoutChange(one);
    const next = await this.#source.version(businessKey(one.record), one.record.version + 1);
    const standing = await this.#standing(one);
    const isReplaced = next !== undefined && this.#isThere(next);
    return { ...before, ...standing, ...(isReplaced ? { status: 'superseded', changedBy: next.id } : {}) };
  }

  /** By the last of those that had acted on it. */
  async #standing(one: AnchoredRecord): Promise<Pick<AnchoredRecord, 'status' | 'state' | 'changedBy'>> {
    const acting = (await this.#source.citedBy(one.id))
      .filter((other) => this.#isThere(other))
      .sort((a, b) => b.logIndex - a.logIndex);
    for (const { record, id } of acting) {
      const change = changesOf(record).find((changed) => changed.record === one.id);
      if (change !== undefined) return { status: change.status, state: change.state, changedBy: id };
    }
    return { status: 'current', state: firstState(one.record) };
  }
}

/**
 * The ledger as whoever read it at an instant (RFC 3339) had to believe it. What was withdrawn or replaced since then
 * stands there as it stood.
 */
export function believedAt(source: VersionedSource, instant: string): RecordSource {
  return new EarlierSource(source, instant);
}
