import { drawnSample, type VerificationSample } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { Filing } from '../filing/draft';

export type SampleOf = VerificationSample['of'];
type Drawn = VerificationSample['drawn'][number];

/** What may be drawn: a month, or a document of one. */
export interface SampleItem {
  readonly item: string;
  readonly view: AnchoredRecordView;
  /** Name of the document. */
  readonly document?: string;
}

/** How the draw is made, and what was found so far. Plain data: it is kept as a draft. */
export interface SampleState {
  readonly seed: string;
  readonly size: number;
  readonly found: Readonly<Record<string, Partial<Pick<Drawn, 'outcome' | 'note'>>>>;
}

/** Months, or the documents that they name, in the order of their keys: the same records give the same frame. */
export function frameOf(views: readonly AnchoredRecordView[], of: SampleOf): SampleItem[] {
  const sorted = [...views].sort((a, b) => (a.key < b.key ? -1 : 1));
  if (of === 'months') return sorted.map((view) => ({ item: view.key, view }));
  return sorted.flatMap((view) =>
    view.record.documents.map(({ name }, at) => ({ item: `${view.key}#${String(at + 1)}`, view, document: name })),
  );
}

export function isSeed(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

/** Items that the seed draws, in the order of the frame; none while there is no seed. */
export function drawnItems(frame: readonly SampleItem[], { seed, size }: SampleState): readonly SampleItem[] {
  if (!isSeed(seed) || !Number.isInteger(size) || size < 1) return [];
  const drawn = new Set(drawnSample(seed, { frame: frame.map(({ item }) => item), size }));
  return frame.filter(({ item }) => drawn.has(item));
}

function rowOf({ item }: SampleItem, found: SampleState['found']): Drawn | undefined {
  const { outcome, note = '' } = found[item] ?? {};
  if (outcome === undefined || (outcome === 'differs' && note.trim() === '')) return undefined;
  return { item, outcome, ...(note.trim() === '' ? {} : { note: note.trim() }) };
}

/** The sample as a conclusion states it; undefined while something that was drawn was not looked at. */
export function sampleOf(
  of: SampleOf,
  frame: readonly SampleItem[],
  state: SampleState,
): VerificationSample | undefined {
  const items = drawnItems(frame, state);
  const drawn = items.flatMap((item) => rowOf(item, state.found) ?? []);
  if (items.length === 0 || drawn.length < items.length) return undefined;
  const { seed } = state;
  return { of, rule: 'lowest-hash', seed, frame: frame.map(({ item }) => item), size: items.length, drawn };
}

/** The conclusion with this sample in it, in the place of an earlier one from the same frame. */
export function withSample(filing: Filing, sample: VerificationSample): Filing {
  const { samples } = filing.content;
  const others = Array.isArray(samples) ? (samples as VerificationSample[]).filter(({ of }) => of !== sample.of) : [];
  return { ...filing, content: { ...filing.content, samples: [...others, sample] } };
}
