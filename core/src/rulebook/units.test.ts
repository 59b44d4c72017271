import fc from 'fast-check';
import { monthsOfYear } from '../calendar';
import type { RosterUnit } from '../state';
import { recordOf, told } from './testing/bench';
import { everyUnitFaults, monthsInService, unitFaults, unitsInForce } from './units';

const unit = (id: string, from = '2010-01-01', to: string | null = null): RosterUnit => ({
  id,
  permit: 'P',
  code: id,
  from,
  to,
});
const roster = (...units: RosterUnit[]): { units: RosterUnit[] } => ({ units });
const about = (id: string, period = '2024'): ReturnType<typeof recordOf> =>
  recordOf('annual-report', { subject: { unit: id, period } });

const dayText = fc
  .date({ min: new Date('2022-01-01T00:00:00Z'), max: new Date('2026-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const service = fc
  .tuple(dayText, fc.option(dayText))
  .map(([from, to]) => ({ from, to: to === null || to >= from ? to : from }));

/** Every day of a period, one by one. */
function daysOf(period: string): string[] {
  const days: string[] = [];
  for (
    let day = new Date(`${period}${period.length === 4 ? '-01' : ''}-01T00:00:00Z`);
    ;
    day = new Date(day.getTime() + 86_400_000)
  ) {
    const text = day.toISOString().slice(0, 10);
    if (!text.startsWith(period)) return days;
    days.push(text);
  }
}

describe('units in force', () => {
  it('are those in service on any day of the period', () => {
    const period = fc.constantFrom('2023', '2024', '2025', ...monthsOfYear('2024'));
    fc.assert(
      fc.property(service, period, ({ from, to }, time) => {
        const isInService = daysOf(time).some((day) => day >= from && (to === null || day <= to));
        expect(unitsInForce(roster(unit('U1', from, to)), time).length === 1).toBe(isInService);
      }),
    );
  });

  it('stand in the order of their ids, and are none where nothing was accepted', () => {
    const units = roster(unit('U2'), unit('U10'), unit('U1'));
    expect(unitsInForce(units, '2024').map(({ id }) => id)).toEqual(['U1', 'U10', 'U2']);
    expect(unitsInForce(undefined, '2024')).toEqual([]);
  });

  it('do not count while they wait for the province', () => {
    expect(unitsInForce({ units: [], waiting: { r: '', units: [unit('U1')] } }, '2024')).toEqual([]);
  });

  it('have the months of their service in a year', () => {
    fc.assert(
      fc.property(service, ({ from, to }) => {
        const expected = monthsOfYear('2024').filter((month) =>
          daysOf(month).some((day) => day >= from && (to === null || day <= to)),
        );
        expect(monthsInService(unit('U1', from, to), '2024')).toEqual(expected);
      }),
    );
  });
});

describe('a record about a unit', () => {
  const units = roster(unit('U1'), unit('U2', '2025-01-01'));

  it('names one that its plant has in the period, letter by letter', () => {
    expect(unitFaults(about('U1'), units)).toEqual([]);
    expect(unitFaults(about('U2', '2025'), units)).toEqual([]);
    for (const id of ['U2', 'U3', 'u1', 'U-1', 'U01'])
      expect(unitFaults(about(id), units).map(told)).toEqual(['UNIT_UNKNOWN /subject/unit']);
  });

  it('is told the spelling that the registration has, or the units that there are', () => {
    expect(unitFaults(about('u-01'), units)[0]?.message).toContain('it is written U1');
    expect(unitFaults(about('X'), units)[0]?.message).toContain('these are: U1');
    expect(unitFaults(about('X'), undefined)[0]?.message).toContain('none is');
  });

  it('is told of twelve units, and how many more there are', () => {
    const many = roster(...Array.from({ length: 20 }, (_, at) => unit(`G${String(at + 10)}`)));
    const [fault] = unitFaults(about('X'), many);
    expect(fault?.message).toContain('and 8 more');
    expect(fault?.details?.['units']).toHaveLength(12);
  });

  it('about the plant needs a unit in force, whichever', () => {
    expect(unitFaults(about('PLANT'), units)).toEqual([]);
    expect(unitFaults(about('PLANT', '2009'), units).map(told)).toEqual(['UNIT_UNKNOWN /subject/unit']);
  });
});

describe('a record that rests on all units', () => {
  const ids = ['U1', 'U2', 'U3', 'U4'];

  it('names exactly those in force: none left out, none beside, none twice (R-L24)', () => {
    const inForce = fc.subarray(ids);
    const cited = fc.array(fc.constantFrom(...ids, 'PLANT'), { maxLength: 6 });
    fc.assert(
      fc.property(inForce, cited, (standing, named) => {
        const isExact = [...named].sort().join() === [...standing].sort().join();
        const faults = everyUnitFaults(about('PLANT'), named, roster(...standing.map((id) => unit(id))), 'unit-report');
        expect(faults.length === 0).toBe(isExact);
        if (!isExact) {
          const [{ details } = {}] = faults;
          expect(details?.['missing']).toEqual(standing.filter((id) => !named.includes(id)));
        }
      }),
    );
  });

  it('is told which are missing and which are surplus', () => {
    const [fault] = everyUnitFaults(about('PLANT'), ['U1', 'U1', 'U9'], roster(unit('U1'), unit('U2')), 'unit-report');
    expect(fault).toMatchObject({
      code: 'RULE_REFUSED',
      path: '/cites',
      details: { rule: 'R-L24', missing: ['U2'], surplus: ['U1', 'U9'], expected: ['U1', 'U2'] },
    });
  });
});
