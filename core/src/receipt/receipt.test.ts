import {
  formatReceipt,
  parsePolicy,
  policyId,
  verifyReceipt,
  type Policy,
  type ReceiptQuestion,
  type ReceiptVerdict,
} from '.';
import { utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import { digestBytes } from '../digest';
import type { ErrorCode } from '../errors';
import { noteSigner } from '../log';
import { leafHash } from '../merkle';
import { timestamps } from './testing/timestamps';
import { damages } from './testing/damage';
import { ReceiptWorld, type MutableReceipt } from './testing/world';

const world = ReceiptWorld.create();
const verdict = (receipt: unknown, more: Partial<ReceiptQuestion> = {}): ReceiptVerdict =>
  verifyReceipt({ receipt, policy: world.policy, ...more });
const codeOf = (receipt: unknown, more: Partial<ReceiptQuestion> = {}): ErrorCode | undefined =>
  verdict(receipt, more).code;
/** The good receipt with something done to it. */
const altered = (change: (receipt: MutableReceipt) => void): string => {
  const receipt = world.receipt();
  change(receipt);
  return canonicalize(receipt);
};

describe('a good receipt', () => {
  const text = formatReceipt(world.receipt());

  test('passes, and says what it proves and what not', () => {
    const { result, record, steps, proves, doesNotProve, missing } = verdict(text, {
      document: world.document,
      expect: { issuer: world.lab, type: 'test-report', recordId: world.recordId, key: world.key },
    });
    expect(result).toBe('PASS');
    expect(missing).toEqual([]);
    expect(record).toMatchObject({ id: world.recordId, issuer: world.lab, document: { name: '煤质报告.csv' } });
    expect(steps.map(({ name, outcome }) => `${name} ${outcome}`)).toEqual([
      'format ok',
      'document ok',
      'record ok',
      'signature ok',
      'key ok',
      'inclusion ok',
      'root ok',
      'checkpoint ok',
      'witnesses ok',
      'timestamp not-asked',
      'anchor not-asked',
    ]);
    expect(proves.map(({ id }) => id)).toEqual(['signed', 'anchored', 'document', 'witnessed']);
    expect(doesNotProve.map(({ id }) => id)).toEqual(['truth', 'currency', 'later-keys', 'time']);
  });

  test('is read as text, bytes or value', () => {
    for (const form of [text, utf8Encode(text), world.receipt()]) expect(verdict(form).result).toBe('PASS');
  });

  test('takes digests of a file in place of the file', () => {
    expect(verdict(text, { document: digestBytes(world.document) }).result).toBe('PASS');
  });

  test('without a file proves nothing about one', () => {
    expect(verdict(text).doesNotProve.map(({ id }) => id)).toContain('document');
  });

  test('of a usual record has at most 4 KB', () => {
    expect(utf8Encode(text).length).toBeLessThanOrEqual(4096);
  });

  test('of the founder, who registered itself, passes', () => {
    expect(verdict(world.founderReceipt()).result).toBe('PASS');
  });

  test('of a party that signs with SM2 passes', () => {
    expect(verdict(world.sm2Receipt())).toMatchObject({ result: 'PASS' });
  });
});

describe('what is missing is pending, not failed', () => {
  test('witnesses below the quorum', () => {
    const receipt = altered((value) => (value.checkpoint = world.checkpoint(1)));
    expect(verdict(receipt)).toMatchObject({ result: 'PENDING', missing: ['witnesses'], proves: [] });
  });

  test('the timestamp that the policy asks for', () => {
    const policy = world.timestampPolicy(timestamps.root);
    expect(verdict(world.receipt(), { policy })).toMatchObject({ result: 'PENDING', missing: ['timestamp'] });
    const stamped = altered((value) => (value.timestamp = timestamps.good));
    const { result, record, proves, doesNotProve } = verdict(stamped, { policy });
    expect([result, record?.timestamp?.authority]).toEqual(['PASS', 'tsa']);
    expect(proves.map(({ id }) => id)).toContain('time');
    expect(doesNotProve.map(({ id }) => id)).not.toContain('time');
    expect(verdict(stamped).record?.timestamp).toBeUndefined();
  });

  test('the anchor that the policy asks for', () => {
    const anchor = { chainId: '31337', contract: `0x${'ab'.repeat(20)}` };
    const policy: Policy = { ...world.policy, anchor };
    const receipt = altered((value) => (value.anchor = { ...anchor, transaction: `0x${'01'.repeat(32)}` }));
    const { size, rootHash } = world.head;
    expect(verdict(receipt, { policy })).toMatchObject({ result: 'PENDING', missing: ['anchor'] });
    expect(verdict(receipt, { policy, anchored: { ...anchor, size, rootHash } }).result).toBe('PASS');
    for (const wrong of [{ size: size + 1n }, { rootHash: leafHash(rootHash) }, { chainId: '1' }]) {
      expect(codeOf(receipt, { policy, anchored: { ...anchor, size, rootHash, ...wrong } })).toBe('ANCHOR_INVALID');
    }
  });
});

describe('a receipt that was tampered with fails with its own code', () => {
  test.each(damages(world))('%s', (_, code, change) => {
    const { result, code: found, proves, record, steps } = verdict(altered(change));
    expect([result, found]).toEqual(['FAIL', code]);
    expect([proves, record]).toEqual([[], undefined]);
    expect(steps.at(-1)?.outcome).toBe('failed');
  });

  test('one witness does not count twice', () => {
    const receipt = altered((value) => (value.checkpoint = world.checkpoint(1, 2)));
    expect(verdict(receipt).result).toBe('PENDING');
  });

  test.each<[string, ErrorCode, string]>([
    ['no JSON', 'PROOF_MALFORMED', 'x'],
    ['white space', 'PROOF_MALFORMED', JSON.stringify(world.receipt(), null, 1)],
    ['a newline at the end', 'PROOF_MALFORMED', `${formatReceipt(world.receipt())}\n`],
    ['a duplicate key', 'PROOF_MALFORMED', formatReceipt(world.receipt()).replace('{', '{"txId":"0",')],
    ['too much', 'PROOF_OVERSIZED', `"${'x'.repeat(300_000)}"`],
  ])('%s', (_, code, text) => {
    expect(codeOf(text)).toBe(code);
  });

  test('a key that was ended before signing, or began after', () => {
    expect(codeOf(world.receipt({ validTo: '2026-02-01T08:00:00Z' }))).toBe('KEY_NOT_VALID');
    expect(codeOf(world.receipt({ validFrom: '2026-02-01T08:00:01Z' }))).toBe('KEY_NOT_VALID');
    expect(codeOf(world.receipt({ validTo: '2026-02-01T08:00:01Z' }))).toBeUndefined();
    expect(codeOf(world.receipt({ status: 'suspended' }))).toBe('PARTY_SUSPENDED');
  });
});

describe('what the holder asks', () => {
  const text = formatReceipt(world.receipt());

  test('another file', () => {
    expect(codeOf(text, { document: utf8Encode('another') })).toBe('DOCUMENT_MISMATCH');
    const { sha256 } = digestBytes(world.document);
    expect(codeOf(text, { document: { sha256, sm3: `sm3:${'00'.repeat(32)}` } })).toBe('DOCUMENT_MISMATCH');
  });

  test('another record, issuer or type', () => {
    expect(codeOf(text, { expect: { recordId: `rec:${'00'.repeat(32)}` } })).toBe('RECORD_MISMATCH');
    expect(codeOf(text, { expect: { type: 'monthly-evidence' } })).toBe('RECORD_MISMATCH');
    expect(codeOf(text, { expect: { key: 'X' } })).toBe('RECORD_MISMATCH');
    expect(codeOf(text, { expect: { issuer: world.founder } })).toBe('ISSUER_MISMATCH');
  });
});

describe('policies', () => {
  test('pin the ledger, the log and the witnesses, not what a receipt says', () => {
    const stranger = noteSigner(world.policy.origin, 'ed25519', new Uint8Array(32).fill(99));
    const policy = world.policyWith(stranger);
    expect(codeOf(world.receipt(), { policy })).toBe('CHECKPOINT_UNSIGNED');
    expect(codeOf(world.receipt(), { policy: { ...world.policy, ledgerId: 'cd'.repeat(32) } })).toBe('WRONG_LEDGER');
  });

  test('of the second version say which records were signed for an earlier ledger', () => {
    const { logIndex, ledger } = world.receipt() as { logIndex?: unknown; ledger?: unknown };
    const under = (size: number): Policy => ({
      ...world.policy,
      schema: 'carbon-ledger/policy/v2',
      ledgerId: 'cd'.repeat(32),
      earlier: { ledgerId: String(ledger), size: String(size) },
    });
    expect(codeOf(world.receipt(), { policy: under(Number(logIndex) + 1) })).toBeUndefined();
    expect(codeOf(world.receipt(), { policy: under(Number(logIndex)) })).toBe('WRONG_LEDGER');
  });

  test('have an id, and are read from text, bytes and value alike', () => {
    const text = JSON.stringify(world.policy, null, 2);
    expect(parsePolicy(text).id).toBe(policyId(world.policy));
    expect(parsePolicy(utf8Encode(text)).id).toBe(parsePolicy(world.policy).id);
  });

  test.each([
    ['another version', 'UNSUPPORTED_VERSION', { schema: 'carbon-ledger/policy/v3' }],
    ['a second version without what it is for', 'PROOF_MALFORMED', { schema: 'carbon-ledger/policy/v2' }],
    [
      'an earlier ledger in the first version',
      'PROOF_MALFORMED',
      { earlier: { ledgerId: 'cd'.repeat(32), size: '1' } },
    ],
    ['no version', 'PROOF_MALFORMED', { schema: 1 }],
    ['a quorum out of reach', 'PROOF_MALFORMED', { quorum: 4 }],
    ['a witness key as log key', 'PROOF_MALFORMED', { logKey: world.policy.witnesses[0] }],
    ['a log key as witness', 'PROOF_MALFORMED', { witnesses: [world.policy.logKey], quorum: 0 }],
    ['a log key of another origin', 'PROOF_MALFORMED', { origin: 'other' }],
    ['another field', 'PROOF_MALFORMED', { trustMe: true }],
  ])('refuse %s', (_, code, change) => {
    const policy = JSON.stringify({ ...world.policy, ...change });
    expect(() => verdict(world.receipt(), { policy })).toThrow(expect.objectContaining({ code }) as Error);
  });
});
