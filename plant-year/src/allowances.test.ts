import { checkPlantYear, readPlantYearLeniently } from '.';
import { edited } from '../../scripts/sample/pointer';
import { faultsOf, rulesWith, sample, type Edits } from '../../test/support/offset-years';
import { anchoredYear, type AnchoredYear } from '../../test/support/plant-year-world';

const credits = '/compliance/credits';
const surrendered = '/compliance/surrendered';
const transfers = '/compliance/transfers';

/** Pre-allocation, true-up, a cancellation before the surrender, and what was surrendered. */
const account: Edits = {
  [credits]: [
    { phase: 'final', credited_t: '1347285' },
    { phase: 'pre', credited_t: 2_717_170 },
  ],
  [transfers]: [{ number: 'T1', how: 'cancellation', quantity_t: '100', tradedOn: '2025-06-30' }],
  [surrendered]: { on: '2025-12-20', allowances: [{ vintage: '2024', qty: '4000000' }] },
};

/** An edit puts its values in as they are, and the next one would change them there. */
const fresh = (edits: Edits): Edits => structuredClone(edits);

describe('the allowance account of a plant-year file', () => {
  let year: AnchoredYear;
  beforeAll(async () => {
    expect(faultsOf(fresh(account), {})).toEqual([]);
    year = await anchoredYear(edited(sample, fresh(account)), rulesWith({}));
  });

  it('is issued, transferred and surrendered as the ledger’s own rules ask for', async () => {
    const kinds = year.records.map(({ record }) => record.kind);
    const own = kinds.filter((kind) => /^allowance-(?:credit|transfer)|^surrender/.test(kind));
    expect(own).toEqual(['allowance-credit.pre', 'allowance-credit', 'allowance-transfer', 'surrender']);
    const { ledger } = year.world;
    const { uscc } = year.world.facility([]).record.subject;
    const allocation = await ledger.get('allocation', `${uscc}/2024`);
    expect(allocation).toMatchObject({ entitled: '4064455', handBack: '0' });
    const place = `allowances/${uscc}/PLANT/2024/allowance-issuance`;
    expect((await ledger.get('case', place))?.s).toBe('SURRENDERED');
  });

  it.each<[string, Edits, [figure: string, anchored: string, found: string | null]]>([
    ['an issuance', { [`${credits}/0/credited_t`]: '1347286' }, ['credited_t', '1347285', '1347286']],
    ['a transfer', { [`${transfers}/0/quantity_t`]: '101' }, ['quantity_t', '100', '101']],
    ['the day of the surrender', { [`${surrendered}/on`]: '2025-12-21' }, ['on', '2025-12-20', '2025-12-21']],
    [
      'what was surrendered',
      { [`${surrendered}/allowances/0/qty`]: '4000001' },
      ['surrendered.allowances', 'qty 4000000, vintage 2024', 'qty 4000001, vintage 2024'],
    ],
    [
      'a surrender that is left out',
      { [surrendered]: undefined },
      ['surrendered.allowances', 'qty 4000000, vintage 2024', null],
    ],
  ])('is compared with the ledger: %s', (_, change, [figure, anchored, found]) => {
    const state = { ...year.ledger, records: year.world.ledger.all(), ended: [] };
    const file = edited(sample, fresh(account));
    expect(checkPlantYear(readPlantYearLeniently(file), state).status).toBe('same');
    const { status, differences } = checkPlantYear(readPlantYearLeniently(edited(file, fresh(change))), state);
    expect(status).toBe('differs');
    const told = differences.map((one) => [one.figure, one.anchored, one.found]);
    expect(told).toContainEqual([figure, anchored, found]);
    expect(told.length).toBeLessThanOrEqual(2);
  });
});

describe('an account that cannot be', () => {
  const told = (edits: Edits): string[] => faultsOf(edits, {}).map(({ code, path }) => `${code} ${path}`);

  it.each<[string, Edits, string[]]>([
    [
      'another sum than the entitlement comes to',
      { [`${credits}/1/credited_t`]: 2_717_169 },
      [`FIGURE_MISMATCH ${credits}/1/credited_t`],
    ],
    [
      'the entitlement once more, beside its pre-allocation',
      { [`${credits}/0/credited_t`]: '4064455' },
      [`FIGURE_MISMATCH ${credits}/0/credited_t`],
    ],
    [
      'something to hand back where nothing is',
      { [`${credits}/0/handBack_t`]: '1' },
      [`FIGURE_MISMATCH ${credits}/0/handBack_t`],
    ],
    ['allowances surrendered that were never issued', { [credits]: undefined }, [`BAD_FILE ${surrendered}`]],
    ['a phase that there is not', { [`${credits}/0/phase`]: 'late' }, [`BAD_FILE ${credits}/0/phase`]],
    ['a fraction of a tonne', { [`${surrendered}/allowances/0/qty`]: '1.5' }, [`BAD_RECORD /compliance`]],
    [
      'a vintage that is none',
      { [`${surrendered}/allowances/0/vintage`]: '24' },
      [`BAD_FILE ${surrendered}/allowances/0/vintage`],
    ],
    ['more handed back than is due', { [`${transfers}/0/how`]: 'hand-back' }, [`BAD_FILE ${transfers}/0/quantity_t`]],
  ])('is refused with its place: %s', (_, edits, expected) => {
    const found = told(fresh({ ...account, ...edits }));
    for (const one of expected) expect(found).toContain(one);
  });

  it('takes deductions of earlier years as the file says them', () => {
    const deducted = { phase: 'pre', credited_t: '2617170', deducted_t: '100000' };
    expect(told({ [credits]: [deducted, { phase: 'final', credited_t: '1347285' }] })).toEqual([]);
    expect(told({ [credits]: [{ ...deducted, credited_t: '2717170' }] })).toEqual([
      `FIGURE_MISMATCH ${credits}/0/credited_t`,
    ]);
  });
});
