import { formatTlogProof, noteSigner, parseTlogProof, signCheckpoint, verifyCheckpoint } from '.';
import type { ErrorCode } from '../errors';
import { boundedTree, leafHash, verifyInclusion } from '../merkle';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;
const leaves = Array.from({ length: 5 }, (_, index) => leafHash(Uint8Array.of(index)));
const tree = boundedTree(leaves);
const origin = 'example.com/log';
const signer = noteSigner(origin, 'ed25519', new Uint8Array(32).fill(1));
const checkpoint = signCheckpoint({ origin, size: 5n, rootHash: tree.root }, signer);
const proof = { index: 3n, path: tree.path(3), checkpoint };

test('a proof has the lines of C2SP tlog-proof, and verifies after reading', () => {
  const text = formatTlogProof(proof);
  expect(text.split('\n').slice(0, 2)).toEqual(['c2sp.org/tlog-proof@v1', 'index 3']);
  const read = parseTlogProof(text);
  expect(read).toEqual(proof);
  const { size, rootHash } = verifyCheckpoint(read.checkpoint, {
    origin,
    logKey: signer.key,
    witnesses: [],
    quorum: 0,
  });
  verifyInclusion({ leafHash: leaves[3]!, index: read.index, size, path: read.path }, rootHash);
});

test('extra data stands before the index', () => {
  const text = formatTlogProof({ ...proof, path: [], extra: Uint8Array.of(1, 2) });
  expect(text.split('\n').slice(0, 4)).toEqual(['c2sp.org/tlog-proof@v1', 'extra AQI=', 'index 3', '']);
  expect(parseTlogProof(text)).toEqual({ ...proof, path: [], extra: Uint8Array.of(1, 2) });
});

const text = formatTlogProof(proof);
test.each([65_536, 70_000, 256 * 1024])('extra data of %i bytes are read', (size) => {
  const extra = Uint8Array.from({ length: size }, (_, at) => at & 255);
  expect(parseTlogProof(formatTlogProof({ ...proof, extra })).extra).toEqual(extra);
});

test.each([
  ['another version', 'UNSUPPORTED_VERSION', text.replace('@v1', '@v2')],
  ['no index', 'PROOF_MALFORMED', text.replace('index 3\n', '')],
  ['a leading zero', 'PROOF_MALFORMED', text.replace('index 3', 'index 03')],
  ['a negative index', 'PROOF_MALFORMED', text.replace('index 3', 'index -3')],
  ['extra data behind the index', 'PROOF_MALFORMED', text.replace('index 3\n', 'index 3\nextra AQI=\n')],
  ['a short hash', 'PROOF_MALFORMED', text.replace('index 3\n', 'index 3\nAQI=\n')],
  ['base64 without padding', 'PROOF_MALFORMED', text.replace('=\n', '\n')],
  ['no checkpoint', 'PROOF_MALFORMED', text.slice(0, text.indexOf('\n\n'))],
  ['65 hashes', 'PROOF_MALFORMED', text.replace('index 3\n', `index 3\n${`${'A'.repeat(43)}=\n`.repeat(65)}`)],
  ['too long a text', 'PROOF_OVERSIZED', text + 'x'.repeat(420_000)],
] as const)('refuses %s', (_, code, wrong) => {
  expect(() => parseTlogProof(wrong)).toThrow(withCode(code));
});
