import type { Book, BookRecord } from '../book';
import type { Finding } from '../run-book';
import { screenBooks } from '../screening';
import { book, record, rulesOf, sourceOf, type Told } from './books';

/** One check over one book, and over the books of others beside it. */
export interface Case {
  readonly records: readonly BookRecord[];
  readonly parameters?: Readonly<Record<string, string>>;
  readonly each?: string;
  readonly others?: readonly Book[];
  /** More of the book, and more of the check. */
  readonly more?: Partial<Book>;
  readonly check?: object;
}

interface Screened {
  readonly findings: readonly Finding[];
  /** What was lacking, with how often. */
  readonly notRun: Readonly<Record<string, number>>;
}

/** Runs one rule of one check. */
async function screened(check: object, of: Case): Promise<Screened> {
  const { records, parameters = {}, each = 'test-report@unit', others = [], more = {} } = of;
  const limits = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, [{ value }]]));
  const head = Object.keys(limits).length === 0 ? {} : { parameters: limits };
  const rules = rulesOf({ ...head, checks: [{ each, ...check, ...of.check }] });
  const books = [book(records, more), ...others].map(sourceOf);
  const { result } = await screenBooks({ rules, scope: { of: 'all', year: '2024' }, books: () => books });
  return { findings: result.findings, notRun: result.rules['R-T01']?.notRun ?? {} };
}

const placeOf = (key: string): string => key.split('/').slice(1, 3).join('/');

/** Where a predicate found something, and what; or why it could not be run. */
export async function found(predicate: string, given: object, of: Case): Promise<readonly string[]> {
  const { findings, notRun } = await screened({ predicate, with: given }, of);
  return [
    ...findings.map(({ at, got }) => `${placeOf(at)} ${got}`),
    ...Object.keys(notRun).map((why) => `lacks ${why}`),
  ];
}

/** What each finding touches, without the enterprise, and the limit that it is told beside. */
export async function touched(predicate: string, given: object, of: Case): Promise<readonly (readonly string[])[]> {
  const { findings } = await screened({ predicate, with: given }, of);
  return findings.map(({ limit, touches }) => [
    limit,
    ...touches.map((address) => address.split('/').slice(1).join('/')),
  ]);
}

export const report = (period: string, content: Told['content'] = {}, more: Told = {}): BookRecord =>
  record({ kind: 'test-report', period, content, ...more });
