import {
  cosign,
  formatCheckpoint,
  formatSignatureLine,
  noteSigner,
  originOf,
  parseCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifyLogSignature,
  type CheckpointPolicy,
  type NoteSigner,
} from '.';
import type { ErrorCode } from '../errors';
import { leafHash } from '../merkle';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;
const seed = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const origin = originOf('ab'.repeat(32));
const log = noteSigner(origin, 'ed25519', seed(1));
const witnesses = [2, 3, 4].map((byte) => noteSigner(`example.com/w${String(byte)}`, 'cosignature-v1', seed(byte)));
const checkpoint = { origin, size: 20_852_163n, rootHash: leafHash(seed(0)) };
const text = formatCheckpoint(checkpoint);
const signed = signCheckpoint(checkpoint, log);
const by = (signer: NoteSigner): string => formatSignatureLine(cosign(text, signer, 1_700_000_000n));
const policy: CheckpointPolicy = { origin, logKey: log.key, witnesses: witnesses.map(({ key }) => key), quorum: 2 };
const [first, second] = witnesses as [NoteSigner, NoteSigner];

describe('checkpoint text', () => {
  test('is three lines and reads back', () => {
    expect(text.split('\n')).toEqual([origin, '20852163', expect.stringMatching(/^.{44}$/), '']);
    expect(parseCheckpoint(text)).toEqual(checkpoint);
  });

  const root = text.split('\n')[2] ?? '';
  test.each([
    ['no origin', `\n1\n${root}\n`],
    ['no size', `${origin}\n${root}\n`],
    ['no root', `${origin}\n1\n`],
    ['an empty root', `${origin}\n1\n\n`],
    ['a leading zero', `${origin}\n01\n${root}\n`],
    ['a sign', `${origin}\n-1\n${root}\n`],
    ['a size beyond 64 bits', `${origin}\n18446744073709551616\n${root}\n`],
    ['a short root', `${origin}\n1\nAAAA\n`],
    ['a root that is not base64', `${origin}\n1\n${root.slice(0, -1)}\n`],
    ['an extension line', `${text}extension\n`],
    ['no newline at the end', text.slice(0, -1)],
  ])('refuses %s', (_, wrong) => {
    expect(() => parseCheckpoint(wrong)).toThrow(withCode('CHECKPOINT_MALFORMED'));
  });
});

describe('verifying a checkpoint', () => {
  test('accepts a quorum of witnesses and names them', () => {
    expect(verifyCheckpoint(signed + by(first) + by(second), policy)).toEqual({
      ...checkpoint,
      witnesses: [first.key.name, second.key.name],
    });
    expect(verifyCheckpoint(signed, { ...policy, quorum: 0 }).witnesses).toEqual([]);
  });

  test('refuses too few witnesses, and counts each once', () => {
    for (const note of [signed, signed + by(first), signed + by(first) + by(first)]) {
      expect(() => verifyCheckpoint(note, policy)).toThrow(withCode('WITNESS_QUORUM_MISSING'));
      expect(verifyLogSignature(note, policy).size).toBe(checkpoint.size);
    }
  });

  test('one key under two names is one witness', () => {
    const alias = noteSigner('example.com/alias', 'cosignature-v1', seed(2));
    const widened = { ...policy, witnesses: [...policy.witnesses, alias.key] };
    expect(() => verifyCheckpoint(signed + by(first) + by(alias), widened)).toThrow(withCode('WITNESS_QUORUM_MISSING'));
  });

  test('the log’s own key is no witness', () => {
    const selfMade = noteSigner('example.com/self', 'cosignature-v1', seed(1));
    const widened = { ...policy, witnesses: [...policy.witnesses, selfMade.key] };
    expect(() => verifyCheckpoint(signed + by(first) + by(selfMade), widened)).toThrow(
      withCode('WITNESS_QUORUM_MISSING'),
    );
  });

  test('refuses another origin before it looks at signatures', () => {
    const other = noteSigner('carbon-audit-ledger/other', 'ed25519', seed(1));
    const note = signCheckpoint({ ...checkpoint, origin: other.key.name }, other);
    expect(() => verifyCheckpoint(note, policy)).toThrow(withCode('CHECKPOINT_ORIGIN_MISMATCH'));
  });

  test('refuses a note that only strangers signed', () => {
    const stranger = noteSigner(origin, 'ed25519', seed(9));
    expect(() => verifyCheckpoint(signCheckpoint(checkpoint, stranger) + by(first) + by(second), policy)).toThrow(
      withCode('CHECKPOINT_UNSIGNED'),
    );
  });

  test('refuses a bad signature of a known witness, also beyond the quorum', () => {
    const forged = formatSignatureLine({ ...cosign(text, second, 5n), signature: new Uint8Array(72) });
    expect(() => verifyCheckpoint(signed + by(first) + forged, { ...policy, quorum: 1 })).toThrow(
      withCode('CHECKPOINT_SIGNATURE_INVALID'),
    );
  });

  test('a log signs under its own origin only', () => {
    expect(() => signCheckpoint({ ...checkpoint, origin: 'another' }, log)).toThrow(withCode('INTERNAL'));
  });
});
