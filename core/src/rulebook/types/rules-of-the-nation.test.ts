import { coalPower, coalPowerParameters } from '../../methodology';
import { toldOf } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';

type Members = Record<string, unknown>;

const figure = { name: 'a', unit: 't', decimals: 2, visibility: 'public', required: true, stated: false, cases: [] };
const formula = { id: 'F', expression: 'x', inputs: { x: { content: 'y' } } };
const ofFigure = (change: object): Members => ({ figures: { 'monthly-evidence@unit': [{ ...figure, ...change }] } });
const ofFormula = (change: object): Members => ofFigure({ cases: [{ ...formula, ...change }] });
const at = '/content/figures/monthly-evidence@unit/0';
const balance = {
  parameter: 'BP',
  unit: 'tCO2/t',
  decimals: 4,
  of: 'verification-conclusion@plant',
  emission: 'e',
  intensity: 'i',
  slope: '0.15',
  cap: '0.03',
};
const field = { title: { en: 'Line', zh: '产线' }, kind: 'text', required: true };
const ofField = (change: object): Members => ({
  profile: { 'monthly-evidence@unit': { content: { line: { ...field, ...change } }, cites: {}, units: {} } },
});
const line = '/content/profile/monthly-evidence@unit/content/line';

const methodology: ContentPromise = {
  required: ['id', 'title', 'year', 'sources', 'figures'],
  optional: { profile: {}, parameterUnits: { 'CC.*': 'tC/GJ' }, balance },
  bad: [
    ['an id of 61 characters', { id: 'x'.repeat(61) }, '/content/id'],
    ['a title in one language', { title: { en: 'x' } }, '/content/title/zh'],
    ['a year of two digits', { year: '24' }, '/content/year'],
    ['21 sources', { sources: Array.from({ length: 21 }, () => '…') }, '/content/sources'],
    ['81 figures of one kind', { figures: { x: Array.from({ length: 81 }, () => figure) } }, '/content/figures/x'],
    ['a figure that begins with a digit', ofFigure({ name: '1a' }), `${at}/name`],
    ['a family in the middle of a name', ofFigure({ name: 'a.*.b' }), `${at}/name`],
    ['half a decimal', ofFigure({ decimals: 0.5 }), `${at}/decimals`],
    ['thirteen decimals', ofFigure({ decimals: 13 }), `${at}/decimals`],
    ['a figure for some people', ofFigure({ visibility: 'lab' }), `${at}/visibility`],
    ['nine cases', ofFigure({ cases: Array.from({ length: 9 }, () => formula) }), `${at}/cases`],
    ['a formula of 501 characters', ofFormula({ expression: '1'.repeat(501) }), `${at}/cases/0/expression`],
    ['an input from nowhere', ofFormula({ inputs: { x: {} } }), `${at}/cases/0/inputs/x`],
    [
      'an input from two places',
      ofFormula({ inputs: { x: { from: 'a', figure: 'b', content: 'c' } } }),
      `${at}/cases/0/inputs/x`,
    ],
    [
      'an input with a sign in its name',
      ofFormula({ inputs: { 'x-y': { content: 'c' } } }),
      `${at}/cases/0/inputs/x-y`,
    ],
    [
      'seven conditions',
      ofFormula({ when: Array.from({ length: 7 }, () => ({ cited: 'a', is: true })) }),
      `${at}/cases/0/when`,
    ],
    [
      'a condition that nobody can ask',
      ofFormula({ when: [{ of: { content: 'a' }, op: 'ne', value: '1' }] }),
      `${at}/cases/0/when/0`,
    ],
    ['a formula with code beside it', ofFormula({ script: 'x' }), `${at}/cases/0`],
    [
      'a profile of no table',
      { profile: { evidence: { content: {}, cites: {}, units: {} } } },
      '/content/profile/evidence',
    ],
    ['a field of no kind', ofField({ kind: 'number' }), `${line}/kind`],
    ['a field without words', ofField({ title: undefined }), `${line}/title`],
    ['a balance that passes on more than all', { balance: { ...balance, slope: '1.5' } }, '/content/balance/slope'],
    ['a balance over no table', { balance: { ...balance, of: 'plants' } }, '/content/balance/of'],
  ],
};

