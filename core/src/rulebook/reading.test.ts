import type { PartyState, StateKind, StateValues } from '../state';
import { partyKinds, type PartyKind } from './authority';
import { mayReadFigures, readingRelations, readingRules, type ReadingRelation, type ReadingSource } from './reading';
import { someParties } from './testing/bench';

const { enterprise, lab } = someParties;
const somebody = '91110000MA0FAKE3W8';
const record = { issuer: lab, subject: { uscc: enterprise, unit: 'U1', period: '2024-03' } };

/** Who reads, written a second time by hand: everybody what it filed, what is about it and what names it, and besides: */
const besides: Partial<Record<PartyKind, readonly ReadingRelation[]>> = {
  'city-authority': ['region'],
  'province-authority': ['region'],
  'national-authority': ['nation'],
  verifier: ['engaged'],
  preparer: ['engaged'],
  inspector: ['inspection'],
};
const own: readonly ReadingRelation[] = ['issuer', 'self', 'reader'];

/** What stands where, beside the plant in 140600. */
interface World {
  readonly engaged?: StateValues['engaged']['engaged'];
  readonly open?: Awaited<ReturnType<ReadingSource['openInspections']>>;
}

function sourceOf({ engaged = [], open = [] }: World): ReadingSource {
  const party = { content: { region: '140600' } } as PartyState;
  const values: Readonly<Record<string, unknown>> = {
    [`party ${enterprise}`]: party,
    [`engaged ${enterprise}/2024`]: { engaged },
  };
  return {
    get: <Kind extends StateKind>(kind: Kind, key: string) =>
      Promise.resolve(values[`${kind} ${key}`] as StateValues[Kind] | undefined),
    openInspections: () => Promise.resolve(open),
  };
}

const engagedAs = (as: 'verification' | 'preparation' | 'testing', party = somebody) => ({ party, as, r: 'ab' });
const everyEngagement = (['verification', 'preparation', 'testing'] as const).map((as) => engagedAs(as));
const inspectors = [
  { role: 'A', party: somebody },
  { role: 'B', party: lab },
];
const inspecting = { covered: [{ uscc: enterprise, years: ['2024'] }], inspectors };
/** A region that is not the plant's, whatever the reach of the authority. */
const away = '440300';

/** Each relation, where it holds and no other does; `nation` holds always, for the one kind that has it. */
const where: Readonly<Record<ReadingRelation, () => Parameters<typeof mayReadFigures>>> = {
  issuer: () => [reader({ uscc: lab }), record, sourceOf({})],
  self: () => [reader({ uscc: enterprise }), record, sourceOf({})],
  reader: () => [reader({}), { ...record, readers: [somebody] }, sourceOf({})],
  region: () => [reader({ region: '140600' }), record, sourceOf({})],
  nation: () => [reader({}), record, sourceOf({})],
  engaged: () => [reader({}), record, sourceOf({ engaged: everyEngagement })],
  inspection: () => [reader({}), record, sourceOf({ open: [inspecting] })],
};

let kind: PartyKind = 'lab';
function reader(of: { readonly uscc?: string; readonly region?: string }): Parameters<typeof mayReadFigures>[0] {
  return { uscc: somebody, kind, region: away, ...of };
}

describe('who reads private figures', () => {
  it.each(partyKinds)('is for a %s what the table by hand says, relation by relation', async (one) => {
    kind = one;
    const found: string[] = [];
    for (const relation of readingRelations) if (await mayReadFigures(...where[relation]())) found.push(relation);
    // Nothing is closed to the nation, however it stands.
    const expected = one === 'national-authority' ? readingRelations : [...own, ...(besides[one] ?? [])];
    expect(found.sort()).toEqual([...expected].sort());
  });

  it('is said once for each kind and relation', () => {
    const lines = readingRules.map(({ by, as }) => `${by} ${as}`);
    expect(new Set(lines).size).toBe(lines.length);
  });

  it.each<[string, PartyKind, string, boolean]>([
    ['the city of the plant', 'city-authority', '140600', true],
    ['another city of the province', 'city-authority', '140700', false],
    ['the province of the plant', 'province-authority', '140000', true],
    ['another province', 'province-authority', '440000', false],
    // 深圳 acts by a region of its own: it does not reach over its province.
    ['an authority of a province whose region is a city of it', 'province-authority', '140700', false],
    ['a province whose region says the whole nation', 'province-authority', '000000', false],
    ['a laboratory of the city of the plant', 'lab', '140600', false],
    ['an inspector of the city of the plant whom no inspection names', 'inspector', '140600', false],
    ['the registry of the same city', 'allowance-registry', '140600', false],
  ])('%s reads or does not', async (_name, of, region, expected) => {
    kind = of;
    expect(await mayReadFigures(reader({ region }), record, sourceOf({}))).toBe(expected);
  });

  it.each<[string, PartyKind, StateValues['engaged']['engaged'], boolean]>([
    ['a verifier that verifies', 'verifier', [engagedAs('verification')], true],
    ['a verifier whose engagement was ended', 'verifier', [{ ...engagedAs('verification'), ended: true }], false],
    ['a verifier that is engaged for something else', 'verifier', [engagedAs('testing')], false],
    ['a verifier, where another one verifies', 'verifier', [engagedAs('verification', lab)], false],
    ['a preparer that prepares', 'preparer', [engagedAs('preparation')], true],
    ['a laboratory that tests: it reads what it filed', 'lab', [engagedAs('testing')], false],
  ])('%s', async (_name, of, engaged, expected) => {
    kind = of;
    expect(await mayReadFigures(reader({}), record, sourceOf({ engaged }))).toBe(expected);
    const nextYear = { ...record, subject: { ...record.subject, period: '2025-03' } };
    expect(await mayReadFigures(reader({}), nextYear, sourceOf({ engaged }))).toBe(false);
  });

  it.each<[string, World['open'], boolean]>([
    ['covers plant and year, and names it', [inspecting], true],
    ['covers another year', [{ ...inspecting, covered: [{ uscc: enterprise, years: ['2023', '2025'] }] }], false],
    ['covers another plant', [{ ...inspecting, covered: [{ uscc: lab, years: ['2024'] }] }], false],
    ['names others', [{ ...inspecting, inspectors: [{ role: 'A', party: lab }] }], false],
    ['is still under seal', [{}], false],
    [
      'is one of several: no line of one goes with a line of another',
      [
        { ...inspecting, inspectors: [{ role: 'A', party: lab }] },
        { ...inspecting, covered: [{ uscc: lab, years: ['2024'] }] },
      ],
      false,
    ],
    ['is closed', [], false],
  ])('an inspector reads what an inspection opens, where it %s', async (_name, open = [], expected = false) => {
    kind = 'inspector';
    expect(await mayReadFigures(reader({}), record, sourceOf({ open }))).toBe(expected);
  });
});
