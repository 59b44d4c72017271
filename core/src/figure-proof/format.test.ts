import { gzipSync } from 'fflate';
import { codeOf } from '../../../test/support/code-of';
import { toBase64, utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { isLedgerError } from '../errors';
import { MAX_CONTENT_BYTES, MAX_FIGURE_PROOF_BYTES, MAX_RECORDS, parseFigureProof } from './format';
import type { FigureProof } from './make';
import { packFigureProof } from './pack';

const hash = toBase64(new Uint8Array(32).fill(1));
const entry = { record: {}, logIndex: '0', signed: { submission: 0, place: 0 } };
const submission = {
  party: 'P',
  keyId: 'K',
  suite: 'S',
  signedAt: '2026-11-21T08:00:00Z',
  signature: '0x',
  recordCount: 1,
  signer: 0,
  nodes: hash,
};
const opening = { record: 0, tree: '.', figures: [], nodes: '' };
const proof = {
  schema: 'carbon-ledger/figure-proof/v1',
  figure: 'A/U1/2024/annual-report#x',
  extent: 'full',
  ledger: 'ab'.repeat(32),
  checkpoint: 'c',
  policyId: `pol:${'0'.repeat(64)}`,
  records: [entry],
  logNodes: hash,
  submissions: [submission],
  openings: [opening],
} as const;

/** Code and, where it is told, the place. */
function told(value: unknown): string {
  try {
    parseFigureProof(value);
    return 'read';
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    const { path } = error.details;
    return typeof path === 'string' ? `${error.code} ${path}` : error.code;
  }
}

describe('the form of a figure proof', () => {
  it('is read from its value, its canonical text, and its packed file', () => {
    const parsed = parseFigureProof(proof);
    expect(parsed.logNodes).toEqual([new Uint8Array(32).fill(1)]);
    expect(parsed.openings[0]?.nodes).toEqual([]);
    expect(parseFigureProof(canonicalize(proof))).toEqual(parsed);
    expect(parseFigureProof(utf8Encode(canonicalize(proof)))).toEqual(parsed);
    expect(parseFigureProof(gzipSync(utf8Encode(canonicalize(proof))))).toEqual(parsed);
    expect(parseFigureProof(packFigureProof(proof as FigureProof))).toEqual(parsed);
  });

  it.each(Object.keys(proof).filter((member) => member !== 'schema'))('has its %s', (member) => {
    expect(told({ ...proof, [member]: undefined })).toMatch(/^(?:PROOF_MALFORMED|NOT_CANONICAL)/);
    const rest = Object.fromEntries(Object.entries(proof).filter(([name]) => name !== member));
    expect(told(rest)).toMatch(/^PROOF_MALFORMED/);
  });

  it.each<[string, object, string]>([
    ['another version', { schema: 'carbon-ledger/figure-proof/v2' }, 'UNSUPPORTED_VERSION'],
    ['a figure of 301 characters', { figure: 'x'.repeat(301) }, 'PROOF_MALFORMED /figure'],
    ['an extent that nobody knows', { extent: 'part' }, 'PROOF_MALFORMED /extent'],
    ['a ledger of 31 bytes', { ledger: 'ab'.repeat(31) }, 'PROOF_MALFORMED /ledger'],
    ['a ledger in capitals', { ledger: 'AB'.repeat(32) }, 'PROOF_MALFORMED /ledger'],
    ['a checkpoint without end', { checkpoint: 'x'.repeat(32_769) }, 'PROOF_MALFORMED /checkpoint'],
    ['a policy of another kind', { policyId: `rec:${'0'.repeat(64)}` }, 'PROOF_MALFORMED /policyId'],
    ['hashes of 31 bytes', { logNodes: toBase64(new Uint8Array(31)) }, 'PROOF_MALFORMED /logNodes'],
    ['hashes of 33 bytes', { logNodes: toBase64(new Uint8Array(33)) }, 'PROOF_MALFORMED /logNodes'],
    ['hashes in another alphabet', { logNodes: hash.replaceAll('A', '-') }, 'PROOF_MALFORMED /logNodes'],
    ['hashes that are not canonical base64', { logNodes: `${hash.slice(0, -2)}F=` }, 'PROOF_MALFORMED /logNodes'],
    ['records that are no list', { records: {} }, 'PROOF_MALFORMED /records'],
    ['a log index that is a number', { records: [{ ...entry, logIndex: 0 }] }, 'PROOF_MALFORMED /records/0/logIndex'],
    [
      'a log index with a zero before it',
      { records: [{ ...entry, logIndex: '00' }] },
      'PROOF_MALFORMED /records/0/logIndex',
    ],
    [
      'a log index beyond 64 bits',
      { records: [{ ...entry, logIndex: (2n ** 64n).toString() }] },
      'PROOF_MALFORMED /records/0/logIndex',
    ],
    [
      'a place beyond a submission',
      { records: [{ ...entry, signed: { submission: 0, place: 1000 } }] },
      'PROOF_MALFORMED /records/0/signed/place',
    ],
    [
      'a negative submission',
      { records: [{ ...entry, signed: { submission: -1, place: 0 } }] },
      'PROOF_MALFORMED /records/0/signed/submission',
    ],
    ['a record with a member more', { records: [{ ...entry, id: 'x' }] }, 'PROOF_MALFORMED /records/0'],
    [
      'a submission of no records',
      { submissions: [{ ...submission, recordCount: 0 }] },
      'PROOF_MALFORMED /submissions/0/recordCount',
    ],
    [
      'a submission of 1001 records',
      { submissions: [{ ...submission, recordCount: 1001 }] },
      'PROOF_MALFORMED /submissions/0/recordCount',
    ],
    [
      'a time in another zone',
      { submissions: [{ ...submission, signedAt: '2026-11-21T16:00:00+08:00' }] },
      'PROOF_MALFORMED /submissions/0/signedAt',
    ],
    [
      'a signature without end',
      { submissions: [{ ...submission, signature: '0'.repeat(403) }] },
      'PROOF_MALFORMED /submissions/0/signature',
    ],
    [
      'a signer beyond all records',
      { submissions: [{ ...submission, signer: MAX_RECORDS + 1 }] },
      'PROOF_MALFORMED /submissions/0/signer',
    ],
    [
      'an opening before the first record',
      { openings: [{ ...opening, record: -1 }] },
      'PROOF_MALFORMED /openings/0/record',
    ],
    ['a tree without marks', { openings: [{ ...opening, tree: '' }] }, 'PROOF_MALFORMED /openings/0/tree'],
    ['a tree with other marks', { openings: [{ ...opening, tree: '/.x' }] }, 'PROOF_MALFORMED /openings/0/tree'],
    ['a tree without end', { openings: [{ ...opening, tree: '/'.repeat(4096) }] }, 'PROOF_MALFORMED /openings/0/tree'],
    ['2001 records', { records: Array.from({ length: MAX_RECORDS + 1 }, () => entry) }, 'PROOF_MALFORMED /records'],
    [
      '2001 openings',
      { openings: Array.from({ length: MAX_RECORDS + 1 }, () => opening) },
      'PROOF_MALFORMED /openings',
    ],
    ['a member that it does not know', { note: 'x' }, 'PROOF_MALFORMED'],
  ])('is refused with %s', (_, change, expected) => {
    const found = told({ ...proof, ...change });
    expect(found.startsWith(expected)).toBe(true);
  });

  it('may leave a party’s own record without signature', () => {
    expect(parseFigureProof({ ...proof, records: [{ ...entry, signed: null }] }).records[0]?.signed).toBeNull();
  });

  it('is refused by its size before it is unpacked, and by its content while it is', () => {
    expect(told(new Uint8Array(MAX_FIGURE_PROOF_BYTES + 1))).toBe('PROOF_OVERSIZED');
    expect(told(gzipSync(new Uint8Array(MAX_CONTENT_BYTES + 1)))).toBe('PROOF_OVERSIZED');
    expect(told('x'.repeat(MAX_CONTENT_BYTES + 1))).toBe('PROOF_OVERSIZED');
  });

  it.each([undefined, null, 1, true, [], 'x', '', '{}', new Uint8Array(), new Uint8Array([31, 139, 8])])(
    'is not %p',
    (value) => {
      expect(told(value)).toMatch(/^(?:PROOF_MALFORMED|UNSUPPORTED_VERSION|PROOF_)/);
    },
  );

  it('is not packed where one of its lists is longer than readers take', () => {
    for (const name of ['records', 'submissions', 'openings'] as const) {
      const list = (count: number): FigureProof => ({
        ...proof,
        [name]: Array.from({ length: count }, () => proof[name][0]),
      });
      expect(codeOf(() => packFigureProof(list(MAX_RECORDS)))).toBe('none');
      expect(codeOf(() => packFigureProof(list(MAX_RECORDS + 1)))).toBe('PROOF_OVERSIZED');
    }
  });
});
