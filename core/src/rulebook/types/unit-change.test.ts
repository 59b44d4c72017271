import type { OverlayView, StateValues } from '../../state';
import { effectsOf, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

type Unit = StateValues['units']['units'][number];

const { enterprise } = someParties;
const permit = '91140000MA0FAKE01X001P';
const [merged] = exampleOf('unit-change')['becomes'] as readonly Record<string, unknown>[];

const promise: ContentPromise = {
  required: ['change', 'day', 'approval', 'units', 'becomes'],
  texts: ['approval'],
  bad: [
    ['a change that there is not', { change: 'sell' }, '/content/change'],
    ['a day that there is not', { day: '2024-02-30' }, '/content/day'],
    ['no unit that changes', { units: [] }, '/content/units'],
    ['the plant as a unit', { units: ['PLANT', 'U1'] }, '/content/units/0'],
    ['nothing as a unit', { units: ['-', 'U1'] }, '/content/units/0'],
    ['21 units', { units: Array.from({ length: 21 }, (_, at) => `U${String(at)}`) }, '/content/units'],
    ['a unit that becomes the plant', { becomes: [{ ...merged, id: 'PLANT' }] }, '/content/becomes/0/id'],
    ['a permit of another form', { becomes: [{ ...merged, permitNo: 'P1' }] }, '/content/becomes/0/permitNo'],
    [
      'a facility code of another form',
      { becomes: [{ ...merged, facilityCode: 'mf0012' }] },
      '/content/becomes/0/facilityCode',
    ],
    ['an earlier code of another form', { becomes: [{ ...merged, oldCodes: ['1'] }] }, '/content/becomes/0/oldCodes/0'],
    [
      'a capacity that is no number',
      { becomes: [{ ...merged, capacity_MW: '1e3' }] },
      '/content/becomes/0/capacity_MW',
    ],
    ['a class that there is not', { becomes: [{ ...merged, category: 'V' }] }, '/content/becomes/0/category'],
  ],
};

describe('the content of a change of units', () => {
  it.each(contentTable('unit-change', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('unit-change', content)).toEqual(faults);
  });
});

const unit = (id: string, code: string, more: Partial<Unit> = {}): Unit => ({
  ...{ id, permit, code, from: '2018-06-01', to: null, capacity: '630', category: 'I' },
  ...more,
});
const roster = [unit('U1', 'MF0003'), unit('U2', 'MF0006', { capacity: '350', category: 'II' })];
const becoming = (id: string, facilityCode: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ id, permitNo: permit, facilityCode, oldCodes: [], ...more },
});

/** A change of January 2024 over the units that the plant has. */
function changing(content: Record<string, unknown>, units: readonly Unit[] = roster): Situation {
  const put = (view: OverlayView): void => {
    view.put('units', enterprise, { units: [...units] });
  };
  return { subject: { unit: '-' }, content, state: put };
}

const told = (content: Record<string, unknown>, units?: readonly Unit[]): Promise<string[]> =>
  toldOf('unit-change', changing(content, units));
const one = (change: string, units: readonly string[], ...becomes: readonly object[]): Record<string, unknown> => ({
  ...{ change, units, becomes },
});

