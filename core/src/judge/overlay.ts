import { rangesOverlap } from '../identifiers';
import type { Effects, Head, HeadBucket, LedgerView, PartyState, SerialSpan } from './state';

const spaceKey = (space: string, project: string, block: string): string => `${space}/${project}/${block}`;

/** A view with changes laid over it. Changes of a refused submission are thrown away with their overlay. */
export class OverlayView implements LedgerView {
  readonly #base: LedgerView;
  readonly #heads = new Map<string, Map<string, Head>>();
  readonly #parties = new Map<string, PartyState>();
  readonly #spans: { space: 'lot' | 'used'; project: string; block: string; span: SerialSpan }[] = [];

  constructor(base: LedgerView) {
    this.#base = base;
  }

  party(uscc: string): Promise<PartyState | undefined> {
    const own = this.#parties.get(uscc);
    return own === undefined ? this.#base.party(uscc) : Promise.resolve(own);
  }

  async heads(bucket: string): Promise<HeadBucket> {
    const base = await this.#base.heads(bucket);
    const changed = this.#heads.get(bucket);
    return changed ? { ...base, ...Object.fromEntries(changed) } : base;
  }

  async head(bucket: string, entry: string): Promise<Head | undefined> {
    const changed = this.#heads.get(bucket)?.get(entry);
    if (changed) return changed;
    const base = await this.#base.heads(bucket);
    return Object.hasOwn(base, entry) ? base[entry] : undefined;
  }

  async firstSpanEndingAtOrAfter(
    space: 'lot' | 'used',
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined> {
    const own = this.#spans
      .filter(
        (entry) =>
          spaceKey(entry.space, entry.project, entry.block) === spaceKey(space, project, block) &&
          BigInt(entry.span.to) >= from,
      )
      .map((entry) => entry.span);
    const stored = await this.#base.firstSpanEndingAtOrAfter(space, project, block, from);
    return [...own, ...(stored ? [stored] : [])].sort((a, b) => (BigInt(a.to) < BigInt(b.to) ? -1 : 1))[0];
  }

  /** The stored or laid-over span that overlaps the given one, if any. Spans of one space never overlap each other. */
  async overlapping(
    space: 'lot' | 'used',
    project: string,
    range: { block: string; from: bigint; to: bigint },
  ): Promise<SerialSpan | undefined> {
    const next = await this.firstSpanEndingAtOrAfter(space, project, range.block, range.from);
    if (!next) return undefined;
    const found = { block: range.block, from: BigInt(next.from), to: BigInt(next.to) };
    return rangesOverlap(found, range) ? next : undefined;
  }

  setHead(bucket: string, entry: string, head: Head): void {
    const entries = this.#heads.get(bucket) ?? new Map<string, Head>();
    entries.set(entry, head);
    this.#heads.set(bucket, entries);
  }

  setParty(uscc: string, party: PartyState): void {
    this.#parties.set(uscc, party);
  }

  addSpan(space: 'lot' | 'used', project: string, block: string, span: SerialSpan): void {
    this.#spans.push({ space, project, block, span });
  }

  effects(): Effects {
    return { heads: this.#heads, parties: this.#parties, spans: this.#spans };
  }

  /** Takes over what another overlay on top of this one changed. */
  absorb(effects: Effects): void {
    for (const [bucket, entries] of effects.heads)
      for (const [entry, head] of entries) this.setHead(bucket, entry, head);
    for (const [uscc, party] of effects.parties) this.setParty(uscc, party);
    this.#spans.push(...effects.spans);
  }
}
