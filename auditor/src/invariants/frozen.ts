import { bucketOf, freezeEntry, parseBusinessKey } from '@carbon-ledger/core';
import { nothing, type Broken, type HeldRecord, type Invariant, type StandingKey, type WholeLedger } from './view';

/** How long an inspection held what it covers: places in the log. */
interface Freeze {
  readonly id: string;
  readonly key: string;
  readonly from: number;
  readonly covered: readonly { readonly uscc: string; readonly years: readonly string[] }[];
}

/**
 * What came into a plant's year while an inspection held it frozen carries the inspection in its head, and nothing else does:
 * so the evidence of a frozen period is exactly what was anchored at the freeze. Memory: the inspections.
 */
export class FrozenIsMarked implements Invariant {
  readonly #ledger: WholeLedger;
  readonly #freezes: Freeze[] = [];
  /** By key of the inspection, where it was closed. */
  readonly #closed = new Map<string, number>();
  readonly #marked = new Map<string, HeldRecord>();

  constructor(ledger: WholeLedger) {
    this.#ledger = ledger;
  }

  take({ key, versions, head }: StandingKey): readonly Broken[] {
    for (const held of versions) this.#remember(key, held);
    const newest = versions.at(-1);
    if (head?.f !== undefined && newest !== undefined) this.#marked.set(key, newest);
    return nothing;
  }

  async end(): Promise<readonly Broken[]> {
    const broken: Broken[] = [];
    const frozen = new Set<string>();
    for (const freeze of this.#freezes)
      for (const { key, newest } of await this.#cameInto(freeze)) {
        frozen.add(key);
        if (!this.#marked.has(key))
          broken.push({
            record: newest.id,
            message: `${key} came while ${freeze.key} held it frozen, and is not marked`,
          });
      }
    const wrong = [...this.#marked].filter(([key]) => !frozen.has(key));
    return [
      ...broken,
      ...wrong.map(([key, { id }]) => ({ record: id, message: `${key} is marked, and nothing held it frozen` })),
    ];
  }

  #remember(key: string, { id, index, record }: HeldRecord): void {
    if (record.type !== 'inspection' && record.type !== 'closure') return;
    const { covered, outcome } = record.content as { covered?: Freeze['covered']; outcome?: unknown };
    if (record.type === 'inspection' && covered !== undefined) this.#freezes.push({ id, key, from: index, covered });
    if (record.type !== 'closure' || outcome !== 'closed') return;
    for (const one of record.cites) if (one.role === 'inspection') this.#closed.set(one.key, index);
  }

  /** Keys whose newest version came between the opening of an inspection and its end. */
  async #cameInto({ id, key: inspection, from, covered }: Freeze): Promise<{ key: string; newest: HeldRecord }[]> {
    const until = this.#closed.get(inspection) ?? Infinity;
    const found: { key: string; newest: HeldRecord }[] = [];
    for (const { uscc, years } of covered)
      for await (const { key, versions } of this.#ledger.histories(uscc)) {
        const newest = versions.at(-1);
        if (newest === undefined || newest.index <= from || newest.index >= until) continue;
        const subject = parseBusinessKey(key);
        // Units that the plant did not have when it was frozen are not held.
        const bucket = await this.#ledger.get('head', bucketOf(subject));
        const isHeld = bucket !== undefined && Object.hasOwn(bucket, freezeEntry(id.slice(4)));
        if (isHeld && years.includes(subject.period.slice(0, 4))) found.push({ key, newest });
      }
    return found;
  }
}
