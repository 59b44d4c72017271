import type { DoubtedRecord } from '@carbon-ledger/plant-year';
import {
  reasonsOf,
  type AnchoredDocument,
  type AnchoredRecord,
  type Doubt,
  type InspectedRecords,
} from '@carbon-ledger/core';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';

const fates = {
  current: 'it stands',
  open: 'it waits for its next version',
  superseded: 'it was replaced',
  withdrawn: 'it was withdrawn',
} as const;

/** What ended a record, where it was read too. */
function endingOf({ status }: AnchoredRecord, by: AnchoredRecord | undefined): string {
  if (by === undefined) return fates[status];
  const { record, anchoredAt } = by;
  const reasons = reasonsOf(record.content);
  return `${fates[status]} by ${record.type} of ${record.issuer} at ${anchoredAt}${reasons === '' ? '' : `: ${reasons}`}`;
}

/** A doubt as the service tells it. */
export interface Doubting {
  readonly why: Doubt['why'];
  readonly by?: string | undefined;
}

export function sayingOf({ why, by = '' }: Doubting): string {
  if (why === 'questioned') return 'an authority questions it';
  if (why === 'under-finding') return `the finding ${by} is not closed`;
  if (why === 'input-withdrawn') return `it rests on ${by}, which does not stand`;
  if (why === 'input-doubted') return `it rests on ${by}, which is in doubt`;
  return 'it was signed with a key that was in other hands';
}

/** Why the record of a document does not stand, or is in doubt: by whom, when, and the reasons given, as far as they were read. */
export async function whyInDoubt(records: InspectedRecords, { anchored }: AnchoredDocument): Promise<string> {
  const { status, doubts = [], changedBy } = anchored;
  if (status === 'current') return doubts.map(sayingOf).join('; ');
  const [by] = changedBy === undefined ? [] : await records.records([changedBy]);
  return endingOf(anchored, by);
}

/** How a comparison of a file with the ledger ends. */
export const exitOfCheck = {
  same: exitCodes.yes,
  differs: exitCodes.no,
  questioned: exitCodes.no,
  undecidable: exitCodes.cannotTell,
} as const;

/** A line for each record of a file that stands and is in doubt. */
export function formatDoubted(doubted: readonly DoubtedRecord[]): string[] {
  return doubted.map(({ record, doubts }) =>
    plainText(`${record}: the record is in doubt 存疑: ${doubts.map(sayingOf).join('; ')}`),
  );
}
