import { at, glass, type glassFiles } from '../testing/glass-folder';
import { lintMethodology, type LintReport } from '.';

/* What can be read, computed in a vector and filed, and would yet fail or say nothing on the ledger. */

type Files = ReturnType<typeof glassFiles>;
type Members = Record<string, unknown>;
const month = 'monthly-evidence@unit';
const report = 'annual-report@unit';

const told = (of: 'faults' | 'notes', change: (files: Files) => void): string[] =>
  lintMethodology(glass(change))[of satisfies keyof LintReport].map(({ path, message }) => `${path}: ${message}`);
const figure = (files: Files, name: string, table = month): Members => at(files.methodology, 'figures', table, name);
const caseOf = (files: Files, name: string, id: string, table = month): Members =>
  at(figure(files, name, table), 'cases', id);
const stated = (unit = 't'): Members => ({ unit, decimals: '2', stated: 'true' });

/** Heat where a condition holds; stated where it does not. */
function heatWhen(files: Files, when: string): void {
  Object.assign(figure(files, 'heat_GJ'), { stated: 'true' });
  caseOf(files, 'heat_GJ', 'Q')['when'] = [when];
}

describe('names that lead nowhere', () => {
  it.each<[string, (files: Files) => void, string]>([
    [
      'a kind of record that there is none of',
      (files) => (at(files.methodology, 'figures')['monthly-evidnce@unit'] = { fuel_t: stated() }),
      '/methodology/figures/monthly-evidnce@unit: monthly-evidnce is no kind of record',
    ],
    [
      'a level that there is none of',
      (files) => (at(files.methodology, 'figures')['monthly-evidence@line'] = { fuel_t: stated() }),
      'is not KIND@unit or KIND@plant',
    ],
    [
      'a profile of no kind',
      (files) => (files.profile['test-reports@unit'] = { units: { NCV_GJ_t: 'GJ/t' } }),
      '/profile/test-reports@unit: test-reports is no kind of record',
    ],
    [
      'a citation of no kind',
      (files) => (at(files.profile, month, 'cites', 'quality-control-plan')['of'] = 'plan@unit'),
      `/profile/${month}/cites/quality-control-plan: plan is no kind of record`,
    ],
    [
      'more citations at least than at most',
      (files) => (at(files.profile, report, 'cites', 'monthly-evidence')['min'] = '13'),
      'at least 13 and at most 12 is never so',
    ],
    [
      'a member that belongs to a family as well',
      (files) => Object.assign(at(files.methodology, 'figures', month), { 'f.*': stated(), 'f.x': stated() }),
      'f.x is a member of the family f.*',
    ],
    [
      'a figure that is optional, and neither stated nor computed',
      (files) => Object.assign(figure(files, 'fuel_t'), { stated: 'false', required: 'false' }),
      'it has no case at all',
    ],
    [
      'a parameter of a member, where there is no family',
      (files) => (at(caseOf(files, 'emission_tCO2', 'E.default'), 'of')['EF'] = '$CC.@'),
      'CC.@ stands for the member of a family, but emission_tCO2 is none',
    ],
    [
      'a parameter chosen by a text',
      (files) =>
        (at(files.profile, 'quality-control-plan@unit', 'content')['fuel'] = { en: 'F', zh: '燃料', kind: 'text' }),
      'a parameter is chosen by a choice, and fuel is a text',
    ],
    [
      'a decimal fact without unit',
      (files) => (at(files.profile, month, 'content')['load'] = { en: 'Load', zh: '负荷', kind: 'decimal' }),
      'a unit if, and only if',
    ],
  ])('are named: %s', (_, change, words) => {
    expect(told('faults', change).join('\n')).toContain(words);
  });
});

describe('what the ledger would not take', () => {
  it.each<[string, (files: Files) => void, string]>([
    [
      'too many decimals',
      (files) => (figure(files, 'fuel_t')['decimals'] = '13'),
      `/methodology/figures/${month}/fuel_t`,
    ],
    [
      'a figure in characters that are none of a name',
      (files) => (at(files.methodology, 'figures', month)['原煤_t'] = stated()),
      `/methodology/figures/${month}/原煤_t`,
    ],
    [
      'a field that is no name',
      (files) => (at(files.profile, month, 'content')['bad name'] = { en: 'x', zh: '某', kind: 'text' }),
      `/profile/${month}/content/bad name`,
    ],
  ])('is told before it is filed: %s', (_, change, place) => {
    expect(told('faults', change)).toContainEqual(
      expect.stringMatching(new RegExp(`^${place}.*the ledger would not take this`)),
    );
  });
});

