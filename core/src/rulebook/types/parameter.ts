import type { Fault } from '../../errors';
import { parameterTableSchema, type ParameterTable } from '../../methodology/spec';
import { contentFault } from '../content';
import { dayOfDigits } from '../parameters';
import type { CheckInput, RecordTypeSpec } from '../spec';

/** Names under which rules read a day in eight digits, and those under which they read a number of natural days. */
const days =
  /^(?:[a-zA-Z]+\.deadline(?:\.\d\d)?|offset\.cancel(?:From|To)|ccer\.(?:registeredFrom|earlierUntil)|deduction\.lastDecision|carryOver\.(?:soldFrom|soldTo|until))$/;
const counts = /^(?:[a-zA-Z]+\.days|offset\.bookingDays)$/;

/** What cannot be read as the rules read it would set no day, and nobody would see it: it is refused. */
function readableFaults({ content }: CheckInput<ParameterTable>): Fault[] {
  return Object.entries(content.values).flatMap(([name, { value }]) => {
    const at = `values/${name}/value`;
    if (days.test(name) && dayOfDigits(value) === undefined)
      return [contentFault(at, `${value} is no day: eight digits, 20250331`)];
    if (counts.test(name) && !/^\d{1,3}$/.test(value))
      return [contentFault(at, `${value} is no number of days: a whole number from 0 to 999`)];
    return [];
  });
}

/** Values in force for a year: default carbon contents, benchmarks, factors, rates. A new version may follow directly. */
export const parameter: RecordTypeSpec<ParameterTable> = {
  type: 'parameter',
  title: { en: 'Parameters', zh: '参数表' },
  content: parameterTableSchema,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: { names: 'any' },
  unit: 'any',
  period: 'year',
  process: 'continued',
  cites: () => [],
  check: readableFaults,
  example: {
    table: 'CN-ETS-POWER',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2026-12-31',
    values: { OF: { value: '99', unit: '%', source: '核算与报告指南' } },
  },
};
