import { parameterTableSchema, type ParameterTable } from '../methodology/spec';
import { recordType } from './spec';

/** Values in force for a year: default carbon contents, benchmarks, factors, rates. A new version may follow directly. */
export const parameter = recordType<ParameterTable>({
  type: 'parameter',
  title: { en: 'Parameters', zh: '参数表' },
  content: parameterTableSchema,
  filedBy: ['national-authority'],
  labels: 'optional',
  unit: 'any',
  period: 'year',
  about: 'self',
  cites: () => [],
  versions: 'direct',
});
