import { normaliseIdentifier } from '../identifiers';

/** Whose file a row comes from: CCER registry, allowance registry, province. */
export type Source = 'cancellations' | 'bookings' | 'applications';

export const sources: readonly Source[] = ['cancellations', 'bookings', 'applications'];

/** A cell that could not be read. */
export interface RowFault {
  readonly code: string;
  readonly cell: string;
  readonly found: string;
  readonly expected: string;
}

/** A row as it was read from its file: values by column id, each with its cell. */
export interface InputRow {
  readonly source: Source;
  readonly file: string;
  readonly sheet: string;
  readonly row: number;
  readonly values: Readonly<Record<string, string>>;
  /** Letters of the columns by their ids: one object for all rows of a table. */
  readonly columns: Readonly<Record<string, string>>;
  /** Cells by column id where one of them stands in another row: merged ones. */
  readonly merged?: Readonly<Record<string, string>>;
  readonly faults: readonly RowFault[];
}

/** Where the value of a column stands, `B7`; undefined where the row has none. */
export function cellNameOf({ row, values, columns, merged }: InputRow, column: string): string | undefined {
  if (values[column] === undefined) return undefined;
  if (merged) return merged[column];
  const letters = columns[column];
  return letters === undefined ? undefined : `${letters}${String(row)}`;
}

/** What the ledger knows, one fact at a time: a million of them pass by, and those that touch no row are forgotten. */
export type LedgerFact = ToldFact & {
  /** Why the word of its record is in doubt, `under-finding, resting`; absent where it is not. */
  readonly doubts?: string;
};

type ToldFact =
  | {
      readonly kind: 'accounts';
      /** Absent, as in facilities and obligations, in files of facts that an earlier version wrote. */
      readonly record?: string;
      readonly uscc: string;
      readonly ccer?: string;
      readonly allowance?: string;
    }
  /** Verified emissions of a compliance year: what is to be surrendered, in whole tonnes. */
  | {
      readonly kind: 'obligation';
      readonly record?: string;
      readonly uscc: string;
      readonly year: string;
      readonly due: string;
    }
  /** A facility of a key emitter: permit and facility code. */
  | { readonly kind: 'facility'; readonly record?: string; readonly code: string; readonly uscc: string }
  | {
      readonly kind: 'cancellation';
      readonly record: string;
      readonly uscc: string;
      readonly year: string;
      readonly project: string;
      readonly serialFrom: string;
      readonly serialTo: string;
      readonly qty: string;
    }
  /** Numbers kept for one enterprise's compliance year, until they are cancelled or released. */
  | {
      readonly kind: 'freeze';
      readonly record: string;
      readonly uscc: string;
      readonly year: string;
      readonly serialFrom: string;
      readonly serialTo: string;
    }
  /** A cancellation that is booked against the obligation. */
  | {
      readonly kind: 'booking';
      readonly record: string;
      readonly uscc: string;
      readonly year: string;
      readonly qty: string;
      /** The record of the cancellation. */
      readonly cancellation: string;
    };

export type FactOf<Kind extends LedgerFact['kind']> = Extract<LedgerFact, { readonly kind: Kind }>;

/** The other side of a finding: a row of a file with its cell, or a record of the ledger. */
export interface OtherSide {
  readonly file?: string;
  readonly sheet?: string;
  readonly row?: number;
  readonly cell?: string;
  readonly record?: string;
  readonly value: string;
}

/** Identity of a number as it is written in a column, `bookingNo`; a dash in place of a number is none. */
export function numberIn({ values }: InputRow, column: string): string | undefined {
  const identity = normaliseIdentifier(values[column] ?? '');
  return identity === '' ? undefined : identity;
}

/** The cell of a column in a row, and what stands there. */
export function cellOf(input: InputRow, column: string): OtherSide {
  const { file, sheet, row, values } = input;
  const cell = cellNameOf(input, column);
  return { file, sheet, row, ...(cell === undefined ? {} : { cell }), value: values[column] ?? '' };
}
