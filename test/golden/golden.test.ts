import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy, verifyFigureProof, verifyReceipt, type Expectation } from '@carbon-ledger/core';

interface Case {
  readonly name: string;
  readonly receipt: string;
  readonly policy: string;
  readonly document?: string;
  readonly expect?: Expectation;
  readonly result: string;
  readonly code?: string;
  readonly missing?: readonly string[];
}

const bytes = (set: string, file: string): Uint8Array => new Uint8Array(readFileSync(join(__dirname, set, file)));
const casesOf = (set: string): readonly Case[] =>
  (JSON.parse(readFileSync(join(__dirname, set, 'index.json'), 'utf8')) as { cases: readonly Case[] }).cases;

describe.each(['receipt-v1', 'receipt-v1-timestamp', 'receipt-v1-packed', 'receipt-v1-policy-v2'])('golden files of %s', (set) => {
  const cases = casesOf(set);

  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const verdict = verifyReceipt({
      receipt: bytes(set, one.receipt),
      policy: bytes(set, one.policy),
      ...(one.document === undefined ? {} : { document: bytes(set, one.document) }),
      ...(one.expect === undefined ? {} : { expect: one.expect }),
    });
    expect([verdict.result, verdict.code]).toEqual([one.result, one.code]);
    expect(verdict.missing).toEqual(one.missing ?? []);
  });

  test('every file is asked for', () => {
    const named = new Set(cases.flatMap(({ receipt, policy, document = '' }) => [receipt, policy, document]));
    const parts = ['valid', 'pending', 'must-fail'].filter((part) => existsSync(join(__dirname, set, part)));
    const present = parts.flatMap((part) =>
      readdirSync(join(__dirname, set, part)).map((file) => `${part}/${file}`),
    );
    expect(present.filter((file) => !named.has(file))).toEqual([]);
    expect(parsePolicy(bytes(set, 'policy.json')).id).toMatch(/^pol:[0-9a-f]{64}$/);
  });
});

test('at least 60 golden files must fail, each with a code', () => {
  const failing = casesOf('receipt-v1').filter(({ result }) => result === 'FAIL');
  expect(failing.length).toBeGreaterThanOrEqual(60);
  expect(failing.every(({ code }) => code !== undefined)).toBe(true);
});

describe.each(['figure-proof-v1', 'figure-proof-v1-packed', 'figure-proof-v1-policy-v2'])('golden files of %s', (set) => {
  const { cases } = JSON.parse(readFileSync(join(__dirname, set, 'index.json'), 'utf8')) as {
    cases: readonly { readonly name: string; readonly proof: string; readonly result: string; readonly code?: string }[];
  };

  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const verdict = verifyFigureProof({ proof: bytes(set, one.proof), policy: bytes(set, 'policy.json') });
    expect([verdict.result, verdict.code]).toEqual([one.result, one.code]);
  });
});
