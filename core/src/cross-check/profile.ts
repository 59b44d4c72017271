import { z } from 'zod';
import { isDecimalText } from '../decimal';
import { LedgerError } from '../errors';
import { figureNamePattern, kindPattern, unitPattern } from '../identifiers';
import { faultsOf } from '../validation';

const header = z.string().min(1).max(200);
const share = z
  .string()
  .refine((text) => isDecimalText(text) && !text.startsWith('-'), 'not a decimal number of 0 or more');

/**
 * How far an outside reading may lie from the anchored figure: so many units of the figure (`absolute`), or such a share of it
 * (`share`, 0.01 is one in a hundred), whichever is more. There is no tolerance that is not said.
 */
const toleranceSchema = z
  .strictObject({ absolute: share.exactOptional(), share: share.exactOptional() })
  .refine(({ absolute, share: part }) => absolute !== undefined || part !== undefined, 'say absolute, share or both');

const readingSchema = z
  .strictObject({
    /** Header of the column. */
    column: header,
    /** Kind of the anchored record (`monthly-evidence`) with the figure, or the field of its content. */
    record: z.string().regex(kindPattern, 'not a kind of record'),
    figure: z.string().regex(figureNamePattern, 'not a name of a figure').exactOptional(),
    field: z.string().min(1).max(60).exactOptional(),
    /** What a reading is multiplied by to come to the unit of the figure: 10 for 万千瓦时 and MWh. */
    factor: z.string().refine(isDecimalText, 'not a decimal number').default('1'),
    tolerance: toleranceSchema,
  })
  .refine(({ figure, field }) => (figure === undefined) !== (field === undefined), 'say either figure or field');

const sourceSchema = z.strictObject({
  /** Headers of the columns that say what a row is about; without `uscc` the party is said when it is run. */
  columns: z.strictObject({ uscc: header.exactOptional(), unit: header.exactOptional(), period: header }),
  period: z.enum(['month', 'year']),
  /** The unit of rows where no column names one. */
  unit: z.string().regex(unitPattern, 'not a unit').default('PLANT'),
  /** Units as the other side calls them, by their ids on the ledger. */
  units: z.record(z.string(), z.string().regex(unitPattern, 'not a unit')).default({}),
  /** Rows about the same are parts of one reading and are added up; else they contradict each other. */
  sum: z.boolean().default(false),
  readings: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,39}$/, 'not a name'), readingSchema),
});

const profilesSchema = z.record(z.string().min(1).max(60), sourceSchema);

export type CrossCheckTolerance = z.infer<typeof toleranceSchema>;
export type CrossCheckReading = z.infer<typeof readingSchema>;
/** How one source writes what it knows, and what it is compared with. */
export type CrossCheckProfile = z.infer<typeof sourceSchema>;

/** @throws LedgerError BAD_FILE with every fault, USAGE for a source that the profiles do not have */
export function parseCrossCheckProfile(value: unknown, source: string): CrossCheckProfile {
  const read = profilesSchema.safeParse(value);
  if (!read.success)
    throw new LedgerError('BAD_FILE', 'the profiles are not well formed', { faults: faultsOf('BAD_FILE', read.error) });
  const found = Object.hasOwn(read.data, source) ? read.data[source] : undefined;
  if (found !== undefined) return found;
  throw new LedgerError('USAGE', `no profile of ${source}; there are ${Object.keys(read.data).join(', ')}`);
}