describe('a change of units', () => {
  it('stands under the month of its day', async () => {
    const stop = one('stop', ['U1']);
    expect(await told({ ...stop, day: '2024-01-31' })).toEqual([]);
    expect(await told({ ...stop, day: '2024-02-01' })).toEqual(['BAD_RECORD /content/day']);
  });

  it.each<[string, Record<string, unknown>, string[]]>([
    ['one unit is merged with nothing', one('merge', ['U1'], merged ?? {}), ['BAD_RECORD /content/units']],
    [
      'two units are merged into two',
      one('merge', ['U1', 'U2'], merged ?? {}, becoming('U9', 'MF0099')),
      ['BAD_RECORD /content/becomes'],
    ],
    [
      'two units are split',
      one('split', ['U1', 'U2'], becoming('U3', 'MF0031'), becoming('U4', 'MF0032')),
      ['BAD_RECORD /content/units'],
    ],
    ['a unit is split into one', one('split', ['U1'], becoming('U3', 'MF0031')), ['BAD_RECORD /content/becomes']],
    ['a stopped unit becomes another', one('stop', ['U1'], becoming('U3', 'MF0031')), ['BAD_RECORD /content/becomes']],
    ['a unit moves nowhere', one('move', ['U1']), ['BAD_RECORD /content/becomes']],
    ['a unit is stopped twice', one('stop', ['U1', 'U1']), ['BAD_RECORD /content/units']],
  ])('is refused where %s', async (_, content, expected) => {
    expect((await told(content)).filter((fault) => !fault.startsWith('R-L26'))).toEqual(expected);
  });

  it('is of units that the plant has and that are in service', async () => {
    expect(await told(one('stop', ['U7']))).toEqual(['UNIT_UNKNOWN /content/units/0']);
    expect(await told(one('stop', ['u1']))).toEqual(['UNIT_UNKNOWN /content/units/0']);
    const stopped = [unit('U1', 'MF0003', { to: '2023-12-31' })];
    expect(await told(one('stop', ['U1']), stopped)).toEqual(['STATE_CONFLICT /content/units/0']);
    expect(await told(one('restart', ['U1']))).toEqual(['STATE_CONFLICT /content/units/0']);
    expect(await told(one('restart', ['U1']), stopped)).toEqual([]);
  });

  it('comes after the unit began, and a restart after it stopped', async () => {
    const begun = [unit('U1', 'MF0003', { from: '2024-01-10' })];
    expect(await told({ ...one('stop', ['U1']), day: '2024-01-10' }, begun)).toEqual(['BAD_RECORD /content/day']);
    expect(await told({ ...one('stop', ['U1']), day: '2024-01-11' }, begun)).toEqual([]);
    const stopped = [unit('U1', 'MF0003', { to: '2024-01-10' })];
    expect(await told({ ...one('restart', ['U1']), day: '2024-01-10' }, stopped)).toEqual(['BAD_RECORD /content/day']);
    expect(await told({ ...one('restart', ['U1']), day: '2024-01-11' }, stopped)).toEqual([]);
  });

  it.each(['U1', 'u1', 'U01', 'U-1', 'u_1'])('begins no unit that the plant has already, written %s', async (id) => {
    const split = one('split', ['U2'], becoming(id, 'MF0031'), becoming('U4', 'MF0032'));
    expect(await told(split)).toEqual(['IDENTITY_TAKEN /content/becomes/0/id']);
  });

  it('begins no unit under a facility code that the plant has already', async () => {
    const split = one('split', ['U2'], becoming('U3', 'MF0003'), becoming('U4', 'MF0032'));
    expect(await told(split)).toEqual(['IDENTITY_TAKEN /content/becomes/0/facilityCode']);
  });

  it.each(['U3', 'u3', 'U03', 'U_3'])('begins no unit twice: U3 and %s', async (id) => {
    const split = one('split', ['U2'], becoming('U3', 'MF0031'), becoming(id, 'MF0032'));
    expect(await told(split)).toEqual(['BAD_RECORD /content/becomes/1/id']);
  });

  it('gives each unit that begins a facility code of its own', async () => {
    const split = one('split', ['U2'], becoming('U3', 'MF0031'), becoming('U4', 'MF0031'));
    expect(await told(split)).toEqual(['BAD_RECORD /content/becomes/1/facilityCode']);
    const elsewhere = becoming('U4', 'MF0031', { permitNo: '91140000MA0FAKE01X002P' });
    expect(await told(one('split', ['U2'], becoming('U3', 'MF0031'), elsewhere))).toEqual([]);
  });

  it.each([
    ['399.99', 'II', []],
    ['400', 'I', []],
    // Its class is held to the parameters of a year by its plan.
    ['400', 'II', []],
    ['0', 'II', ['BAD_RECORD /content/becomes/0/capacity_MW']],
  ])('rates a unit of %s MW as class %s', async (capacity_MW, category, expected) => {
    expect(await told(one('move', ['U2'], becoming('U3', 'MF0031', { capacity_MW, category })))).toEqual(expected);
  });
});

describe('a merger (R-L26)', () => {
  const merging = (more: Record<string, unknown>): Record<string, unknown> =>
    one('merge', ['U1', 'U2'], { ...merged, category: 'I', ...more });

  it('has the capacity of its parts together, the least favourable class and all their codes', async () => {
    expect(await told(merging({}))).toEqual([]);
    expect(await told(merging({ capacity_MW: '979' }))).toEqual(['R-L26 /content/becomes/0/capacity_MW']);
    expect(await told(merging({ capacity_MW: '980.00' }))).toEqual([]);
    expect(await told(merging({ capacity_MW: undefined }))).toEqual(['R-L26 /content/becomes/0/capacity_MW']);
    expect(await told(merging({ category: 'III' }))).toEqual(['R-L26 /content/becomes/0/category']);
    expect(await told(merging({ oldCodes: ['MF0003'] }))).toEqual(['R-L26 /content/becomes/0/oldCodes']);
    expect(await told(merging({ oldCodes: ['MF0003', 'MF0006', 'MF0099'] }))).toEqual([]);
  });

  it.each([
    ['II', 'III', 'II'],
    ['III', 'II', 'II'],
  ] as const)('of a class %s with a class %s is of class %s', async (first, second, least) => {
    const parts = [unit('U1', 'MF0003', { category: first }), unit('U2', 'MF0006', { category: second })];
    const small = parts.map((part) => ({ ...part, capacity: '150' }));
    expect(await told(merging({ capacity_MW: '300', category: least }), small)).toEqual([]);
    expect(await told(merging({ capacity_MW: '300', category: 'IV' }), small)).not.toEqual([]);
  });
});

describe('what a change of units proposes', () => {
  it('ends the units that change the day before, and claims the codes of those that begin', () => {
    const begins = [
      { id: 'U12', permit, code: 'MF0012', from: '2024-01-01', to: null, capacity: '980', category: 'I' },
    ];
    expect(effectsOf('unit-change')).toEqual([
      {
        ...{ do: 'claim-facility', uscc: enterprise, id: `${permit}/MF0012` },
        field: '/content/becomes/0/facilityCode',
      },
      {
        ...{ do: 'propose-change', uscc: enterprise, day: '2024-01-01', ends: ['U1', 'U2'], resumes: [] },
        begins,
      },
    ]);
  });

  it('resumes what is restarted', () => {
    expect(effectsOf('unit-change', { content: one('restart', ['U1']) })).toMatchObject([
      { ends: [], resumes: ['U1'] },
    ]);
  });
});
