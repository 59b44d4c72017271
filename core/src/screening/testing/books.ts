import type { Book, BookRecord } from '../book';
import { compileRules, type CompiledRules } from '../compile';
import { ruleSetSchema } from '../rule-set';
import { bookDigest, type BookSource } from '../screening';

export const plants = ['91140000MA0FAKE01X', '91140000MA0FAKE02X', '91140000MA0FAKE03X'] as const;
export const [uscc] = plants;

/** What a test says of a record; the rest is as it mostly is. */
export interface Told {
  readonly of?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly kind?: string;
  readonly issuer?: string;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly figures?: Readonly<Record<string, string>>;
  readonly cites?: Readonly<Record<string, readonly string[]>>;
  readonly more?: Partial<BookRecord>;
}

export function record(told: Told): BookRecord {
  const { of = uscc, unit = 'U1', period = '2024-03', kind = 'monthly-evidence', issuer = of } = told;
  const { content = {}, figures = {}, cites = {}, more } = told;
  return {
    ...{ key: `${of}/${unit}/${period}/${kind}`, type: kind.split('.')[0] ?? '', kind, issuer, version: 1 },
    ...{ subject: { uscc: of, unit, period }, content, figures: new Map(Object.entries(figures)), cites },
    ...{ documents: [], ...more },
  };
}

/** A file that a record names. */
export function documentOf(role: string, name: string, sha256 = 'ab'.repeat(32)): BookRecord['documents'][number] {
  return { role, name, mediaType: 'application/octet-stream', size: '1', sha256, sm3: 'cd'.repeat(32) };
}

export function book(records: readonly BookRecord[], more: Partial<Book> = {}): Book {
  return { uscc, records, ...more };
}

export function sourceOf(given: Book): BookSource {
  return { uscc: given.uscc, digest: bookDigest(given), load: () => Promise.resolve(given) };
}

const title = { en: 'x', zh: '甲' };

/** A rule set of one rule for each list of checks: `R-T01`, `R-T02`. What it is, the schema looks at as it does at a filed one. */
export function rulesOf(...rules: readonly object[]): CompiledRules {
  const head = { class: 'logic', severity: 'W', scope: 'unit-month', text: title, source: 'test' };
  return compileRules(
    ruleSetSchema.parse({
      ...{ id: 'TEST', title, effectiveFrom: '2024-01-01', sources: [], traits: { kind: [], fuel: [] } },
      rules: rules.map((rule, at) => ({ id: `R-T0${String(at + 1)}`, ...head, ...rule })),
    }),
  );
}

/** A rule that tells a value wherever there is one: it is never as low as its limit. */
export function tellingRule(value: string, check: object): object {
  const never = [{ value: '-999999999999' }];
  return { parameters: { never }, checks: [{ decimals: 6, value, bands: [{ high: 'never' }], ...check }] };
}
