import { codeOf } from '../../../test/support/code-of';
import { isDecimalText } from '../decimal';
import { formulaNames, parseFormula } from '../formula';
import { contentFaultsOf } from '../rulebook/testing/content-table';
import { formatBinding, formatCondition, parseBinding, parseCondition } from './notation';
import { coalPower, coalPowerParameters, shelvedMethodologies, shelvedRules } from './shelf';
import { parseUnit } from './units/unit';

const shelf = shelvedMethodologies().flatMap(({ id, years }) => years.map((year): [string, string] => [id, year]));

describe('the methodologies that come with the program', () => {
  it('are of several sectors, each with its years', () => {
    expect(new Set(shelvedMethodologies().map(({ sector }) => sector)).size).toBeGreaterThanOrEqual(4);
    expect(shelf.length).toBeGreaterThan(8);
  });

  it('are one for each id and year', () => {
    const places = shelf.map(([id, year]) => `${id} ${year}`);
    expect(new Set(places).size).toBe(places.length);
  });

  it.each(shelf)('%s of %s can be filed: document and parameters are of the year', (id, year) => {
    const { methodology, parameters } = shelvedRules(id, year);
    expect(contentFaultsOf('methodology', { ...methodology })).toEqual([]);
    expect(contentFaultsOf('parameter', { ...parameters })).toEqual([]);
    expect([methodology.id, methodology.year, parameters.table]).toEqual([id, year, id]);
    expect([parameters.effectiveFrom, parameters.effectiveTo]).toEqual([`${year}-01-01`, `${year}-12-31`]);
    expect(`${methodology.title.en}${methodology.title.zh}`).not.toContain('{year}');
  });

  it.each(shelf)('%s of %s reads formulas that parse, with a source for every name and none beside', (id, year) => {
    const cases = Object.values(shelvedRules(id, year).methodology.figures)
      .flat()
      .flatMap((spec) => spec.cases);
    expect(cases.length).toBeGreaterThan(5);
    for (const { expression, inputs, when = [] } of cases) {
      expect(formulaNames(parseFormula(expression)).sort()).toEqual(Object.keys(inputs).sort());
      for (const binding of Object.values(inputs)) expect(parseBinding(formatBinding(binding))).toEqual(binding);
      for (const condition of when) expect(parseCondition(formatCondition(condition))).toEqual(condition);
    }
  });

  it.each(shelf)(
    '%s of %s has figures and parameters in units that are known, and values that are decimals',
    (id, year) => {
      const { methodology, parameters } = shelvedRules(id, year);
      for (const { unit } of Object.values(methodology.figures).flat()) expect(() => parseUnit(unit)).not.toThrow();
      for (const [name, { value, unit }] of Object.entries(parameters.values)) {
        expect([name, isDecimalText(value)]).toEqual([name, true]);
        expect(() => parseUnit(unit)).not.toThrow();
        if (methodology.parameterUnits !== undefined) expect(methodology.parameterUnits[name]).toBe(unit);
      }
    },
  );

  it('are told apart from those that there are not', () => {
    expect(codeOf(() => shelvedRules('CN-ETS-POWER', '1999'))).toBe('FORMULA_UNDEFINED');
    expect(() => shelvedRules('CN-ETS-POWER', '1999')).toThrow('there is one for');
    expect(() => shelvedRules('CN-ETS-PAPER', '2024')).toThrow('no such methodology is known');
    expect(codeOf(() => coalPower('1999'))).toBe('FORMULA_UNDEFINED');
    expect(codeOf(() => coalPowerParameters('1999'))).toBe('FORMULA_UNDEFINED');
  });
});
