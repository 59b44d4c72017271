import type { ErrorCode } from '@carbon-ledger/core';
import { LedgerError } from '@carbon-ledger/core/errors';
import { faultsOf } from '@carbon-ledger/core/validation';
import type { z } from 'zod';

/**
 * A value of a file as the schema has it.
 * @param subject the file, and the line of it where one is meant, in the words of the error
 * @throws LedgerError of that code with every fault at its place
 */
export function inShape<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  subject: string,
  code: ErrorCode = 'BAD_FILE',
): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError(code, subject, { faults: faultsOf(code, read.error) });
}
