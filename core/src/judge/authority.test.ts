import fc from 'fast-check';
import { trialPartyKey, trialSigner } from '../../../test/support/trial-parties';
import { isLedgerError } from '../errors';
import type { PartyContent } from '../rulebook';
import { exampleOf } from '../rulebook/testing/content-table';
import { recordOf } from '../rulebook/testing/bench';
import type { PartyState } from '../state';
import { digestSubmission, signSubmission, unixSeconds, type DigestedSubmission } from '../submission';
import {
  assertKeyValid,
  assertTime,
  authorise,
  LONGEST_AHEAD_SECONDS,
  LONGEST_BEFORE_SUBMITTING_SECONDS,
  mayCarry,
  type TransactionFacts,
} from './authority';

const ledger = 'ab'.repeat(32);
const uscc = '91140000MA0FAKE01X';
const time = '2026-11-21T08:00:00Z';
const own = trialPartyKey(uscc);
type Key = PartyContent['keys'][number];

const code = (work: () => unknown): string => {
  try {
    work();
    return 'passes';
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
};

const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
const instant = fc.integer({ min: 1_700_000_000, max: 1_800_000_000 });

describe('a key', () => {
  it('is valid from its first instant on, and not at its last', () => {
    fc.assert(
      fc.property(
        instant,
        fc.option(fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: -3, max: 12 }),
        (from, length, offset) => {
          const validTo = length === null ? null : at(from + length);
          const key: Key = { ...own, validFrom: at(from), validTo };
          const isValid = offset >= 0 && (length === null || offset < length);
          expect(
            code(() => {
              assertKeyValid(key, at(from + offset));
            }),
          ).toBe(isValid ? 'passes' : 'KEY_NOT_VALID');
        },
      ),
    );
  });

  it('signs nothing from the instant on at which it was compromised, however long it is valid', () => {
    const key: Key = { ...own, compromisedSince: time };
    expect(
      code(() => {
        assertKeyValid(key, '2026-11-21T07:59:59Z');
      }),
    ).toBe('passes');
    for (const later of [time, '2026-11-21T08:00:01Z'])
      expect(
        code(() => {
          assertKeyValid(key, later);
        }),
      ).toBe('KEY_NOT_VALID');
  });

  it('is asked for every instant: when it signed, and when it was submitted', () => {
    const key: Key = { ...own, validTo: time };
    const before = '2026-11-21T07:59:59Z';
    expect(
      code(() => {
        assertKeyValid(key, before, before);
      }),
    ).toBe('passes');
    expect(
      code(() => {
        assertKeyValid(key, before, time);
      }),
    ).toBe('KEY_NOT_VALID');
    expect(
      code(() => {
        assertKeyValid(key, time, before);
      }),
    ).toBe('KEY_NOT_VALID');
  });
});

describe('the time of signing', () => {
  it('lies at most ten minutes ahead of the transaction, and thirty days behind', () => {
    fc.assert(
      fc.property(
        instant,
        fc.oneof(fc.integer({ min: -3e6, max: 3e6 }), fc.constantFrom(600, 601, -2_592_000, -2_592_001)),
        (now, offset) => {
          const isWithin = offset <= LONGEST_AHEAD_SECONDS && -offset <= LONGEST_BEFORE_SUBMITTING_SECONDS;
          expect(
            code(() => {
              assertTime(at(now + offset), at(now));
            }),
          ).toBe(isWithin ? 'passes' : 'SIGNED_TIME_OUT_OF_RANGE');
        },
      ),
    );
  });
  it('is ten minutes and thirty days: what the trust model says', () => {
    expect([LONGEST_AHEAD_SECONDS, LONGEST_BEFORE_SUBMITTING_SECONDS]).toEqual([10 * 60, 30 * 24 * 60 * 60]);
  });
});

describe('an organisation that submits', () => {
  const organisations = { OldMSP: ['NewMSP', 'OtherMSP'] };
  it.each<[string[], string, boolean]>([
    [['A', 'B'], 'B', true],
    [['A'], 'B', false],
    [['OldMSP'], 'NewMSP', true],
    [['A', 'OldMSP'], 'OtherMSP', true],
    [['NewMSP'], 'OldMSP', false],
    [['A'], 'NewMSP', false],
    [['constructor'], 'name', false],
    [[], 'A', false],
  ])('for a party that names %j: %s may carry: %s', (named, msp, may) => {
    expect(mayCarry(named, msp, organisations)).toBe(may);
  });
});

