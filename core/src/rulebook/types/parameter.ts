import { parameterTableSchema, type ParameterTable } from '../../methodology/spec';
import type { RecordTypeSpec } from '../spec';

/** Values in force for a year: default carbon contents, benchmarks, factors, rates. A new version may follow directly. */
export const parameter: RecordTypeSpec<ParameterTable> = {
  type: 'parameter',
  title: { en: 'Parameters', zh: '参数表' },
  content: parameterTableSchema,
  filed: [{ by: 'national-authority', as: 'self' }],
  labels: { names: 'any' },
  unit: 'any',
  period: 'year',
  process: 'continued',
  cites: () => [],
  example: {
    table: 'CN-ETS-POWER',
    effectiveFrom: '2026-01-01',
    effectiveTo: '2026-12-31',
    values: { OF: { value: '99', unit: '%', source: '核算与报告指南' } },
  },
};
