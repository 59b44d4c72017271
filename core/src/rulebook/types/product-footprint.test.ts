import type { RecordScope } from '../../methodology/scope';
import { figureFaults } from '../../methodology/recompute';
import { citedRecord, recordOf, someParties, toldOf, type RecordWords, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';
import { recordTypes } from '../registry';
import { buildRecord, scopeOf, type BuiltRecord, type RecordDraft } from '../build';

type Content = Readonly<Record<string, unknown>>;
const lines = exampleOf('product-footprint')['lines'] as readonly Content[];
const ofFirst = (change: Content): Content => ({ lines: [{ ...lines[0], ...change }, ...lines.slice(1)] });

const promise: ContentPromise = {
  required: ['product', 'unit', 'boundary', 'lines', 'leftOut'],
  optional: { outputFigure: 'cells_MWh' },
  texts: ['product'],
  bad: [
    ['a unit that is a share', { unit: '%' }, '/content/unit'],
    ['no unit', { unit: '' }, '/content/unit'],
    ['a quotient for a unit', { unit: 't/MWh' }, '/content/unit'],
    ['no line', { lines: [] }, '/content/lines'],
    ['a stage that there is not', ofFirst({ stage: 'heaven' }), '/content/lines/0/stage'],
    ['an item that no figure can be named by', ofFirst({ item: 'a-b' }), '/content/lines/0/item'],
    ['a figure that is no name', ofFirst({ figure: '1x' }), '/content/lines/0/figure'],
    ['tonnes of CO2 for an amount', ofFirst({ unit: 'tCO2' }), '/content/lines/0/unit'],
    ['a stage left out without words', { leftOut: [{ stage: 'use', reason: '' }] }, '/content/leftOut/0/reason'],
  ],
};

describe('the content of a product footprint', () => {
  it.each(contentTable('product-footprint', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('product-footprint', content)).toEqual(faults);
  });
});

const factor = (code: string, unit: string, change: Content = {}): RecordScope =>
  citedRecord('emission-factor', { kind: `emission-factor.${code}`, content: { unit, validTo: null, ...change } });
const supplied = (code: string, words: RecordWords = {}): RecordScope =>
  citedRecord('product-footprint', { kind: `product-footprint.${code}`, subject: { uscc: someParties.lab }, ...words });
const cathode = factor('cathode_lfp', 'tCO2e/t');
const power = factor('electricity', 'tCO2e/MWh');
const month = (figures: Readonly<Record<string, string>>, period: string): RecordScope => ({
  ...citedRecord('monthly-evidence', { subject: { unit: 'U1', period }, figures }),
  figures: new Map(Object.entries(figures).map(([name, value]) => [name, { value, unit: 'MWh' }])),
});
const stated = lines.map((line) => Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'figure')));

const told = (content: Content = {}, cited: RecordWords['cited'] = {}, more: Situation = {}): Promise<string[]> =>
  toldOf('product-footprint', {
    content: { lines: stated, ...content },
    cited: { factor: [cathode, power], ...cited },
    ...more,
  });

