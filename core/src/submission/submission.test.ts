import fc from 'fast-check';
import { trialSigner } from '../../../test/support/trial-parties';
import { toHex } from '../bytes';
import { canonicalize } from '../canonical';
import { isLedgerError } from '../errors';
import { recordLeafHash, type LedgerRecord } from '../records';
import { rootOf } from '../merkle';
import { recordOf } from '../rulebook/testing/bench';
import {
  digestOf,
  digestSubmission,
  formatSubmissionId,
  maxRecordsPerSubmission,
  parseSubmission,
  parsingSubmission,
  recordsRoot,
  signSubmission,
  submissionText,
  unixSeconds,
  type SignedSubmission,
} from '.';

const ledger = 'ab'.repeat(32);
const party = '91140000MA0FAKE01X';
const signedAt = '2026-11-21T08:00:00Z';
const records = ['01', '02', '03'].map((month) => recordOf('sample-receipt', { subject: { period: `2024-${month}` } }));
const signer = trialSigner(party);

let submission: SignedSubmission;
beforeAll(async () => {
  submission = await signSubmission({ ledger, party, records, signedAt }, signer);
});

/** Code and places of the faults of a submission; `read` where it is read. */
function told(value: unknown): string[] {
  try {
    parseSubmission(value);
    return ['read'];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.faults.length === 0
      ? [error.code]
      : [...new Set(error.faults.map(({ code, path }) => `${code} ${path}`))];
  }
}

describe('a submission', () => {
  it('is read as it stands', () => {
    expect(parseSubmission(submission)).toEqual(submission);
  });

  it.each(['schema', 'ledger', 'party', 'keyId', 'suite', 'signedAt', 'records', 'signature'])(
    'has its %s',
    (member) => {
      expect(told({ ...submission, [member]: undefined })).toEqual([`BAD_SUBMISSION /${member}`]);
    },
  );

  it.each<[string, Record<string, unknown>, string]>([
    ['another schema', { schema: 'carbon-ledger/submission/v2' }, '/schema'],
    ['a ledger id of 31 bytes', { ledger: 'ab'.repeat(31) }, '/ledger'],
    ['a ledger id in capitals', { ledger: 'AB'.repeat(32) }, '/ledger'],
    ['a party whose check digit is wrong', { party: '91140000MA0FAKE010' }, '/party'],
    ['a key in capitals', { keyId: `0x${'A'.repeat(40)}` }, '/keyId'],
    ['an SM2 key of 20 bytes', { keyId: `sm2:${'0'.repeat(40)}` }, '/keyId'],
    ['a suite of its own', { suite: 'none' }, '/suite'],
    ['a local time', { signedAt: '2026-11-21T16:00:00+08:00' }, '/signedAt'],
    ['a time of milliseconds', { signedAt: '2026-11-21T08:00:00.000Z' }, '/signedAt'],
    ['a day that is none', { signedAt: '2026-02-30T08:00:00Z' }, '/signedAt'],
    ['a signature without 0x', { signature: '00' }, '/signature'],
    ['a signature of nothing', { signature: '0x' }, '/signature'],
    ['a signature without end', { signature: `0x${'0'.repeat(399)}` }, '/signature'],
    ['no records', { records: [] }, '/records'],
    ['a member more', { comment: 'x' }, ''],
  ])('is refused with %s', (_, change, place) => {
    expect(told({ ...submission, ...change })).toEqual([`BAD_SUBMISSION ${place}`]);
  });

  it('tells the faults of all its records, each with its place', () => {
    const bad = { ...records[0], version: 0, figuresRoot: 1 };
    expect(told({ ...submission, records: [records[0], bad, 'x', records[2]] })).toEqual([
      'BAD_RECORD /records/1/version',
      'BAD_RECORD /records/1/figuresRoot',
      'BAD_RECORD /records/2',
    ]);
  });

  it('is told by the code of its first fault', () => {
    const huge = { ...records[0], content: { text: 'x'.repeat(70_000) } };
    expect(told({ ...submission, records: [huge, 'x'] })).toEqual(['TOO_LARGE /records/0', 'BAD_RECORD /records/1']);
  });

  it('has at most a thousand records, counted before any is looked at', () => {
    const many = (count: number): unknown => ({
      ...submission,
      records: Array.from({ length: count }, () => records[0]),
    });
    expect(told(many(maxRecordsPerSubmission))).toEqual(['read']);
    const poison = new Proxy(
      {},
      {
        get: () => {
          throw new Error('looked at');
        },
      },
    );
    const tooMany = { ...submission, records: Array.from({ length: 1001 }, () => poison) };
    expect(told(tooMany)).toEqual(['BAD_SUBMISSION /records']);
  });

  it('ends reading at a thousand faults, and tells no more', () => {
    const bad = Array.from({ length: 600 }, () => ({}));
    try {
      parseSubmission({ ...submission, records: bad });
      throw new Error('was read');
    } catch (error) {
      expect(isLedgerError(error) && error.faults.length).toBe(1000);
    }
    const strange = Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`m${String(at)}`, 1]));
    expect(told(strange)).toEqual(['BAD_SUBMISSION']);
  });

  it('is read in steps, one for each record', () => {
    const steps = parsingSubmission(submission);
    let count = 0;
    while (steps.next().done !== true) count += 1;
    expect(count).toBe(records.length);
  });

  it.each([null, undefined, 'x', 1, []])('is not read from %p', (value) => {
    expect(told(value)[0]).toMatch(/^BAD_SUBMISSION/);
  });
});

