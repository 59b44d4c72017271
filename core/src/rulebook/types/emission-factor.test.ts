import { recordTypes } from '../registry';
import { recordOf, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['name', 'value', 'unit', 'boundary', 'validFrom', 'validTo', 'publishedOn', 'source'],
  optional: { region: '140000' },
  texts: ['name', 'source'],
  bad: [
    ['a value with an exponent', { value: '5e-1' }, '/content/value'],
    ['kilograms', { unit: 'kgCO2e/kWh' }, '/content/unit'],
    ['tonnes over nothing', { unit: 'tCO2e' }, '/content/unit'],
    ['tonnes over what is no unit', { unit: 'tCO2e/shovel' }, '/content/unit'],
    ['tonnes over a share', { unit: 'tCO2e/%' }, '/content/unit'],
    ['tonnes over tonnes of the same', { unit: 'tCO2e/tCO2' }, '/content/unit'],
    ['a boundary that there is not', { boundary: 'moon' }, '/content/boundary'],
    ['a day that is none', { validFrom: '2023-02-29' }, '/content/validFrom'],
    ['a region that is none', { region: '99' }, '/content/region'],
  ],
};

describe('the content of an emission factor', () => {
  it.each(contentTable('emission-factor', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('emission-factor', content)).toEqual(faults);
  });

  it.each(['tCO2e/MWh', 'tCO2/GJ', 'tCO2e/(t*km)', 'tCO2e/10^4Nm3', 'tCO2e/piece'])('may be in %s', (unit) => {
    expect(contentFaultsOf('emission-factor', { ...recordOf('emission-factor').content, unit })).toEqual([]);
  });
});

const told = (content: Situation['content'] = {}, more: Situation = {}): Promise<string[]> =>
  toldOf('emission-factor', { content, ...more });

describe('an emission factor', () => {
  it('is not below zero, ends after it begins, and was published', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ value: '0', validTo: null })).toEqual([]);
    expect(await told({ value: '-0.1' })).toEqual(['BAD_RECORD /content/value']);
    expect(await told({ validTo: '2022-12-31' })).toEqual(['BAD_RECORD /content/validTo']);
    expect(await told({ publishedOn: '2099-01-01' })).toEqual(['BAD_RECORD /content/publishedOn']);
  });

  it.each(['x-1', 'a'.repeat(21)])('has a code that figures and corrections can carry, not %s', async (code) => {
    expect(await told({}, { kind: `emission-factor.${code}` })).toEqual(['BAD_RECORD /kind']);
  });

  it('carries its value as a public figure, digit by digit', () => {
    const [spec] = recordTypes['emission-factor'].figures?.(recordOf('emission-factor')) ?? [];
    expect(spec).toMatchObject({ name: 'factor', unit: 'tCO2e/MWh', decimals: 4, visibility: 'public', stated: false });
  });
});