describe('the content of a methodology', () => {
  it.each(goodContents('methodology', methodology))('is taken as %j', (content) => {
    expect(contentFaultsOf('methodology', content)).toEqual([]);
  });
  it.each(badContents('methodology', methodology))('is refused with $what', ({ content, path }) => {
    const faults = contentFaultsOf('methodology', content);
    expect(faults).toEqual([`BAD_RECORD ${path}`]);
  });
  it.each(['2024', '2025'])('is that of coal power of %s', (year) => {
    expect(contentFaultsOf('methodology', { ...coalPower(year) })).toEqual([]);
  });
});

describe('a methodology', () => {
  const faults = (change: object): Promise<string[]> => toldOf('methodology', { content: ofFormula(change) });
  const place = '/content/figures/monthly-evidence@unit/a';

  it('has formulas that can be read, and an input for each of their names', async () => {
    expect(await faults({})).toEqual([]);
    expect(await faults({ expression: 'x + y * z' })).toEqual([`BAD_FORMULA ${place}`, `BAD_FORMULA ${place}`]);
  });

  it.each([
    '',
    '1 +',
    'x)',
    'eval(x)',
    'x.constructor',
    'x; y',
    '"x"',
    'x ** x',
    `${'('.repeat(25)}x${')'.repeat(25)}`,
  ])('has no formula %j', async (expression) => {
    expect(await faults({ expression })).toEqual([`BAD_FORMULA ${place}`]);
  });
});

const value = { value: '99', unit: '%', source: '指南' };
const ofValue = (change: object): Members => ({ values: { OF: { ...value, ...change } } });
const inputs = (change: object): Members => ofValue({ inputs: { root: 'a'.repeat(64), size: 1, ...change } });

const parameter: ContentPromise = {
  required: ['table', 'effectiveFrom', 'effectiveTo', 'values'],
  bad: [
    ['a table’s name of 61 characters', { table: 'x'.repeat(61) }, '/content/table'],
    ['a first day that is none', { effectiveFrom: '2026-02-29' }, '/content/effectiveFrom'],
    ['a last day of another form', { effectiveTo: '31/12/2026' }, '/content/effectiveTo'],
    ...['1e3', '.5', '+1', '01', '1.', 'NaN', '1'.repeat(31), `0.${'1'.repeat(21)}`].map(
      (text) => [`the value ${text}`, ofValue({ value: text }), '/content/values/OF/value'] as const,
    ),
    ['a value without source', ofValue({ source: undefined }), '/content/values/OF/source'],
    ['a value without unit', ofValue({ unit: undefined }), '/content/values/OF/unit'],
    ['a value with a field more', ofValue({ old: '98' }), '/content/values/OF'],
    ['inputs without root', inputs({ root: undefined }), '/content/values/OF/inputs/root'],
    ['inputs of nothing', inputs({ size: 0 }), '/content/values/OF/inputs/size'],
    ['a root in capitals', inputs({ root: 'A'.repeat(64) }), '/content/values/OF/inputs/root'],
  ],
};

describe('the content of a parameter table', () => {
  it.each([...goodContents('parameter', parameter), { ...exampleOf('parameter'), effectiveTo: null, ...inputs({}) }])(
    'is taken as %j',
    (content) => {
      expect(contentFaultsOf('parameter', content)).toEqual([]);
    },
  );
  it.each(badContents('parameter', parameter))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('parameter', content)).toEqual([`BAD_RECORD ${path}`]);
  });
  it.each(['2024', '2025'])('is that of coal power of %s', (year) => {
    expect(contentFaultsOf('parameter', { ...coalPowerParameters(year) })).toEqual([]);
  });
});
