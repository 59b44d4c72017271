import { recordTypeNames, recordTypes, type BuiltRecord, type PartyFacts } from '@carbon-ledger/core';
import { builtWith } from '../testing/records';
import { beginFiling, sketchOf } from './draft';
import { factsAskedOf, fieldsOfType } from './fields';
import { faultsBefore, figuresAskedOf } from './prepare';

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

describe('a form in which nothing is said yet, or nothing that is known', () => {
  it.each(recordTypeNames)('of %s asks for its figures and citations', (type) => {
    for (const { by: kind } of recordTypes[type].filed) {
      const filing = beginFiling(type, { ...plant, kind }, new URLSearchParams());
      const plain = fieldsOfType(type).filter((field) => field.kind !== 'group' && field.kind !== 'list');
      const said = Object.fromEntries(plain.map(({ name }) => [name, 'toString']));
      for (const content of [filing.content, { ...filing.content, ...said }]) {
        const begun = { ...filing, content };
        expect(() => figuresAskedOf(begun, plant.uscc, undefined)).not.toThrow();
        expect(() => recordTypes[type].cites(sketchOf(begun, plant.uscc))).not.toThrow();
        expect(() => factsAskedOf(begun, undefined)).not.toThrow();
      }
    }
  });
});
