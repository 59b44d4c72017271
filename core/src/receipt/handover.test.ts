import { LedgerError } from '../errors';
import { formatVkey, noteSigner, originOf, signCheckpoint } from '../log';
import { POLICY_SCHEMA, type Policy } from './policy';
import { policyAfter, signHandover, verifyHandover } from './handover';

const ledgerId = 'ab'.repeat(32);
const origin = originOf(ledgerId);
const [old, next, third] = [1, 2, 3].map((byte) => noteSigner(origin, 'ed25519', new Uint8Array(32).fill(byte)));
const checkpoint = { origin, size: 7n, rootHash: new Uint8Array(32).fill(9) };
const policy: Policy = {
  ...{ schema: POLICY_SCHEMA, ledgerId, origin, witnesses: [], quorum: 0 },
  logKey: formatVkey(old!.key),
};

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    return error instanceof LedgerError ? error.code : String(error);
  }
}

describe('a handover of a log key', () => {
  const note = signHandover(checkpoint, old!, next!);

  it('tells who knows the old key the new one, and from where on', () => {
    expect(verifyHandover(note, old!.key)).toEqual({ ...checkpoint, logKey: next!.key });
    expect(policyAfter(policy, note)).toEqual({ ...policy, logKey: formatVkey(next!.key) });
  });

  it('leads on, one after the other, and in no other order', () => {
    const notes = [note, signHandover(checkpoint, next!, third!)];
    expect(notes.reduce(policyAfter, policy).logKey).toBe(formatVkey(third!.key));
    expect(codeOf(() => notes.toReversed().reduce(policyAfter, policy))).toBe('CHECKPOINT_UNSIGNED');
  });

  it.each([
    ['a key that was not pinned', signHandover(checkpoint, third!, next!), 'CHECKPOINT_UNSIGNED'],
    ['the old key alone', note.split('\n').slice(0, -2).join('\n') + '\n', 'CHECKPOINT_UNSIGNED'],
    ['the new key alone', note.split('\n').toSpliced(-3, 1).join('\n'), 'CHECKPOINT_UNSIGNED'],
    ['other words', note.replace('\n7\n', '\n8\n'), 'CHECKPOINT_SIGNATURE_INVALID'],
    ['a checkpoint', signCheckpoint(checkpoint, old!), 'CHECKPOINT_MALFORMED'],
    [
      'the key of another log',
      signHandover({ ...checkpoint, origin: originOf('cd'.repeat(32)) }, old!, next!),
      'CHECKPOINT_ORIGIN_MISMATCH',
    ],
    [
      'a key for another log',
      signHandover(checkpoint, old!, noteSigner('other', 'ed25519', new Uint8Array(32).fill(2))),
      'CHECKPOINT_ORIGIN_MISMATCH',
    ],
  ])('is none by %s', (_what, other, code) => {
    expect(codeOf(() => verifyHandover(other, old!.key))).toBe(code);
  });

  it('is no checkpoint, and no cosignature: nobody can pass one off for the other', () => {
    expect(note.startsWith('carbon-ledger/log-key-handover/v1\n')).toBe(true);
  });
});
