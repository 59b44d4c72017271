import { faultsOf, LedgerError, type LedgerRecord, methodologySchema, parameterTableSchema } from '@carbon-ledger/core';
import type { PlantYearRules } from './evaluate';

/**
 * The rules of a ledger from its two records.
 * @throws LedgerError BAD_RECORD when they are not a methodology and a table of parameters
 */
export function methodologyRules(of: {
  readonly methodology: { readonly record: LedgerRecord };
  readonly parameters: { readonly record: LedgerRecord };
}): PlantYearRules {
  const methodology = methodologySchema.safeParse(of.methodology.record.content);
  const parameters = parameterTableSchema.safeParse(of.parameters.record.content);
  if (methodology.success && parameters.success) return { methodology: methodology.data, parameters: parameters.data };
  const faults = [methodology, parameters].flatMap((read) =>
    read.error ? faultsOf('BAD_RECORD', read.error, '/content') : [],
  );
  throw new LedgerError('BAD_RECORD', 'not the rules of a report year', { faults });
}