describe('a product footprint', () => {
  it('has lines of every stage of its boundary, or says why it has none', async () => {
    const grave = { boundary: 'cradle-to-grave' };
    const out = (...names: readonly string[]): Content => ({
      leftOut: names.map((stage) => ({ stage, reason: '占比低于 1%' })),
    });
    expect(await told()).toEqual([]);
    expect(await told(grave)).toEqual(['BAD_RECORD /content/lines']);
    expect(await told({ ...grave, ...out('distribution', 'use', 'end') })).toEqual([]);
    expect(await told(out('use'))).toEqual(['BAD_RECORD /content/leftOut/0/stage']);
    expect(await told(out('material'))).toEqual(['BAD_RECORD /content/leftOut/0/stage']);
    expect(await told({ lines: [...stated, stated[0]] })).toEqual(['BAD_RECORD /content/lines/2/item']);
    expect(await told({ lines: [...stated, { ...stated[0], stage: 'use' }] })).toEqual([
      'BAD_RECORD /content/lines/2/stage',
    ]);
  });

  it('has one factor for each item, in the unit of its amount', async () => {
    expect(await told({}, { factor: [power] })).toEqual(['BAD_RECORD /content/lines/0/item']);
    expect(await told({}, { factor: [cathode, factor('electricity', 'tCO2e/GJ')] })).toEqual([
      'BAD_RECORD /content/lines/1/unit',
    ]);
    const own = supplied('cathode_lfp', { content: { unit: 't' } });
    expect(await told({}, { upstream: [own] })).toEqual(['BAD_RECORD /content/lines/0/item']);
    expect(await told({}, { factor: [power], upstream: [own] })).toEqual([]);
    expect(await told({}, { factor: [power], upstream: [supplied('cathode_lfp')] })).toEqual([
      'BAD_RECORD /content/lines/0/unit',
    ]);
  });

  it.each([
    ['was to end before', { validTo: '2023-12-31' }, ['CITATION_MISMATCH /cites']],
    ['ends on its first day', { validTo: '2024-01-01' }, []],
    ['begins on its last day', { validFrom: '2024-12-31' }, []],
    ['begins after it', { validFrom: '2025-01-01' }, ['CITATION_MISMATCH /cites']],
  ])('of a year in which a factor holds that %s', async (_, change, faults) => {
    expect(await told({}, { factor: [cathode, factor('electricity', 'tCO2e/MWh', change)] })).toEqual(faults);
  });

  it('cites what its lines need, and months where a figure of theirs is summed', () => {
    const { cites } = recordTypes['product-footprint'];
    const rolesOf = (content: Content): readonly string[] =>
      cites(recordOf('product-footprint', { content })).map(({ role }) => role);
    const [ofFactors] = cites(recordOf('product-footprint'));
    expect(ofFactors).toMatchObject({ role: 'factor', labels: ['cathode_lfp', 'electricity'] });
    expect(rolesOf({ lines: stated })).not.toContain('monthly-evidence');
    expect(rolesOf({ lines: stated, outputFigure: 'cells_MWh' })).toContain('monthly-evidence');
    for (const lines of [undefined, 'x', [null, 1, { item: 7 }]])
      expect(rolesOf({ lines })).toEqual(['factor', 'upstream', 'evidence']);
  });

  it('takes of a supplier what ends at its gate, of no later year', async () => {
    const with_ = (words: RecordWords): Promise<string[]> =>
      told({}, { factor: [power], upstream: [supplied('cathode_lfp', words)] });
    expect(await with_({ content: { unit: 't', boundary: 'cradle-to-grave' } })).toEqual(['CITATION_MISMATCH /cites']);
    expect(await with_({ content: { unit: 't' }, subject: { period: '2025' } })).toEqual(['CITATION_MISMATCH /cites']);
  });

  it('sums whole years of its months, in their own unit', async () => {
    const units = { units: [{ id: 'U1', from: '2024-11-01', to: null }] };
    const state: Situation['state'] = (view) => {
      view.put('units', someParties.enterprise, units as never);
    };
    const [november, december] = ['2024-11', '2024-12'].map((period) => month({ electricity_MWh: '10.000' }, period));
    const months = (...given: readonly (RecordScope | undefined)[]): Promise<string[]> =>
      told({ lines }, { 'monthly-evidence': given.flatMap((one) => one ?? []) }, { state });
    expect(await months(november, december)).toEqual([]);
    expect(await months(december)).toEqual(['R-L15 /cites']);
    const heat = { lines: [stated[0], { ...lines[1], unit: 'GJ' }] };
    const perHeat = factor('electricity', 'tCO2e/GJ');
    const cited = { factor: [cathode, perHeat], 'monthly-evidence': [november, december].flatMap((one) => one ?? []) };
    expect(await told(heat, cited, { state })).toEqual(['BAD_RECORD /content/lines/1/figure']);
  });
});

const draft = (type: RecordDraft['type'], more: Partial<RecordDraft>): BuiltRecord =>
  buildRecord({ type, issuer: someParties.enterprise, subject: recordOf(type).subject, content: {}, ...more }, () =>
    '0'.repeat(32),
  );
const national = (code: string, value: string, unit: string): BuiltRecord =>
  draft('emission-factor', {
    kind: `emission-factor.${code}`,
    content: { ...exampleOf('emission-factor'), value, unit },
  });
const footprintOf = (figures: Readonly<Record<string, string>>, cites: RecordDraft['cites'], content: Content = {}) =>
  draft('product-footprint', {
    kind: 'product-footprint.cell',
    content: { ...exampleOf('product-footprint'), lines: stated, ...content },
    figures,
    cites: cites ?? {},
  });
const faultsOf = (built: BuiltRecord, cites: Readonly<Record<string, readonly BuiltRecord[]>>): string[] => {
  const cited = new Map(Object.entries(cites).map(([role, all]) => [role, all.map((one) => scopeOf(one))]));
  const specs = recordTypes['product-footprint'].figures?.(built.record) ?? [];
  return figureFaults(specs, scopeOf(built, cited)).map(({ code, path }) => `${code} ${path}`);
};