describe('the digest of a submission', () => {
  const body = (change: Partial<SignedSubmission> = {}): string =>
    toHex(digestSubmission({ ...submission, ...change }).digest);

  it('commits to the ledger, the party, the time and every record in its order, and to nothing else', () => {
    const [first, second, third] = records as [LedgerRecord, LedgerRecord, LedgerRecord];
    const changes: Partial<SignedSubmission>[] = [
      { ledger: 'cd'.repeat(32) },
      { party: '91110000MA0FAKE3W8' },
      { signedAt: '2026-11-21T08:00:01Z' },
      { records: [first, second] },
      { records: [second, first, third] },
      { records: [first, second, third, third] },
      { records: [first, second, { ...third, version: 2 }] },
      { records: [first, second, { ...third, content: { ...third.content, sampleNo: 'S-2' } }] },
    ];
    const digests = [{}, ...changes].map(body);
    expect(new Set(digests).size).toBe(changes.length + 1);
    for (const change of [{ signature: '0x00' }, { keyId: `0x${'0'.repeat(40)}` }, { suite: 'sm2-sm3' as const }])
      expect(body(change)).toBe(digests[0]);
  });

  it('is over the RFC 6962 root of the records’ leaves, and names the submission', () => {
    const digested = digestSubmission(submission);
    const leaves = records.map(recordLeafHash);
    expect(digested.leafHashes).toEqual(leaves);
    expect(recordsRoot(leaves)).toEqual(rootOf(leaves));
    expect(digested.digest).toEqual(digestOf(submission, leaves));
    expect(digested.id).toBe(formatSubmissionId(digested.digest));
    expect(digested.recordTexts).toEqual(records.map((record) => canonicalize(record)));
  });

  it('is refused for a record that no entry of the log can hold, to the byte', () => {
    const sized = (bytes: number): LedgerRecord => {
      const bare = { ...records[0]!, content: { text: '' } };
      return { ...bare, content: { text: 'x'.repeat(bytes - canonicalize(bare).length) } };
    };
    expect(digestSubmission({ ...submission, records: [sized(65_535)] }).recordTexts[0]).toHaveLength(65_535);
    expect(() => digestSubmission({ ...submission, records: [sized(1000), sized(65_536)] })).toThrow(
      expect.objectContaining({
        code: 'TOO_LARGE',
        faults: [expect.objectContaining({ path: '/records/1' })] as unknown,
      }) as Error,
    );
  });
});

describe('the text of a submission', () => {
  it('is its canonical JSON, joined from the texts of its records', () => {
    fc.assert(
      fc.property(
        fc.subarray(records, { minLength: 1 }),
        fc.stringMatching(/^0x[0-9a-f]{1,20}$/),
        (some, signature) => {
          const one = { ...submission, records: some, signature };
          expect(submissionText(digestSubmission(one))).toBe(canonicalize(one));
        },
      ),
    );
  });
});

describe('an instant', () => {
  it('counts seconds since 1970', () => {
    expect(unixSeconds('1970-01-01T00:00:01Z')).toBe(1);
    expect(unixSeconds('2026-11-21T08:00:00Z')).toBe(Date.UTC(2026, 10, 21, 8) / 1000);
  });
  it.each(['2026-11-21', '2026-11-21T08:00:00', '2026-11-21T24:00:00Z', '2026-11-21t08:00:00z', '', 'now'])(
    'is not %j',
    (text) => {
      expect(() => unixSeconds(text)).toThrow(expect.objectContaining({ code: 'BAD_SUBMISSION' }) as Error);
    },
  );
});
