import {
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialSigner,
} from '../../../test/support/trial-parties';
import { isLedgerError } from '../errors';
import type { LedgerRecord } from '../records';
import { recordOf } from '../rulebook/testing/bench';
import { digestSubmission, signSubmission, type DigestedSubmission } from '../submission';
import { judgeFounding } from './founding';

const ledger = 'ab'.repeat(32);
const time = '2026-11-21T08:00:00Z';
const { uscc } = trialNationalAuthority;
const msp = 'FounderMSP';
const own = trialPartyRecord(trialNationalAuthority, uscc, [msp]).record;
const key = trialPartyKey(uscc);

interface Founding {
  readonly records?: readonly LedgerRecord[];
  readonly content?: Record<string, unknown>;
  readonly record?: Partial<LedgerRecord>;
  readonly party?: string;
  readonly signer?: string;
  readonly signedAt?: string;
  readonly signedFor?: string;
  /** `none` for a transaction of which nobody can tell. */
  readonly msp?: string;
}

/** The founding submission of the trial's national authority, changed. */
async function submissionOf(change: Founding): Promise<DigestedSubmission> {
  const record = { ...own, content: { ...own.content, ...change.content }, ...change.record };
  const asked = { party: uscc, signer: uscc, signedAt: time, signedFor: ledger, records: [record], ...change };
  const { party, signer, signedAt, signedFor, records } = asked;
  return digestSubmission(await signSubmission({ ledger: signedFor, party, records, signedAt }, trialSigner(signer)));
}

function factsOf({ msp: by = msp }: Founding): Parameters<typeof judgeFounding>[1] {
  return { ledger, time, ...(by === 'none' ? {} : { msp: by }) };
}

/** Founds a ledger by it: its record and state, or the code of the refusal. */
async function found(change: Founding = {}): Promise<string> {
  const digested = await submissionOf(change);
  try {
    const state = await judgeFounding(digested, factsOf(change));
    const registered = await state.view.get('party', uscc);
    return `${state.founder} ${state.record === registered?.record ? 'registered' : 'unregistered'}`;
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

const registered = `${uscc} registered`;
const another = '91140000MA0FAKE01X';

describe('the founding of a ledger', () => {
  it('registers the national authority by its own record, signed with its own key', async () => {
    expect(await found()).toBe(registered);
    expect(await found({ msp: 'none' })).toBe(registered);
  });

  it('claims its keys for good', async () => {
    const body = { ledger, party: uscc, records: [own], signedAt: time };
    const { view } = await judgeFounding(digestSubmission(await signSubmission(body, trialSigner(uscc))), {
      ledger,
      msp,
      time,
    });
    expect(await view.get('claim', `key/${key.id}`)).toEqual({ key: `${uscc}/-/-/party` });
    expect([...view.writes().keys()].map((name) => name.split('/')[0])).toEqual(['claim', 'head', 'party']);
  });

  it.each<[string, Founding, string]>([
    ['no record', { records: [recordOf('facility', { issuer: uscc })] }, 'BAD_SUBMISSION'],
    ['two records', { records: [own, own] }, 'BAD_SUBMISSION'],
    ['the record of another', { record: { subject: { ...own.subject, uscc: another } } }, 'BAD_SUBMISSION'],
    ['a record that another issued', { record: { issuer: another } }, 'BAD_SUBMISSION'],
    ['a submission of another', { party: another }, 'BAD_SUBMISSION'],
    ['a second version', { record: { version: 2 } }, 'BAD_SUBMISSION'],
    ['another kind of party', { content: { kind: 'province-authority' } }, 'BAD_SUBMISSION'],
    ['another ledger', { signedFor: 'cd'.repeat(32) }, 'WRONG_LEDGER'],
    ['an organisation that it does not name', { msp: 'OtherMSP' }, 'WRONG_MSP'],
    ['a content that is none', { content: { region: 'x' } }, 'BAD_RECORD'],
    ['a key that is not in its record', { signer: another }, 'KEY_UNKNOWN'],
    [
      'a key that its holder did not offer',
      { content: { keys: [key, { ...trialPartyKey(another) }] } },
      'SIGNATURE_INVALID',
    ],
    ['a key that ended', { content: { keys: [{ ...key, validTo: time }] } }, 'KEY_NOT_VALID'],
    [
      'a key that begins later',
      { content: { keys: [{ ...key, validFrom: '2027-01-01T00:00:00Z' }] } },
      'KEY_NOT_VALID',
    ],
    [
      'a compromised key',
      { content: { keys: [{ ...key, compromisedSince: '2026-01-01T00:00:00Z' }] } },
      'KEY_NOT_VALID',
    ],
    ['a time of signing long ago', { signedAt: '2026-01-01T00:00:00Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ['a time of signing to come', { signedAt: '2026-11-21T09:00:00Z' }, 'SIGNED_TIME_OUT_OF_RANGE'],
    ['a founder who is suspended', { content: { status: 'suspended' } }, 'PARTY_SUSPENDED'],
    ['a founder who is ended', { content: { status: 'ended' } }, 'PARTY_SUSPENDED'],
  ])('is refused with %s', async (_, change, code) => {
    expect(await found(change)).toBe(code);
  });
});
