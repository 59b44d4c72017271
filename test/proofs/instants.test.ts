import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type LedgerError,
  parseEarlierTransaction,
  parseMigrationStatement,
  parseReceipt,
  parseSubmission,
  partyContentSchema,
} from '@carbon-ledger/core';
import { trialPartyRecord } from '@carbon-ledger/plant-year/trial';
import { build, enterprise, lab, ledgerId, msp, sign } from '../support/trial-world';

/*
 * A signature is over Unix seconds, so a second with two texts could be changed under it; and a window of a key that no
 * calendar has compares as text with anything. Wherever an instant comes in, the same texts are refused.
 */

const good = '2026-11-30T23:59:59Z';
const bad = [
  '2026-11-29T24:00:00Z',
  '2026-11-31T08:00:00Z',
  '2026-02-29T08:00:00Z',
  '9999-99-99T99:99:99Z',
  '2026-11-29T23:60:00Z',
  '2026-11-29T23:59:60Z',
  '1969-12-31T23:59:59Z',
  '2026-11-29t08:00:00z',
  '２０２６-11-29T08:00:00Z',
  '2026-11-29T08:00:00.000Z',
  '2026-11-29T16:00:00+08:00',
  ' 2026-11-29T08:00:00Z',
  '2026-11-29T08:00:00Z\n',
];

const receipt = JSON.parse(
  readFileSync(join(__dirname, '../golden/receipt-v1/valid/report-of-a-laboratory.json'), 'utf8'),
) as { submission: object };

type Reads = (instant: string) => void;

const party = trialPartyRecord(enterprise, enterprise.uscc, [msp]).record as unknown as {
  content: { keys: [object] };
};

function withKey(change: object): void {
  const [key] = party.content.keys;
  partyContentSchema.parse({ ...party.content, keys: [{ ...key, ...change }] });
}

const statement = {
  schema: 'carbon-ledger/migration/v1',
  ledger: ledgerId,
  founder: lab.uscc,
  earlier: { ledger: ledgerId, logKey: 'k', checkpoint: 'c', transactions: 1, transactionsRoot: ledgerId },
  organisations: {},
  keyId: `0x${'0'.repeat(40)}`,
  suite: 'eip712-secp256k1',
  signature: '0x00',
};

let submission: object;

beforeAll(async () => {
  const content = { sampleNo: 'S-1', sampleMonth: '2024-01', sampleKind: '月缩分样', received: '2024-02-04' };
  const subject = { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' };
  submission = await sign([build({ type: 'sample-receipt', issuer: lab.uscc, subject, content })]);
});

const places: readonly (readonly [string, Reads])[] = [
  ['when a submission was signed', (signedAt) => void parseSubmission({ ...submission, signedAt })],
  [
    'from when a key is valid',
    (validFrom) => {
      withKey({ validFrom });
    },
  ],
  [
    'until when a key is valid',
    (validTo) => {
      withKey({ validTo });
    },
  ],
  ['when a migration statement was signed', (signedAt) => void parseMigrationStatement({ ...statement, signedAt })],
  [
    'when an earlier transaction was anchored',
    (time) => void parseEarlierTransaction({ txId: ledgerId, blockNumber: '1', time, submissions: [submission] }),
  ],
  [
    'the signing time in a receipt',
    (signedAt) => void parseReceipt({ ...receipt, submission: { ...receipt.submission, signedAt } }),
  ],
];

describe.each(places)('%s', (_, read) => {
  test('is taken as RFC 3339 in UTC and whole seconds', () => {
    expect(() => {
      read(good);
    }).not.toThrow();
  });

  test.each(bad.map((instant) => [JSON.stringify(instant), instant] as const))('is not %s', (_text, instant) => {
    const error = caught(() => {
      read(instant);
    });
    expect(JSON.stringify([error.message, error.faults])).toContain('not an instant in UTC');
  });
});

function caught(run: () => void): LedgerError {
  try {
    run();
  } catch (error) {
    return error as LedgerError;
  }
  throw new Error('nothing was refused');
}
