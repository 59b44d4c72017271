import fc from 'fast-check';
import { LedgerError } from '../errors';
import { formatVkey, noteSigner, originOf, signCheckpoint, verifyLogSignature, type NoteSigner } from '../log';
import { parsePolicy, policiesBefore, POLICY_SCHEMA, type Policy } from './policy';
import { policyAfter, signHandover, verifyHandover } from './handover';

const ledgerId = 'ab'.repeat(32);
const origin = originOf(ledgerId);
const signerOf = (byte: number): NoteSigner => noteSigner(origin, 'ed25519', new Uint8Array(32).fill(byte));
const [old, next, third] = [1, 2, 3].map(signerOf);
const compare = (a: bigint, b: bigint): number => Number(a - b);
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
    expect(policyAfter(policy, note)).toEqual({
      ...policy,
      logKey: formatVkey(next!.key),
      retiredLogKeys: [{ logKey: policy.logKey, size: '7' }],
    });
  });

  it('leads on, one after the other, and in no other order', () => {
    const notes = [note, signHandover(checkpoint, next!, third!)];
    expect(notes.reduce(policyAfter, policy).logKey).toBe(formatVkey(third!.key));
    expect(codeOf(() => notes.toReversed().reduce(policyAfter, policy))).toBe('CHECKPOINT_UNSIGNED');
  });

  it('leads to no policy by which two keys had one turn, or one of them two', () => {
    const after = policyAfter(policy, note);
    const back = signHandover({ ...checkpoint, size: 8n }, next!, old!);
    expect(codeOf(() => policyAfter(after, back))).toBe('PROOF_MALFORMED');
    const shrunk = signHandover({ ...checkpoint, size: 6n }, next!, third!);
    expect(codeOf(() => policyAfter(after, shrunk))).toBe('PROOF_MALFORMED');
  });

  it('is known by every policy before it', () => {
    const before = [policy, policyAfter(policy, note)];
    const last = policyAfter(before[1]!, signHandover({ ...checkpoint, size: 9n }, next!, third!));
    expect(policiesBefore(last)).toEqual(before.toReversed());
    expect(policiesBefore(policy)).toEqual([]);
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

  const sizes = fc.array(fc.bigInt(0n, 20n), { minLength: 1, maxLength: 4 }).map((all) => all.sort(compare));

  it('binds each key to the sizes between its handovers: whoever steals it later can sign no others', () => {
    fc.assert(
      fc.property(sizes, fc.bigInt(0n, 22n), (turns, size) => {
        const keys = [...turns.keys(), turns.length].map((byte) => signerOf(byte + 1));
        const notes = turns.map((at, turn) => signHandover({ ...checkpoint, size: at }, keys[turn]!, keys[turn + 1]!));
        const { checkpoint: held } = parsePolicy(notes.reduce(policyAfter, policy));
        const said = keys.map((key) =>
          codeOf(() => verifyLogSignature(signCheckpoint({ ...checkpoint, size }, key), held)),
        );
        const wanted = keys.map((_, turn) => {
          const isInTurn = size >= (turns[turn - 1] ?? 0n) && size <= (turns[turn] ?? size);
          return isInTurn ? 'none' : 'CHECKPOINT_UNSIGNED';
        });
        expect(said).toEqual(wanted);
        expect(wanted).toContain('none');
      }),
    );
  });

  it('is no checkpoint, and no cosignature: nobody can pass one off for the other', () => {
    expect(note.startsWith('carbon-ledger/log-key-handover/v1\n')).toBe(true);
  });
});