describe('conditions', () => {
  it.each<[string, string]>([
    ['fuel_t = 0', 'never so: fuel_t is written with 2 decimals, and 0 is not'],
    ['fuel_t in 0.0 | 1.00', 'and 0.0 is not'],
    ['fuel_t in none', 'and none is not'],
    ['fuel_t > many', 'many is not a number'],
    ['/basis > 3', 'basis is a choice, not a number'],
  ])('%s is told what is wrong with it', (when, words) => {
    expect(
      told('faults', (files) => {
        heatWhen(files, when);
      }).join('\n'),
    ).toContain(words);
  });

  it.each(['fuel_t = 0.00', 'fuel_t in 0.00 | 1.00', 'fuel_t > 0', '/basis in measured', '/basis = measured'])(
    '%s is in order',
    (when) => {
      expect(
        told('faults', (files) => {
          heatWhen(files, when);
        }),
      ).toEqual([]);
    },
  );

  it('look at one value: not at a family, and not at one of twelve months', () => {
    const several = 'a condition looks at one value, and this may be several';
    const ofFamily = told('faults', (files) => {
      Object.assign(at(files.methodology, 'figures', month), { 'f.*': stated() });
      files.glossary['f'] = { en: 'f', zh: '燃' };
      heatWhen(files, 'f.* > 0');
    });
    expect(ofFamily).toEqual([expect.stringContaining(several)]);
    const ofMonths = told('faults', (files) => {
      Object.assign(figure(files, 'emission_tCO2', report), { stated: 'true' });
      caseOf(files, 'emission_tCO2', 'S', report)['when'] = ['monthly-evidence#fuel_t > 0'];
    });
    expect(ofMonths).toEqual([expect.stringContaining(several)]);
  });
});

describe('what a formula computes with', () => {
  const year = (formula: string): string[] =>
    told('faults', (files) => (caseOf(files, 'emission_tCO2', 'S', report)['formula'] = formula));

  it('may be several values only where it takes them together', () => {
    for (const formula of ['round(E, 0)', 'round(sum(E * 2), 0)', 'round(max(E, 3), 0)'])
      expect(year(formula)).toEqual([
        expect.stringContaining('E may be several values (monthly-evidence#emission_tCO2)'),
      ]);
    for (const formula of ['round(mean(E), 0)', 'round(max(E), 0)', 'round(wavg(E, E), 0)'])
      expect(year(formula)).toEqual([]);
  });

  const withFact = (formula: string, fact: Members): string[] =>
    told('faults', (files) => {
      at(files.profile, month, 'content')['load'] = { en: 'Load', zh: '负荷', ...fact };
      Object.assign(caseOf(files, 'heat_GJ', 'Q'), { formula });
      Object.assign(at(caseOf(files, 'heat_GJ', 'Q'), 'of'), { FC: '/load' });
    });

  it('is no text, choice or day; a decimal fact may have any decimals, so its formula rounds', () => {
    expect(withFact('round(FC * NCV, 2)', { kind: 'text' }).join()).toContain('/load is a text, not a number');
    expect(withFact('round(FC * NCV, 2)', { kind: 'decimal', unit: 't' })).toEqual([]);
    expect(withFact('FC * NCV', { kind: 'decimal', unit: 't' })).toEqual([
      expect.stringContaining('write round(FC * NCV, 2)'),
    ]);
  });

  const dividing = (formula: string, when?: string): string[] =>
    told('notes', (files) => {
      Object.assign(caseOf(files, 'heat_GJ', 'Q'), { formula, ...(when === undefined ? {} : { when: [when] }) });
    });

  it('is told, where it divides by a figure that may be zero: a note', () => {
    const note = 'divides by fuel_t: a record in which it is 0 will be refused';
    for (const formula of ['round(NCV / FC, 2)', 'round(NCV / (2 * FC), 2)', 'round(wavg(NCV, FC), 2)'])
      expect(dividing(formula)).toEqual([expect.stringContaining(note)]);
    for (const when of ['fuel_t > 0', 'fuel_t >= 1', 'fuel_t < 0', 'fuel_t = 1.00'])
      expect(dividing('round(NCV / FC, 2)', when)).toEqual([]);
    for (const when of ['fuel_t >= 0', 'NCV_GJ_t > 0', 'fuel_t > -1', 'fuel_t in 0.00 | 1.00'])
      expect(dividing('round(NCV / FC, 2)', when)).toEqual([expect.stringContaining(note)]);
    expect(dividing('round(NCV * FC / 100, 2)')).toEqual([]);
  });
});

describe('a balance value', () => {
  const balanced = (change: (rule: Members, files: Files) => void): string[] =>
    told('faults', (files) => {
      const rule = {
        ...{ parameter: 'BP', unit: 'tCO2', decimals: '4', of: report, slope: '0.15', cap: '0.03' },
        ...{ emission: 'emission_tCO2', intensity: 'emission_tCO2' },
      };
      files.methodology['balance'] = rule;
      at(files.parameters, 'values')['BP'] = { unit: 'tCO2', source: 'plan', years: {} };
      files.glossary['BP'] = { en: 'Balance value', zh: '平衡值' };
      change(rule, files);
    });

  it('is solved from public figures of a table that there is, in the unit of its parameter', () => {
    expect(balanced(() => undefined)).toEqual([]);
    expect(balanced((rule) => (rule['of'] = 'annual-report@plant'))[0]).toContain(
      'there is no table annual-report@plant',
    );
    expect(balanced((rule) => (rule['intensity'] = 'intensty'))[0]).toContain('has no figure intensty');
    expect(balanced((_, files) => (figure(files, 'emission_tCO2', report)['visibility'] = 'private'))[0]).toContain(
      'must be public',
    );
    expect(balanced((rule) => (rule['unit'] = 'tCO2/t')).join()).toContain('is in tCO2/t, but emission_tCO2 in tCO2');
    expect(balanced((rule) => (rule['parameter'] = 'BQ')).join()).toContain('there is no parameter BQ');
  });
});
