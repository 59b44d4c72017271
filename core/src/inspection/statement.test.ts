import { trialSigner } from '@carbon-ledger/plant-year/trial';
import fc from 'fast-check';
import { isLedgerError } from '../errors';
import type { LedgerRecord } from '../records';
import { assertStated, signStatement, verifyStatement, type StatementHead } from './statement';
import { anchored, other, uscc } from './testing/anchored';

const signer = trialSigner(uscc);
const head: StatementHead = {
  kind: 'inspection-pack',
  ledger: 'ab'.repeat(32),
  party: uscc,
  signedAt: '2026-11-21T08:00:00Z',
};
const body = { records: ['a', 'b'], note: '现场' };
type Key = Parameters<typeof verifyStatement>[3];
const keyOf = ({ keyId, suite }: typeof signer): Key => ({ id: keyId, suite });

function refusal(look: () => void): string | undefined {
  try {
    look();
    return undefined;
  } catch (error) {
    return isLedgerError(error) ? error.code : String(error);
  }
}

describe('what a party signs beside submissions', () => {
  it('holds for the body, whatever the order of its members, and names key and suite', async () => {
    const { signature, ...by } = await signStatement(head, body, signer);
    expect(by).toEqual({ keyId: signer.keyId, suite: signer.suite });
    const turned = { note: '现场', records: ['a', 'b'] };
    expect(
      refusal(() => {
        verifyStatement(head, turned, signature, keyOf(signer));
      }),
    ).toBeUndefined();
    expect((await signStatement({ ...head }, turned, signer)).signature).toBe(signature);
  });

  it.each<[string, Partial<StatementHead>]>([
    ['another kind', { kind: 'inspection-report' }],
    ['another ledger', { ledger: 'ac'.repeat(32) }],
    ['another party', { party: other }],
    ['another second', { signedAt: '2026-11-21T08:00:01Z' }],
  ])('does not pass as %s', async (_, change) => {
    const { signature } = await signStatement(head, body, signer);
    expect(
      refusal(() => {
        verifyStatement({ ...head, ...change }, body, signature, keyOf(signer));
      }),
    ).toBe('SIGNATURE_INVALID');
  });

  it('does not hold for another body or key', async () => {
    const { signature } = await signStatement(head, body, signer);
    await fc.assert(
      fc.asyncProperty(fc.record({ records: fc.array(fc.string()), note: fc.string() }), (changed) => {
        expect(
          refusal(() => {
            verifyStatement(head, changed, signature, keyOf(signer));
          }),
        ).toBe('SIGNATURE_INVALID');
        return Promise.resolve();
      }),
      { numRuns: 20 },
    );
    expect(
      refusal(() => {
        verifyStatement(head, body, signature, keyOf(trialSigner(other)));
      }),
    ).toBe('SIGNATURE_INVALID');
    expect(
      refusal(() => {
        verifyStatement(head, body, '', keyOf(signer));
      }),
    ).toBe('SIGNATURE_INVALID');
  });

  it.each(['', 'yesterday', '2026-11-21', '2026-11-21T08:00:00+08:00', '2026-13-01T00:00:00Z'])(
    'is not made at what is no instant: %j',
    async (signedAt) => {
      const made = signStatement({ ...head, signedAt }, body, signer);
      await expect(made).rejects.toMatchObject({ code: 'BAD_SUBMISSION' });
    },
  );
});

describe('a statement beside the registrations of its party', () => {
  const own = { id: signer.keyId, suite: signer.suite, validFrom: '2026-01-01T00:00:00Z', validTo: null };
  const registration = (version: number, key: object, status = 'active'): LedgerRecord => ({
    ...anchored({ id: 'x', type: 'party', content: { keys: [{ ...own, ...key }], status } }).record,
    version,
  });
  async function outcome(...records: readonly LedgerRecord[]): Promise<string | undefined> {
    const signature = await signStatement(head, body, signer);
    return refusal(() => {
      assertStated(head, body, signature, records);
    });
  }

  it.each<[string, object, string, string | undefined]>([
    ['in force', {}, 'active', undefined],
    ['ended after it was signed', { validTo: '2026-11-21T08:00:01Z' }, 'active', undefined],
    ['ended when it was signed', { validTo: head.signedAt }, 'active', 'KEY_NOT_VALID'],
    ['not yet in force', { validFrom: '2026-11-22T00:00:00Z' }, 'active', 'KEY_NOT_VALID'],
    ['in other hands', { compromisedSince: '2026-11-20T00:00:00Z' }, 'active', 'KEY_NOT_VALID'],
    ['in other hands since later', { compromisedSince: '2026-11-22T00:00:00Z' }, 'active', undefined],
    ['of a suspended party', {}, 'suspended', 'PARTY_SUSPENDED'],
    ['of a party that is no more', {}, 'ended', 'PARTY_ENDED'],
    ['of another party', { id: '0x00' }, 'active', 'SIGNATURE_INVALID'],
  ])('with a key %s', async (_what, key, status, code) => {
    expect(await outcome(registration(1, key, status))).toBe(code);
  });

  it('counts the last of them, in whatever order they are given', async () => {
    const versions = [registration(1, {}), registration(2, { validTo: '2026-11-01T00:00:00Z' })];
    expect([await outcome(...versions), await outcome(...versions.reverse())]).toEqual([
      'KEY_NOT_VALID',
      'KEY_NOT_VALID',
    ]);
    expect(await outcome()).toBe('SIGNATURE_INVALID');
  });
});
