import type { BuiltRecord } from '@carbon-ledger/core';
import { checkPlantYear, readPlantYearLeniently } from '.';
import type { PlantYearLedger } from '.';
import { edited } from '../../scripts/sample/pointer';
import {
  faultsOf,
  frozenInPart,
  generations,
  lot,
  other,
  range,
  rulesWith,
  sample,
  serial,
  twoRegistries,
  type Edits,
} from '../../test/support/offset-years';
import { anchoredYear } from '../../test/support/plant-year-world';
import type { TrialWorld } from '../../test/support/trial-world';

describe.each(Object.entries(generations))('the offsets of a year by the procedure of %s', (_, generation) => {
  const { terms, edits, makes, ends } = generation;
  let world: TrialWorld;
  let ledger: PlantYearLedger;
  let records: readonly BuiltRecord[];
  beforeAll(async () => {
    expect(faultsOf(edits, terms)).toEqual([]);
    ({ world, ledger, records } = await anchoredYear(edited(sample, edits), rulesWith(terms)));
  });

  it('are anchored as the ledger’s own rules ask for, each step once', () => {
    const counted: Record<string, number> = {};
    for (const { record } of records)
      if (/^(?:ccer-|offset-booking)/.test(record.type)) counted[record.type] = (counted[record.type] ?? 0) + 1;
    expect(counted).toEqual(makes);
  });

  it('end where the procedure ends', async () => {
    const { uscc } = world.facility([]).record.subject;
    for (const [process, kind, state] of ends)
      expect([kind, (await world.ledger.get('case', `${process}/${uscc}/PLANT/2024/${kind}`))?.s]).toEqual([
        kind,
        state,
      ]);
    expect((await world.ledger.get('offset', `${uscc}/2024`))?.cancelled).toBe('60000');
  });

  it('are the same as the file, and differ at the place where it was changed', () => {
    const anchored = { ...ledger, records: world.ledger.all(), ended: [] };
    const file = edited(sample, edits);
    expect(checkPlantYear(readPlantYearLeniently(file), anchored).status).toBe('same');
    const [place, told] = Object.hasOwn(edits, `${lot}/frozen`)
      ? [`${lot}/frozen/serialTo`, 'ccer-freeze.1']
      : [`${lot}/serialTo`, 'ccer-lot.FIC-A-000000001'];
    const { differences } = checkPlantYear(
      readPlantYearLeniently(edited(file, { [place]: serial('A', 49_999) })),
      anchored,
    );
    expect(differences.map(({ record }) => record.split('/').at(-1))).toContain(told);
    expect(differences.find(({ record }) => record.endsWith(told))).toMatchObject({
      found: serial('A', 49_999),
      figure: expect.stringMatching(/serialTo$/) as unknown,
    });
  });
});

describe('offsets that the procedure of the year does not admit', () => {
  const { terms: freeze } = frozenInPart;

  it.each<[string, Readonly<Record<string, string>>, Edits, string[]]>([
    [
      'not frozen, where the procedure begins with a freeze',
      freeze,
      {},
      [`SERIAL_FROZEN ${lot}/frozen`, `SERIAL_FROZEN ${other}/frozen`],
    ],
    [
      'frozen and not synced',
      freeze,
      { ...frozenInPart.edits, [`${lot}/synced`]: undefined },
      [`STATE_CONFLICT ${lot}/synced`],
    ],
    [
      'more cancelled than frozen',
      freeze,
      { ...frozenInPart.edits, [`${lot}/cancelled`]: range('A', 101, 50_001) },
      [`SERIAL_FROZEN ${lot}/cancelled/serialFrom`],
    ],
    [
      'more frozen than the lot holds',
      freeze,
      { ...frozenInPart.edits, [`${lot}/frozen`]: range('A', 1, 60_001) },
      [`SERIAL_NOT_ISSUED ${lot}/frozen/serialFrom`],
    ],
    [
      'frozen numbers of another block',
      freeze,
      { ...frozenInPart.edits, [`${other}/frozen`]: range('C', 1, 15_000) },
      [`SERIAL_NOT_ISSUED ${other}/frozen/serialFrom`],
    ],
    [
      'a quantity that is not that of the numbers',
      freeze,
      { ...frozenInPart.edits, [`${lot}/frozen/qty`]: 49_901 },
      [`BAD_FILE ${lot}/frozen/qty`],
    ],
    ['released and never frozen', {}, { [`${lot}/released`]: { reason: '撤回' } }, [`BAD_FILE ${lot}/released`]],
    [
      'booked from the earlier registry and not synced',
      twoRegistries.terms,
      { ...twoRegistries.edits, [`${lot}/synced`]: undefined },
      [`STATE_CONFLICT ${lot}/synced`],
    ],
    [
      'of the earlier registry after its last day',
      { 'ccer.earlierUntil': '20251230' },
      { [`${lot}/track`]: 'earlier' },
      ['RULE_REFUSED /compliance/surrenderDeadline'],
    ],
    [
      'cancelled before its time',
      { 'offset.cancelFrom': '20251026' },
      { [`${lot}/cancelled`]: { ...range('A', 1, 45_000), cancelledOn: '2025-10-25' } },
      [`RULE_REFUSED ${lot}/cancelled/cancelledOn`],
    ],
    [
      'cancelled after its time',
      { 'offset.cancelTo': '20251215' },
      { [`${lot}/cancelled`]: { ...range('A', 1, 45_000), cancelledOn: '2025-12-16' } },
      [`RULE_REFUSED ${lot}/cancelled/cancelledOn`, 'RULE_REFUSED /compliance/surrenderDeadline'],
    ],
    [
      'registered before the first day that serves, and of no known day',
      { 'ccer.registeredFrom': '20240122' },
      { [`${lot}/registeredOn`]: '2024-01-21' },
      [`RULE_REFUSED ${lot}/registeredOn`, `RULE_REFUSED ${other}/registeredOn`],
    ],
    [
      'registered after it was cancelled',
      {},
      { [`${lot}/registeredOn`]: '2026-01-01' },
      [`BAD_FILE ${lot}/registeredOn`],
    ],
    ['of no registry that there is', {}, { [`${lot}/track`]: 'other' }, [`BAD_FILE ${lot}/track`]],
    ['with a day that is none', {}, { [`${lot}/registeredOn`]: '2024-02-30' }, [`BAD_FILE ${lot}/registeredOn`]],
    ['with a word for yes', {}, { [`${lot}/booked`]: 'yes' }, [`BAD_FILE ${lot}/booked`]],
    [
      'with a member that nobody reads',
      {},
      { [`${lot}/frozen`]: { ...range('A', 1, 45_000), x: 1 } },
      [`BAD_FILE ${lot}/frozen/x`],
    ],
    [
      'with a part of a part',
      {},
      { [`${lot}/frozen`]: { qty: 45_000 } },
      [`BAD_FILE ${lot}/frozen/serialFrom`, `BAD_FILE ${lot}/frozen/serialTo`],
    ],
  ])('%s, are refused at their place', (_, terms, edits, expected) => {
    const told = faultsOf(edits, terms).map(({ code, path }) => `${code} ${path}`);
    expect(told).toEqual(expect.arrayContaining(expected));
    for (const one of told) expect(one).toMatch(/ \/compliance\//);
  });

  it('are told all at once', () => {
    const edits = {
      [`${lot}/released`]: { reason: '撤回' },
      [`${lot}/registeredOn`]: '2026-01-01',
      [`${other}/serialTo`]: serial('B', 14_999),
    };
    expect(new Set(faultsOf(edits, {}).map(({ path }) => path)).size).toBeGreaterThanOrEqual(3);
  });
});
