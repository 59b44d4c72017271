import type { ReadLine } from '@carbon-ledger/auditor/stored';
import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { ReadLog } from './read-log';

type ReadView = AnswerOf<'listReads'>['items'][number];

interface ReadsQuery {
  readonly party: string;
  readonly others: boolean;
  /** Number of the line before which to look. */
  readonly before: number | undefined;
}

/** Who looked at records of a party: about it, or filed by it; and what it looked at itself. */
export function readsPage(log: ReadLog, { party, others, before }: ReadsQuery): { items: ReadView[]; next?: number } {
  const { lines, next } = log.page(before, (text) => text.includes(`"${party}"`));
  const items = lines
    .filter((line) => !others || line.party !== party)
    .map((line) => viewFor(line, party))
    .filter(({ records }) => records.length > 0);
  return next === undefined ? { items } : { items, next };
}

/** Nobody is told of others' records that were looked at beside its own. */
function viewFor({ n, at, party, route, purpose, records }: ReadLine, asking: string): ReadView {
  const own = records.filter(({ subject, issuer }) => [party, subject, issuer].includes(asking));
  return {
    number: n,
    at,
    party,
    route,
    ...(purpose === undefined ? {} : { purpose }),
    records: own.map(({ record, subject }) => ({ record, subject })),
  };
}
