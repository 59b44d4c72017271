import fc from 'fast-check';
import { effectsOf, someParties, toldOf } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';

type Unit = Record<string, unknown>;
const [unit = {}] = exampleOf('facility')['units'] as Unit[];

/** Units that differ from the example's, and from each other, in nothing but what is said. */
const units = (...changes: Unit[]): Unit => ({
  units: changes.map((change, index) => ({
    ...unit,
    id: `U${String(index + 1)}`,
    facilityCode: `MF000${String(index + 1)}`,
    ...change,
  })),
});
const place = (field: string, index = 0): string => `/content/units/${String(index)}/${field}`;

const promise: ContentPromise = {
  required: ['units'],
  bad: [
    ['no unit', { units: [] }, '/content/units'],
    ['201 units', { units: Array.from({ length: 201 }, () => unit) }, '/content/units'],
    ...(
      [
        ['id', ['', 'PLANT', '-', 'a b', 'U/1', 'U#1', 'x'.repeat(41), '１', '__proto__/']],
        ['name', ['', '\u202e1号']],
        ['permitNo', ['91140000MA0FAKE01X001', '91140000MA0FAKE01X001p', 'x']],
        ['facilityCode', ['MF1', 'mf0003', 'MF00031', 'FM0003', 3]],
        ['boilers', ['MF0001', ['MF1'], Array.from({ length: 21 }, () => 'MF0001')]],
        ['turbines', [null, ['']]],
        ['generators', [undefined, [1]]],
        ['capacity_MW', ['1e3', '', '600 MW', 630, '+630']],
        ['category', ['V', 'i', 1]],
        ['fuel', ['', 'a\tb']],
        ['heat', ['no', 0]],
        ['from', ['2010-6-1', '2010-02-30', '20100601', null]],
        ['to', ['never', '2023-02-29', undefined]],
      ] as const
    ).flatMap(([field, values]) =>
      values.map(
        (value) =>
          [
            `${field} ${value === undefined ? 'left out' : JSON.stringify(value)}`,
            units({ [field]: value }),
            place(field),
          ] as const,
      ),
    ),
    ['a unit with a field that it does not know', units({ owner: 'x' }), '/content/units/0'],
  ],
};

describe('the content of a facility registration', () => {
  it.each(goodContents('facility', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('facility', content)).toEqual([]);
  });
  it.each(badContents('facility', promise))('is refused with $what', ({ content, path }) => {
    const faults = contentFaultsOf('facility', content);
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault.startsWith(`BAD_RECORD ${path}`)).toBe(true);
  });
  it('tells the faults of all units at once', () => {
    const content = units({ capacity_MW: 'x' }, {}, { from: 'x' });
    expect(contentFaultsOf('facility', content)).toEqual([
      `BAD_RECORD ${place('capacity_MW')}`,
      `BAD_RECORD ${place('from', 2)}`,
    ]);
  });
});

describe('a facility registration', () => {
  it.each(['0', '-1', '0.00'])('refuses a rated capacity of %s MW', async (capacity_MW) => {
    expect(await toldOf('facility', { content: units({ capacity_MW }) })).toEqual([
      `BAD_RECORD ${place('capacity_MW')}`,
    ]);
  });

  it.each(['u1', 'U-1', 'U01', 'U_1', 'u001'])('takes %s for the unit U1, however it is written', async (id) => {
    expect(await toldOf('facility', { content: units({}, { id }) })).toEqual([`BAD_RECORD ${place('id', 1)}`]);
  });

  it('gives one facility code of one permit to one unit', async () => {
    const same = units({ facilityCode: 'MF0009' }, { facilityCode: 'MF0009' });
    expect(await toldOf('facility', { content: same })).toEqual([`BAD_RECORD ${place('facilityCode', 1)}`]);
    const otherPermit = units(
      { facilityCode: 'MF0009' },
      { facilityCode: 'MF0009', permitNo: `${someParties.enterprise}002P` },
    );
    expect(await toldOf('facility', { content: otherPermit })).toEqual([]);
  });

  it('has no unit that ends before it begins, and may have one of a single day', async () => {
    const backwards = units({ from: '2010-06-02', to: '2010-06-01' });
    expect(await toldOf('facility', { content: backwards })).toEqual([`BAD_RECORD ${place('to')}`]);
    expect(await toldOf('facility', { content: units({ from: '2010-06-01', to: '2010-06-01' }) })).toEqual([]);
  });

  it('claims each facility code, and proposes its units for the province to accept', () => {
    const sparse = { capacity_MW: undefined, category: undefined, to: '2024-12-31' };
    const claim = { do: 'claim-facility', uscc: someParties.enterprise };
    const permit = `${someParties.enterprise}001P`;
    expect(effectsOf('facility', { content: units({}, sparse) })).toEqual([
      { ...claim, id: `${permit}/MF0001`, field: place('facilityCode') },
      { ...claim, id: `${permit}/MF0002`, field: place('facilityCode', 1) },
      {
        do: 'propose-units',
        uscc: someParties.enterprise,
        units: [
          { id: 'U1', permit, code: 'MF0001', capacity: '630', category: 'I', from: '2010-06-01', to: null },
          { id: 'U2', permit, code: 'MF0002', from: '2010-06-01', to: '2024-12-31' },
        ],
      },
    ]);
  });

  it('finds exactly the units whose ids fold together with an earlier one', async () => {
    const id = fc.tuple(fc.constantFrom('U', 'u', 'Y'), fc.constantFrom('', '-', '_'), fc.constantFrom('1', '01', '2'));
    const fold = ([letter, , digits]: readonly string[]): string => `${(letter ?? '').toUpperCase()}${Number(digits)}`;
    await fc.assert(
      fc.asyncProperty(fc.array(id, { minLength: 1, maxLength: 6 }), async (ids) => {
        const repeated = ids.flatMap((one, index) =>
          ids.slice(0, index).some((earlier) => fold(earlier) === fold(one))
            ? [`BAD_RECORD ${place('id', index)}`]
            : [],
        );
        const content = units(...ids.map((parts) => ({ id: parts.join('') })));
        expect(await toldOf('facility', { content })).toEqual(repeated);
      }),
      { numRuns: 60 },
    );
  });
});
