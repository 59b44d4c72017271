import type { FolderValues, MethodologyFolder } from '../kit';
import { readMethodologyFolder } from '../kit';

type Members = Record<string, unknown>;

const words = (en: string): Members => ({ en, zh: `（虚构）${en}` });
const choice = (...values: string[]): Members => ({
  ...words('Choice'),
  kind: 'choice',
  choices: Object.fromEntries(values.map((value) => [value, words(value)])),
});

/** A small fictitious methodology of glass, as a reader gives its files: every scalar is text. */
export function glassFiles(): Record<'methodology' | 'parameters' | 'profile' | 'glossary', Members> & {
  vectors: Members[];
} {
  return {
    methodology: {
      id: 'X-GLASS',
      sector: 'glass',
      unit: 'GLASS',
      years: ['2024', '2025'],
      title: words('Glass {year}'),
      sources: ['Fictitious guideline'],
      figures: {
        'monthly-evidence@unit': {
          fuel_t: { unit: 't', decimals: '2', stated: 'true' },
          NCV_GJ_t: { unit: 'GJ/t', decimals: '3', stated: 'true' },
          heat_GJ: {
            unit: 'GJ',
            decimals: '2',
            cases: { Q: { formula: 'round(FC * NCV, 2)', of: { FC: 'fuel_t', NCV: 'NCV_GJ_t' }, basis: 'clause 1' } },
          },
          emission_tCO2: {
            unit: 'tCO2',
            decimals: '2',
            visibility: 'public',
            cases: {
              'E.measured': {
                when: ['/basis in measured'],
                formula: 'round(Q * CC * 44 / 12, 2)',
                of: { Q: 'heat_GJ', CC: '$CC by quality-control-plan/fuel' },
              },
              'E.default': {
                when: ['/basis in default'],
                formula: 'round(Q * EF, 2)',
                of: { Q: 'heat_GJ', EF: '$EF' },
              },
            },
          },
        },
        'annual-report@unit': {
          emission_tCO2: {
            unit: 'tCO2',
            decimals: '0',
            visibility: 'public',
            cases: { S: { formula: 'round(sum(E), 0)', of: { E: 'monthly-evidence#emission_tCO2' } } },
          },
        },
      },
    },
    parameters: {
      values: {
        'CC.coke': { unit: 'tC/GJ', source: 'table 1', value: '0.0290' },
        'CC.gas': { unit: 'tC/GJ', source: 'table 1', value: '0.0153' },
        EF: { unit: 'tCO2/GJ', source: 'notice', years: { 2024: '0.1', 2025: '0.09' } },
      },
    },
    profile: {
      'quality-control-plan@unit': { content: { fuel: choice('coke', 'gas') } },
      'monthly-evidence@unit': {
        content: { basis: choice('measured', 'default') },
        cites: { 'quality-control-plan': { of: 'quality-control-plan@unit', min: '1', max: '1' } },
      },
      'annual-report@unit': { cites: { 'monthly-evidence': { of: 'monthly-evidence@unit', min: '1', max: '12' } } },
    },
    glossary: Object.fromEntries(
      ['fuel_t', 'NCV_GJ_t', 'heat_GJ', 'emission_tCO2', 'CC', 'EF'].map((name) => [name, words(name)]),
    ),
    vectors: [
      {
        name: 'coke and gas',
        year: '2024',
        records: {
          coke: { kind: 'quality-control-plan', unit: 'L1', content: { fuel: 'coke' } },
          january: {
            ...{ kind: 'monthly-evidence', unit: 'L1', month: '01', content: { basis: 'measured' } },
            cites: { 'quality-control-plan': 'coke' },
            figures: { fuel_t: '100.00', NCV_GJ_t: '28.000' },
            expect: { heat_GJ: '2800.00', emission_tCO2: '297.73' },
            steps: { emission_tCO2: 'E.measured' },
          },
          february: {
            ...{ kind: 'monthly-evidence', unit: 'L1', month: '02', content: { basis: 'default' } },
            cites: { 'quality-control-plan': 'coke' },
            figures: { fuel_t: '10.00', NCV_GJ_t: '28.000' },
            expect: { emission_tCO2: '28.00' },
          },
          year: {
            ...{ kind: 'annual-report', unit: 'L1' },
            cites: { 'monthly-evidence': ['january', 'february'] },
            expect: { emission_tCO2: '326' },
          },
        },
      },
    ],
  };
}

/** The same with one thing changed. */
export function changedGlass(change: (files: ReturnType<typeof glassFiles>) => void): FolderValues {
  const files = glassFiles();
  change(files);
  return files;
}

export function glass(change: (files: ReturnType<typeof glassFiles>) => void = () => undefined): MethodologyFolder {
  return readMethodologyFolder(changedGlass(change));
}

/** What stands at a path of members; made where it is not there. */
export function at(of: Members, ...path: readonly string[]): Members {
  return path.reduce<Members>((members, name) => (members[name] ??= {}) as Members, of);
}
