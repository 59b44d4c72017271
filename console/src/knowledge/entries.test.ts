import { catalogue, coalPower, recordTypeNames } from '@carbon-ledger/core';
import { formulaEntries, ownEntries, search } from './entries';

const entries = ownEntries();

describe('the knowledge base', () => {
  it('explains every kind of record and every error, in both languages', () => {
    const codes = new Set(entries.map(({ code }) => code));
    expect([...recordTypeNames, ...Object.keys(catalogue)].filter((code) => !codes.has(code))).toEqual([]);
    expect(entries.filter(({ name, text }) => [name.zh, name.en, text.zh, text.en].includes(''))).toEqual([]);
  });

  it('finds by words of either language, in any order, the exact code first', () => {
    expect(search(entries, 'RATE_LIMITED')[0]?.code).toBe('RATE_LIMITED');
    expect(search(entries, '月度存证').some(({ code }) => code === 'monthly-evidence')).toBe(true);
    expect(search(entries, 'proof closed').map(({ name }) => name.en)).toContain('Figure proof');
    expect(search(entries, 'no such thing at all')).toEqual([]);
  });

  it('gives everything where nothing is asked', () => {
    expect(search(entries, ' ')).toHaveLength(entries.length);
  });

  it('tells the formula of each computed figure of a methodology', () => {
    const formulas = formulaEntries(coalPower('2024'));
    const emission = formulas.find(({ code }) => code === 'emission_tCO2');
    expect(emission?.details[0]?.en).toContain(':');
    expect(formulas.length).toBeGreaterThan(20);
  });
});
