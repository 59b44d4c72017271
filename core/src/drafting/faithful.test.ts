import fc from 'fast-check';
import { build, enterprise, lab, ledgerId, time } from '../../../test/support/trial-records';
import { toHex } from '../bytes';
import { isLedgerError } from '../errors';
import { recordId, recordLeafHash, type LedgerRecord } from '../records';
import { digestOf } from '../submission';
import { assertFaithful, type AnsweredDraft } from './faithful';
import type { DraftRequest } from './request';

const expected = { ledger: ledgerId, party: enterprise.uscc };
const cited = build({
  ...{ type: 'explanation', issuer: enterprise.uscc, kind: 'explanation.1' },
  ...{ subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' }, content: { items: [] }, version: 1 },
});
const subject = { uscc: enterprise.uscc, unit: 'U1', period: '2024-02' };
const { record: plain } = build({
  ...{ type: 'explanation', issuer: enterprise.uscc, kind: 'explanation.2', version: 1, subject },
  content: { items: [], note: '换烧煤种', n: 1, nested: { a: [1, 2] } },
});
const of = (role: string, record = cited.id, key = cited.key): LedgerRecord['cites'][number] => ({ role, record, key });

/** An answer about this record whose id and digest fit it. */
function answer(more: Partial<LedgerRecord> = {}): AnsweredDraft {
  const record: LedgerRecord = { ...plain, cites: [of('explained')], ...more };
  const statement = { ledger: ledgerId, party: enterprise.uscc, signedAt: time };
  const digest = `0x${toHex(digestOf(statement, [recordLeafHash(record)]))}`;
  return { ...statement, record, recordId: recordId(record), figures: [], digest };
}

function differencesOf(draft: AnsweredDraft, more: Partial<DraftRequest> = {}): string[] {
  const request: DraftRequest = { type: 'explanation', issuer: enterprise.uscc, content: plain.content, ...more };
  try {
    assertFaithful(draft, request, expected);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe('DRAFT_DIFFERS');
    for (const { code } of error.faults) expect(code).toBe('DRAFT_DIFFERS');
    return error.faults.map(({ path }) => path);
  }
}

describe('a draft that somebody else answered', () => {
  it('is held to what was stated, and may say more', () => {
    expect(differencesOf(answer())).toEqual([]);
    expect(differencesOf(answer(), { content: {}, subject: { unit: 'U1', period: undefined } })).toEqual([]);
    expect(differencesOf(answer(), { kind: 'explanation.2', content: { nested: { a: [1, 2] } } })).toEqual([]);
  });

  it.each<[string, Partial<LedgerRecord>]>([
    ['/type', { type: 'review' }],
    ['/issuer', { issuer: lab.uscc }],
    ['/readers', { readers: [lab.uscc] }],
    ['/content/note', { content: { ...plain.content, note: '' } }],
    ['/content/n', { content: { ...plain.content, n: '1' } }],
    ['/content/nested', { content: { ...plain.content, nested: { a: [2, 1] } } }],
    ['/content/items', { content: { ...plain.content, items: [{}] } }],
    ['/subject/period', { subject: { ...subject, period: '2024-03' } }],
    ['/subject/uscc', { subject: { ...subject, uscc: lab.uscc } }],
    ['/cites/explained', { cites: [] }],
    ['/cites/explained', { cites: [of('other')] }],
    ['/cites/explained', { cites: [of('explained', plain.schema, 'x')] }],
    ['/cites/explained', { cites: [of('explained'), of('explained', `rec:${'0'.repeat(64)}`, 'x')] }],
  ])('differs at %s though its id and digest fit', (path, change) => {
    expect(differencesOf(answer(change), { subject, cites: { explained: [cited.id] } })).toEqual([path]);
  });

  it('cites what was named by id or by key, and whatever else for roles that were not named', () => {
    for (const names of [[cited.id], [cited.key], []])
      expect(differencesOf(answer(), { cites: { explained: names } })).toEqual([]);
    expect(
      differencesOf(answer({ cites: [of('explained'), of('other')] }), { cites: { explained: [cited.key] } }),
    ).toEqual([]);
    expect(differencesOf(answer(), { cites: { explained: [cited.key, plain.schema], absent: ['x'] } })).toEqual([
      '/cites/explained',
      '/cites/absent',
    ]);
  });

  it('tells every difference at once, at its place', () => {
    const all = { ...answer({ issuer: lab.uscc }), ledger: 'cd'.repeat(32), party: lab.uscc, recordId: cited.id };
    const paths = differencesOf(all, { kind: 'explanation.9', figures: { fc_t: '1' }, content: { note: 1 } });
    expect(paths.sort()).toEqual(
      ['/content/note', '/digest', '/figures/fc_t', '/issuer', '/kind', '/ledger', '/party', '/recordId'].sort(),
    );
  });

  it('is signed at the instant, for the ledger and by the party that its digest says', () => {
    for (const change of [{ signedAt: '2026-11-21T08:00:01Z' }, { digest: '0x' }, { recordId: cited.id }])
      expect(differencesOf({ ...answer(), ...change })).toHaveLength(1);
  });

  it('differs at exactly the fields that were stated otherwise, whatever they are called', () => {
    const name = fc.oneof(fc.constantFrom('toString', 'constructor', 'valueOf'), fc.stringMatching(/^[a-z]{1,6}$/));
    const content = fc.dictionary(
      name,
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
    );
    fc.assert(
      fc.property(content, content, (stated, found) => {
        const says = (one: object): Map<string, unknown> => new Map(Object.entries(one));
        const others = Object.keys(stated).filter(
          (field) => (says(stated).get(field) ?? null) !== (says(found).get(field) ?? null),
        );
        expect(differencesOf(answer({ content: found }), { content: stated }).sort()).toEqual(
          others.map((field) => `/content/${field}`).sort(),
        );
      }),
    );
  });
});
