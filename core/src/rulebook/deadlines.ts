import { workingDaysAfter, type WorkingDayTable, type WorkingPeriod } from '../calendar';
import type { Fault } from '../errors';
import type { RecordScope } from '../methodology/scope';
import { citedOf } from './cited';
import { contentFault } from './content';
import type { CitationRule } from './spec';

/** Days of which years count, and how many, is said by the tables that a record cites: one year's, or two across New Year. */
export const citesWorkingDays: CitationRule = { role: 'working-days', type: 'working-days', min: 1, max: 2 };

/** A day that a record states as due must be the one that its working days come to. */
export function dueFaults(scope: RecordScope, from: string, period: WorkingPeriod, stated: string): Fault[] {
  const cited = citedOf(scope, 'working-days', 'working-days');
  const tables = cited.map(({ content, scope: { record } }): WorkingDayTable => ({
    year: record.subject.period,
    ...content,
  }));
  const own = cited.find(({ scope: { record } }) => record.subject.period === from.slice(0, 4));
  if (own === undefined)
    return [contentFault('due', `cite the working days of ${from.slice(0, 4)}`, {}, 'CITATION_MISSING')];
  const count = own.content.periods[period];
  const due = workingDaysAfter(from, count, tables);
  if (due === undefined)
    return [contentFault('due', 'cite the working days of the next year too', {}, 'CITATION_MISSING')];
  if (due === stated) return [];
  return [contentFault('due', `${String(count)} working days from ${from} end on ${due}`, { expected: due })];
}