interface Change {
  readonly party?: Partial<PartyContent>;
  readonly ended?: string;
  readonly tx?: Partial<TransactionFacts>;
  readonly signedAt?: string;
  readonly ledger?: string;
}

async function digested({ signedAt = time, ledger: of = ledger }: Change): Promise<DigestedSubmission> {
  const body = { ledger: of, party: uscc, records: [recordOf('facility')], signedAt };
  return digestSubmission(await signSubmission(body, trialSigner(uscc)));
}

/** Who signs with the trial key of the enterprise: `passes`, or the code of the refusal. */
async function authorised(change: Change = {}): Promise<string> {
  const submission = await digested(change);
  const content = { ...(exampleOf('party') as PartyContent), keys: [own], ...change.party };
  const party: PartyState = { record: '', version: 1, content, ...(change.ended && { ended: change.ended }) };
  const tx = { ledger, time, msp: 'EnterpriseMSP', ...change.tx };
  return code(() => authorise(submission, party, tx));
}

describe('a submission', () => {
  it('is the party’s own, by a key of its record, through an organisation that it names', async () => {
    expect(await authorised()).toBe('passes');
  });

  it.each<[string, Change, string]>([
    ['for another ledger', { ledger: 'cd'.repeat(32) }, 'WRONG_LEDGER'],
    [
      'by a key that the record does not name',
      { party: { keys: [trialPartyKey('91110000MA0FAKE3W8')] } },
      'KEY_UNKNOWN',
    ],
    ['by a key of another suite', { party: { keys: [{ ...own, suite: 'sm2-sm3' }] } }, 'SIGNATURE_INVALID'],
    ['by a key that ended', { party: { keys: [{ ...own, validTo: time }] } }, 'KEY_NOT_VALID'],
    [
      'by a key that begins later',
      { party: { keys: [{ ...own, validFrom: '2026-11-21T08:00:01Z' }] } },
      'KEY_NOT_VALID',
    ],
    [
      'by a compromised key',
      { party: { keys: [{ ...own, compromisedSince: '2026-01-01T00:00:00Z' }] } },
      'KEY_NOT_VALID',
    ],
    [
      'by a key that ended between signing and submitting',
      { party: { keys: [{ ...own, validTo: '2026-11-21T07:00:00Z' }] }, signedAt: '2026-11-21T06:00:00Z' },
      'KEY_NOT_VALID',
    ],
    ['signed too long ago', { signedAt: '2026-10-01T00:00:00Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ['signed too far ahead', { signedAt: '2026-11-21T08:10:01Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ['of an ended party', { party: { status: 'ended' } }, 'PARTY_ENDED'],
    ['of a party whose registration was withdrawn', { ended: '2026-01-01T00:00:00Z' }, 'PARTY_ENDED'],
    ['of a suspended party', { party: { status: 'suspended' } }, 'PARTY_SUSPENDED'],
    ['through another organisation', { tx: { msp: 'OtherMSP' } }, 'WRONG_MSP'],
  ])('%s is refused', async (_, change, expected) => {
    expect(await authorised(change)).toBe(expected);
  });

  it('of an earlier ledger has no organisation any more, or one that stands for it', async () => {
    const submission = await digested({});
    const content = { ...(exampleOf('party') as PartyContent), keys: [own] };
    const party: PartyState = { record: '', version: 1, content };
    expect(code(() => authorise(submission, party, { ledger, time }))).toBe('passes');
    const organisations = { EnterpriseMSP: ['NewMSP'] };
    expect(code(() => authorise(submission, party, { ledger, time, msp: 'NewMSP', organisations }))).toBe('passes');
  });

  it('of nobody who is registered is refused before its signature is looked at', async () => {
    const submission = await digested({});
    expect(code(() => authorise(submission, undefined, { ledger, time }))).toBe('PARTY_UNKNOWN');
  });

  it('signed ten minutes ahead by a key that is valid only from then is refused: both instants count', async () => {
    const seconds = unixSeconds(time);
    const party = { keys: [{ ...own, validFrom: at(seconds + 300) }] };
    expect(await authorised({ party, signedAt: at(seconds + 300) })).toBe('KEY_NOT_VALID');
  });
});
