import { z } from 'zod';
import { isDay } from '../calendar';
import { isDecimalText } from '../decimal';
import { LedgerError } from '../errors';
import { faultsOf } from '../validation';
import shipped from './rules.json';

const day = z.string().refine(isDay, 'not a day (YYYY-MM-DD)');

const yearSchema = z.strictObject({
  /** Share of what is to be surrendered that CCER may cover. */
  capRate: z.string().refine(isDecimalText, 'not a decimal number'),
  /** Last day of cancellation and surrender. */
  deadline: day,
  /** Last day on which reductions of the first generation may be cancelled for the year. */
  oldUntil: day,
  isNewAllowed: z.boolean(),
  /** Whether what is cancelled is frozen first (「全国履约抵销」). */
  isFrozenFirst: z.boolean(),
  purposes: z.array(z.string()).min(1),
});

/** Which days of a year depart from the week: weekdays off, days of the weekend that are worked. */
const calendarSchema = z.strictObject({
  year: z.string().regex(/^[0-9]{4}$/),
  holidays: z.array(day).max(60),
  workdays: z.array(day).max(60),
});

/**
 * What the rules of the market say of offsets, by compliance year: 全国碳市场第一个履约周期使用CCER抵销配额清缴程序 (2021), the allocation plans of
 * 2023/2024 and 2025/2026 (draft), 温室气体自愿减排交易管理办法. Parameters, because notices change them.
 */
const reconciliationRulesSchema = z.strictObject({
  /** Days after the cancellation within which it is booked (the feed of every day: D+1). */
  bookingDays: z.int().min(0).max(60),
  /** Whether these are days of the calendar or working days, which run over holidays. */
  bookingCount: z.enum(['natural', 'working']).default('natural'),
  /** By which working days are counted; a year without one is counted Monday to Friday. */
  calendars: z.array(calendarSchema).max(100).default([]),
  /** When the exchange file of a day is closed, in Asia/Shanghai: what is cancelled later is of the next day's. */
  closesAt: z.string().regex(/^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/, 'not a time (HH:MM)'),
  /** Reductions on record before this day are of the first generation. */
  oldUntilRegistered: day,
  /** Reductions registered from this day on are of the second. */
  newFromRegistered: day,
  years: z.record(z.string().regex(/^[0-9]{4}$/), yearSchema),
});

/** A record of the ledger from which rules were taken, and that is in doubt. */
export interface DoubtedTable {
  /** Business key. */
  readonly record: string;
  /** Why, as the ledger names it. */
  readonly doubts: string;
}

export type ReconciliationRules = z.infer<typeof reconciliationRulesSchema> & {
  /** By the year whose rules they say: a row that agrees with rules in doubt is told so. Never of a file. */
  readonly doubted?: Readonly<Record<string, readonly DoubtedTable[]>>;
};
export type YearOfRules = z.infer<typeof yearSchema>;

/** The rules that come with the program. */
export const shippedReconciliationRules: ReconciliationRules = reconciliationRulesSchema.parse(shipped);

/** The rules of a year; undefined where they say nothing of it, whatever the year is called. */
export function rulesOfYear({ years }: ReconciliationRules, year: string): YearOfRules | undefined {
  return Object.hasOwn(years, year) ? years[year] : undefined;
}

/** @throws LedgerError BAD_FILE with every fault */
export function parseReconciliationRules(value: unknown): ReconciliationRules {
  const read = reconciliationRulesSchema.safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', 'the rules of reconciliation are not well formed', {
    faults: faultsOf('BAD_FILE', read.error),
  });
}
