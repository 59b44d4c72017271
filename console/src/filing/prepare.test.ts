import type { BuiltRecord, PartyFacts } from '@carbon-ledger/core';
import { builtWith } from '../testing/records';
import { faultsBefore } from './prepare';

const plant: PartyFacts = { uscc: '91140000MA0FAKE01X', kind: 'enterprise', region: '140600' } as PartyFacts;
const subject = { uscc: plant.uscc, unit: 'PLANT', period: '2024' };
const periods = { notice: 7, objection: 7, decision: 10, redetermination: 10 };

function calendar(year: string): BuiltRecord {
  return builtWith('rec:c', {
    ...{ type: 'working-days', kind: 'working-days', subject: { ...subject, unit: '-', period: year } },
    content: { source: '通知', holidays: [], workdays: [], periods },
  });
}

function told(calendars: readonly BuiltRecord[]): string[] {
  const content = { grounds: '低位发热量取值有误', notifiedOn: '2025-06-20' };
  const built = builtWith('rec:o', { type: 'objection', kind: 'objection.1', subject, content });
  return faultsBefore({ built, cited: { 'working-days': calendars } }, plant, new Date('2025-06-25T00:00:00Z'))
    .filter(({ path }) => path === '/content/due')
    .map(({ message }) => message);
}

describe('an objection without its last day', () => {
  it('is told which calendar is missing, and not only that a day is', () => {
    expect(told([calendar('2024')])).toEqual([
      'this is missing: give a day, 2025-03-31',
      'cite the working days of 2025',
    ]);
  });

  it('is told the day where its calendar is there', () => {
    expect(told([calendar('2025')])[1]).toBe('7 working days from 2025-06-20 end on 2025-07-01');
  });
});
