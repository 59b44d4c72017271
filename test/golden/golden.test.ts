import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePolicy, verifyReceipt, type Expectation } from '@carbon-ledger/core';

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

const folder = join(__dirname, 'receipt-v1');
const bytes = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)));
const { cases } = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8')) as { cases: readonly Case[] };

describe('golden files of receipt.v1', () => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const verdict = verifyReceipt({
      receipt: bytes(one.receipt),
      policy: bytes(one.policy),
      ...(one.document === undefined ? {} : { document: bytes(one.document) }),
      ...(one.expect === undefined ? {} : { expect: one.expect }),
    });
    expect([verdict.result, verdict.code]).toEqual([one.result, one.code]);
    expect(verdict.missing).toEqual(one.missing ?? []);
  });

  test('hold at least 60 that must fail, and every file is asked for', () => {
    expect(cases.filter(({ result }) => result === 'FAIL').length).toBeGreaterThanOrEqual(60);
    const named = new Set(cases.flatMap(({ receipt, policy, document = '' }) => [receipt, policy, document]));
    const present = ['valid', 'pending', 'must-fail'].flatMap((part) =>
      readdirSync(join(folder, part)).map((file) => `${part}/${file}`),
    );
    expect(present.filter((file) => !named.has(file))).toEqual([]);
    expect(parsePolicy(bytes('policy.json')).id).toMatch(/^pol:[0-9a-f]{64}$/);
  });
});
