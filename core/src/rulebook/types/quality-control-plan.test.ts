import type { RosterUnit } from '../../state';
import { citedParameters, citedRecord, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['unitName', 'facilityCode', 'product'],
  optional: {
    capacity_MW: '630',
    category: 'I',
    categoryName: '300MW等级以上常规燃煤机组',
    boiler: '煤粉炉',
    carbonTestMode: 'daily',
    sharedBelt: ['U2'],
    ...{ coalState: 'as-fired', heatState: 'as-fired', carbonState: 'as-received', coalPriority: '1' },
  },
  texts: ['unitName', 'product', 'categoryName', 'boiler'],
  isOpen: true,
  bad: [
    ...['MF3', 'mf0003', 'MF00031', ' MF0003', ''].map(
      (facilityCode) =>
        [`the code ${JSON.stringify(facilityCode)}`, { facilityCode }, '/content/facilityCode'] as const,
    ),
    ['a capacity with its unit', { capacity_MW: '630 MW' }, '/content/capacity_MW'],
    ['a capacity in powers of ten', { capacity_MW: '6.3e2' }, '/content/capacity_MW'],
    ['a class of its own', { category: 'V' }, '/content/category'],
    ['a way of testing that nobody knows', { carbonTestMode: 'weekly' }, '/content/carbonTestMode'],
    ['a belt of no units', { sharedBelt: [] }, '/content/sharedBelt'],
    ['a belt of the plant', { sharedBelt: ['PLANT'] }, '/content/sharedBelt/0'],
    ['a fact that is a number', { clinker: 1 }, '/content/clinker'],
    ['a fact that is a list', { clinker: ['1'] }, '/content/clinker'],
    ['a fact that nobody sees', { clinker: '\u2060' }, '/content/clinker'],
  ],
};

describe('the content of a quality control plan', () => {
  it.each([...goodContents('quality-control-plan', promise)])('is taken as %j', (content) => {
    expect(contentFaultsOf('quality-control-plan', content)).toEqual([]);
  });
  it.each(badContents('quality-control-plan', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('quality-control-plan', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const registered: RosterUnit = {
  id: 'U1',
  permit: 'P',
  code: 'MF0003',
  capacity: '630',
  category: 'I',
  from: '2010-06-01',
  to: null,
};

function planned(content: Record<string, unknown> = {}, unit: Partial<RosterUnit> | undefined = {}): Situation {
  const { capacity, category, ...bare } = { ...registered, ...unit };
  const own = { ...bare, ...(capacity && { capacity }), ...(category && { category }) };
  return {
    content,
    state: (view) => {
      view.put('units', someParties.enterprise, { units: [own] });
    },
  };
}

const faults = (...args: Parameters<typeof planned>): Promise<string[]> =>
  toldOf('quality-control-plan', planned(...args));

describe('a quality control plan', () => {
  it('says of its unit what the registration says', async () => {
    expect(await faults()).toEqual([]);
    const differs = await faults({ facilityCode: 'MF0004', capacity_MW: '1000', category: 'III' });
    expect(differs).toEqual(['facilityCode', 'capacity_MW', 'category'].map((field) => `BAD_RECORD /content/${field}`));
  });

  it.each(['630', '630.0', '0630'.slice(1), '630.000'])('takes a capacity of %s MW for 630 MW', async (capacity_MW) => {
    expect(await faults({ capacity_MW })).toEqual([]);
  });

  it('need not say what its registration does not say, nor the other way round', async () => {
    expect(await faults({}, { capacity: '', category: '' })).toEqual([]);
    expect(await faults({ capacity_MW: undefined, category: undefined })).toEqual([]);
  });

  it('says nothing of a unit that is not registered: that is asked elsewhere', async () => {
    expect(await faults({ facilityCode: 'MF9999' }, { id: 'U2' })).toEqual([]);
  });

  it('has a class that fits its rated capacity', async () => {
    const classed = (capacity_MW: string, category: string, large = '400'): Promise<string[]> =>
      toldOf('quality-control-plan', {
        ...planned({ capacity_MW, category }, { capacity: capacity_MW, category }),
        cited: { parameters: [citedParameters({ 'class.large_MW': large })] },
      });
    for (const [capacity, category] of [
      ['399.999', 'I'],
      ['400', 'II'],
      ['1000', 'II'],
      ['0.5', 'I'],
    ] as const)
      expect(await classed(capacity, category)).toEqual(['BAD_RECORD /content/category']);
    for (const [capacity, category] of [
      ['400', 'I'],
      ['399.999', 'II'],
      ['1000', 'III'],
      ['50', 'III'],
      ['1000', 'IV'],
    ] as const)
      expect(await classed(capacity, category)).toEqual([]);
    expect(await classed('350', 'I', '300')).toEqual([]);
    expect(await faults({ capacity_MW: '300', category: 'I' }, { capacity: '300' })).toEqual([]);
  });

  it('states no facts that its methodology does not read', async () => {
    const methodology = citedRecord('methodology');
    const situation = { ...planned({ clinker: '2500' }), cited: { methodology: [methodology] } };
    expect(await toldOf('quality-control-plan', situation)).toEqual(['BAD_RECORD /content/clinker']);
  });
});
