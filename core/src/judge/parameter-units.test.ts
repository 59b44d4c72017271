import { buildRecord, derivedSalts, shelvedRules, type RecordScope } from '..';
import { parameterUnitFaults } from './parameter-units';

const salts = derivedSalts(new Uint8Array(32));
const issuer = '91110000MA0FAKE3W8';
const rules = shelvedRules('CN-ETS-CEMENT', '2024');

function scopeOf(type: 'methodology' | 'parameter', content: object): RecordScope {
  const subject = { uscc: issuer, unit: 'CEMENT', period: '2024' };
  const { id, key, record } = buildRecord({ type, issuer, subject, content: { ...content } }, salts);
  return { id, key, record, figures: new Map(), cited: new Map() };
}

const methodology = scopeOf('methodology', rules.methodology);
const tableWith = (values: object): RecordScope =>
  scopeOf('parameter', { ...rules.parameters, values: { ...rules.parameters.values, ...values } });

describe('units of parameters', () => {
  it('are those that the methodology reads them in', () => {
    expect(parameterUnitFaults(methodology, tableWith({}))).toEqual([]);
  });

  it('are refused with the conversion named where they are others, every one of them', () => {
    const [name = '', known] = Object.entries(rules.parameters.values).find(([, { unit }]) => unit === 'GJ/t') ?? [];
    const other = Object.keys(rules.parameters.values).find((one) => one !== name && one.startsWith('NCV.')) ?? '';
    const changed = {
      [name]: { ...known, unit: 'MJ/t' },
      [other]: { ...rules.parameters.values[other], unit: 'tCO2' },
    };
    const faults = parameterUnitFaults(methodology, tableWith(changed));
    expect(faults.map(({ code, path }) => [code, path])).toEqual([
      ['CITATION_MISMATCH', '/cites'],
      ['CITATION_MISMATCH', '/cites'],
    ]);
    expect(faults.map(({ message }) => message).join('\n')).toMatch(
      /1 MJ\/t is 0\.001 GJ\/t[\s\S]*cannot be converted/,
    );
  });

  it('are judged anew for another table', () => {
    const [name = '', known] = Object.entries(rules.parameters.values)[0] ?? [];
    expect(parameterUnitFaults(methodology, tableWith({ [name]: { ...known, unit: 'km' } }))).toHaveLength(1);
    expect(parameterUnitFaults(methodology, tableWith({}))).toEqual([]);
  });
});
