import { bucketOf, changesOf, type Head } from '@carbon-ledger/core';
import { nothing, type Broken, type HeldRecord, type Invariant, type StandingKey, type WholeLedger } from './view';

/** The head of a key as the state has it. */
export async function headOf(ledger: WholeLedger, key: string): Promise<Head | undefined> {
  // Read by its slashes: a key that could never have been anchored has no head, and that is told.
  const [uscc = '', unit = '', period = '', kind = ''] = key.split('/');
  return (await ledger.get('head', bucketOf({ uscc, unit, period })))?.[`${period}/${kind}`];
}

/** One head per business key: the newest version, each version one above the last. */
export class OneHead implements Invariant {
  take({ key, versions, head }: StandingKey): readonly Broken[] {
    const gaps = versions.flatMap(({ id, record: { version } }, at): Broken[] =>
      version === at + 1
        ? []
        : [{ record: id, message: `${key}: version ${String(version)} comes as number ${String(at + 1)}` }],
    );
    const newest = versions.at(-1);
    if (newest === undefined || `rec:${String(head?.r)}` === newest.id) return gaps;
    return [...gaps, { record: newest.id, message: `${key}: the head is ${String(head?.r)}, not this record` }];
  }

  end(): readonly Broken[] {
    return nothing;
  }
}

const marks = { open: 'o', withdrawn: 'w' } as const;

interface Ended {
  readonly key: string;
  readonly index: number;
  readonly status: keyof typeof marks;
}

/**
 * What was opened or withdrawn is marked in its head, so that whoever rests on it can see it, and nothing else is. No
 * lifecycle leads from there to a record that stands but by a next version, so that the last such step says it all.
 */
export class EndedIsMarked implements Invariant {
  readonly #ledger: WholeLedger;
  /** By id, what was opened or withdrawn: a small part of all records. */
  readonly #ended = new Map<string, Ended>();
  /** Ids of heads that carry a mark. */
  readonly #marked = new Map<string, string>();

  constructor(ledger: WholeLedger) {
    this.#ledger = ledger;
  }

  take({ key, versions, head }: StandingKey): readonly Broken[] {
    for (const one of versions) this.#remember(one);
    if (head?.s !== undefined) this.#marked.set(`rec:${head.r}`, key);
    return nothing;
  }

  async end(): Promise<readonly Broken[]> {
    const broken: Broken[] = [];
    for (const [id, { key, status }] of this.#ended) {
      const head = await headOf(this.#ledger, key);
      this.#marked.delete(id);
      if (`rec:${String(head?.r)}` === id && head?.s !== marks[status])
        broken.push({ record: id, message: `${key} is ${status}, and its head does not say so` });
    }
    const wrong = [...this.#marked].map(([record, key]) => ({
      record,
      message: `${key} is marked, and nothing ended it`,
    }));
    return [...broken, ...wrong];
  }

  #remember({ index, record }: HeldRecord): void {
    for (const { record: id, key, status } of changesOf(record)) {
      const before = this.#ended.get(id);
      if (status === 'current' || (before !== undefined && before.index > index)) continue;
      this.#ended.set(id, { key, index, status });
    }
  }
}
