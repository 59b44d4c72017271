import type { LedgerRecord } from '../records/record';
import type { LedgerView } from '../state/view';
import { isInRegion, partyKinds, purposeOf, type PartyKind } from './authority';
import type { InspectionContent } from './types/inspection';

/**
 * How a party must stand to a record to read its private figures.
 * `issuer`: it signed the record · `self`: it is the subject · `reader`: the record names it · `region`: an authority whose
 * region holds the subject's · `nation`: the national authority · `engaged`: it verifies or prepares for the subject in the
 * year, and the engagement stands · `inspection`: an inspection names it, covers the subject and the year, and is open.
 */
export const readingRelations = ['issuer', 'self', 'reader', 'region', 'nation', 'engaged', 'inspection'] as const;
export type ReadingRelation = (typeof readingRelations)[number];

/** One line of the table: parties of this kind read what they stand so to. */
export interface ReadingRule {
  readonly by: PartyKind;
  readonly as: ReadingRelation;
}

/**
 * Who reads private figures. A laboratory reads what it filed and no more; registries, like everybody who is not in a line
 * of their own, what they filed, what is about them and what names them. Records themselves are public.
 */
export const readingRules: readonly ReadingRule[] = [
  ...partyKinds.flatMap((by) => (['issuer', 'self', 'reader'] as const).map((as) => ({ by, as }))),
  { by: 'city-authority', as: 'region' },
  { by: 'province-authority', as: 'region' },
  { by: 'national-authority', as: 'nation' },
  { by: 'verifier', as: 'engaged' },
  { by: 'preparer', as: 'engaged' },
  { by: 'inspector', as: 'inspection' },
];

/** Who asks, as registered now. */
export interface FigureReader {
  readonly uscc: string;
  readonly kind: PartyKind;
  readonly region: string;
}

/** What of a record its readers hang on. */
export type ReadRecord = Pick<LedgerRecord, 'issuer' | 'subject' | 'readers'>;

/** The state, and the inspections that are open. */
export interface ReadingSource extends Pick<LedgerView, 'get'> {
  openInspections(): Promise<readonly Pick<InspectionContent, 'covered' | 'inspectors'>[]>;
}

type Test = (reader: FigureReader, record: ReadRecord, source: ReadingSource) => boolean | Promise<boolean>;

function yearOf({ subject: { period } }: ReadRecord): string {
  return period.slice(0, 4);
}

async function isOfRegion(reader: FigureReader, { subject }: ReadRecord, source: ReadingSource): Promise<boolean> {
  const party = await source.get('party', subject.uscc);
  return party !== undefined && isInRegion(reader, party.content.region);
}

async function isEngaged(reader: FigureReader, record: ReadRecord, source: ReadingSource): Promise<boolean> {
  const roster = await source.get('engaged', `${record.subject.uscc}/${yearOf(record)}`);
  const as = purposeOf(reader.kind);
  return (roster?.engaged ?? []).some((one) => one.party === reader.uscc && one.as === as && one.ended !== true);
}

async function isInspected(reader: FigureReader, record: ReadRecord, source: ReadingSource): Promise<boolean> {
  const open = await source.openInspections();
  return open.some(({ covered = [], inspectors = [] }) => {
    const isCovered = covered.some(({ uscc, years }) => uscc === record.subject.uscc && years.includes(yearOf(record)));
    return isCovered && inspectors.some(({ party }) => party === reader.uscc);
  });
}

const tests: Readonly<Record<ReadingRelation, Test>> = {
  issuer: ({ uscc }, { issuer }) => uscc === issuer,
  self: ({ uscc }, { subject }) => uscc === subject.uscc,
  reader: ({ uscc }, { readers = [] }) => readers.includes(uscc),
  region: isOfRegion,
  nation: () => true,
  engaged: isEngaged,
  inspection: isInspected,
};

/** Whether private figures of a record are open to a party: the one place where this is decided. */
export async function mayReadFigures(
  reader: FigureReader,
  record: ReadRecord,
  source: ReadingSource,
): Promise<boolean> {
  for (const { by, as } of readingRules)
    if (by === reader.kind && (await tests[as](reader, record, source))) return true;
  return false;
}

/** States in which a finding stands and is not closed: what it is about is in doubt. */
export const openFindings = ['RAISED', 'HANDED_OVER', 'RECTIFIED', 'SENT_BACK'] as const;

export function isOpenFinding({ state }: { readonly state: string }): boolean {
  return openFindings.some((open) => open === state);
}

/** States in which an inspection is under way: opened and not closed. */
export const underInspection = ['FROZEN', 'FINDINGS', 'HANDED_OVER', 'RECTIFYING', 'SENT_BACK', 'VERIFIED'] as const;