describe('the figures of a product footprint', () => {
  const factors = [national('cathode_lfp', '7.20', 'tCO2e/t'), national('electricity', '0.5306', 'tCO2e/MWh')];
  const amounts = {
    'material.amount.cathode_lfp': '2000.0000',
    'production.amount.electricity': '40000.0000',
    output: '1000000.0000',
  };

  it('follow from amounts and factors, stage by stage', () => {
    const built = footprintOf(amounts, { factor: factors });
    // 2000 t × 7.20 and 40 000 MWh × 0.5306, over 1 000 000 kWh.
    expect(built.record.totals).toMatchObject({
      materialFootprint: { value: '14.400000', unit: 'kgCO2e/kWh' },
      productionFootprint: { value: '21.224000', unit: 'kgCO2e/kWh' },
      footprint: { value: '35.624000', unit: 'kgCO2e/kWh', formula: 'PCF' },
    });
    expect(built.figures.map(({ name }) => name)).toContain('material.emission.cathode_lfp');
    expect(faultsOf(built, { factor: factors })).toEqual([]);
  });

  it.each([
    ['materialFootprint', '14.300000'],
    ['footprint', '35.000000'],
    ['material.emission.cathode_lfp', '14399000.00'],
    ['productionStage_kgCO2e', '1.00'],
  ])('are refused at %s where it does not follow', (name, value) => {
    const wrong = footprintOf({ ...amounts, [name]: value }, { factor: factors });
    expect(faultsOf(wrong, { factor: factors })[0]).toBe(`FIGURE_MISMATCH /figures/${name}`);
  });

  it('are computed with what a supplier states of what it sells', () => {
    const [, grid = factors[0] as BuiltRecord] = factors;
    const upstream = draft('product-footprint', {
      kind: 'product-footprint.cathode_lfp',
      content: {
        ...exampleOf('product-footprint'),
        ...{ unit: 't', lines: stated.slice(1), leftOut: [{ stage: 'material', reason: '客供料' }] },
      },
      figures: { 'production.amount.electricity': '10.0000', output: '2.0000' },
      cites: { factor: [grid] },
    });
    expect(upstream.record.totals['footprint']?.value).toBe('2653.000000');
    const built = footprintOf(amounts, { factor: [grid], upstream: [upstream] });
    expect(built.record.totals['materialFootprint']?.value).toBe('5.306000');
    expect(faultsOf(built, { factor: [grid], upstream: [upstream] })).toEqual([]);
  });

  it('cannot be computed without a factor, nor with an output of nothing', () => {
    const [first = {} as BuiltRecord] = factors;
    const alone = footprintOf(amounts, { factor: [first] });
    expect(alone.record.totals['footprint']).toBeUndefined();
    expect(faultsOf(alone, { factor: [first] })).toEqual(
      expect.arrayContaining(['FIGURE_MISSING /figures/production.emission.electricity']),
    );
    const idle = footprintOf({ ...amounts, output: '0.0000' }, { factor: factors });
    expect(faultsOf(idle, { factor: factors })).toContain('FIGURE_MISSING /figures/footprint');
  });

  it('have the amounts of the anchored months, where a line names their figure', () => {
    const of = { electricity_MWh: '20000.000', cells_MWh: '500.000' };
    const months = ['2024-01', '2024-02'].map((period): BuiltRecord => {
      const { id, key, record, figures } = month(of, period);
      const all = [...figures].map(([name, value]) => ({ name, ...value, salt: '0'.repeat(32) }));
      return { id, key, record, figures: all };
    });
    const cites = { factor: factors, 'monthly-evidence': months };
    const content = { lines: [stated[0], lines[1]], outputFigure: 'cells_MWh', unit: 'MWh' };
    const given = { 'material.amount.cathode_lfp': '2000.0000' };
    const built = footprintOf(given, cites, content);
    expect(built.record.totals['footprint']).toMatchObject({ value: '35624.000000', unit: 'kgCO2e/MWh' });
    expect(faultsOf(built, cites)).toEqual([]);
    const less = footprintOf({ ...given, 'production.amount.electricity': '39999.0000' }, cites, content);
    expect(faultsOf(less, cites)).toEqual(['FIGURE_MISMATCH /figures/production.amount.electricity']);
  });
});
