import type { BookRecord } from '@carbon-ledger/core';

/** A record of a generated book that may still be changed. */
export type Draft = { -readonly [Name in keyof Omit<BookRecord, 'figures' | 'content'>]: BookRecord[Name] } & {
  figures: Map<string, string>;
  content: Record<string, unknown>;
};

/** Whose record it is, and by which rules. */
export interface Place {
  readonly uscc: string;
  readonly rules: { readonly methodology: (year: string) => string; readonly parameters: (year: string) => string };
}

interface Given {
  readonly issuer?: string;
  readonly content?: Record<string, unknown>;
  readonly figures?: Readonly<Record<string, string>>;
  readonly cites?: Readonly<Record<string, readonly string[]>>;
  readonly anchoredAt?: string;
}

export interface Subject extends Pick<Place, 'uscc'> {
  readonly unit: string;
  readonly period: string;
}

const roles: Readonly<Record<string, string>> = { 'test-report': 'report', 'sample-receipt': 'delivery-slip' };

function documentOf(role: string, key: string): BookRecord['documents'][number] {
  const of = { mediaType: 'application/pdf', size: '1', sha256: `sha256:${key}`, sm3: `sm3:${key}` };
  return { role, name: `${role}.pdf`, ...of };
}

export function record({ uscc, unit, period }: Subject, kind: string, given: Given): Draft {
  const key = `${uscc}/${unit}/${period}/${kind}`;
  const { issuer = uscc, content = {}, figures = {}, cites = {}, anchoredAt } = given;
  const [type = kind] = kind.split('.');
  const role = roles[type];
  return {
    ...{
      key,
      id: `rec:${key}`,
      type,
      kind,
      issuer,
      subject: { uscc, unit, period },
      version: 1,
      content,
      cites,
      documents: role === undefined ? [] : [documentOf(role, key)],
    },
    figures: new Map(Object.entries(figures)),
    ...(anchoredAt === undefined ? {} : { anchoredAt }),
  };
}
