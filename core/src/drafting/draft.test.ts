import fc from 'fast-check';
import { trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../../../test/support/agenda-source';
import { build, enterprise, lab, ledgerId, time, TrialWorld, verifier } from '../../../test/support/trial-world';
import { trialYear } from '../../../test/support/trial-year';
import { toHex } from '../bytes';
import { recordLeafHash } from '../records';
import { rulebooks, type BuiltRecord, type Rulebook } from '../rulebook';
import { digestOf } from '../submission';
import { draftRecord, type Draft } from './draft';
import { assertFaithful, type AnsweredDraft } from './faithful';
import type { DraftRequest } from './request';
import { recordWords } from './words';

const rulebook = rulebooks.get(1) as Rulebook;
const province = trialProvinceAuthority('140000').uscc;
const founder = trialNationalAuthority.uscc;
let salts = 0;
const salt = (): string => (salts++).toString(16).padStart(32, '0123456789abcdef');

async function draft(world: TrialWorld, request: DraftRequest): Promise<Draft> {
  const party = (await world.ledger.get('party', request.issuer))!;
  const tools = { rulebook, source: agendaSource(world.ledger), salt, now: time, ledger: ledgerId, founder };
  return draftRecord(request, { uscc: request.issuer, party }, tools);
}

const statedOf = ({ figures }: BuiltRecord): Record<string, string> =>
  Object.fromEntries(figures.filter(({ formula }) => formula === undefined).map(({ name, value }) => [name, value]));

/** A plan and a report, and the month that rests on them. */
async function january(): Promise<{ world: TrialWorld; evidence: BuiltRecord; request: DraftRequest }> {
  const world = await TrialWorld.open();
  const plan = world.plan();
  const receipt = world.receipt();
  const report = world.report(receipt);
  await world.anchor([plan]);
  await world.anchor([receipt, report]);
  const evidence = world.evidence(plan, report);
  const content = Object.fromEntries(Object.entries(evidence.record.content).filter(([name]) => name !== 'due'));
  const request: DraftRequest = {
    type: 'monthly-evidence',
    issuer: enterprise.uscc,
    subject: { unit: 'U1', period: '2024-01' },
    content,
    figures: statedOf(evidence),
  };
  return { world, evidence, request };
}

describe('a draft', () => {
  it('of a month takes stated figures and proposes all the rest: citations, due day, computed figures', async () => {
    const { world, evidence, request } = await january();
    const { built, faults, open, figures, due } = await draft(world, request);
    expect([faults, open]).toEqual([[], []]);
    expect(built.record.cites).toEqual(evidence.record.cites);
    expect(built.record.content).toEqual(evidence.record.content);
    expect(built.record.totals).toEqual(evidence.record.totals);
    const plain = (of: BuiltRecord): unknown[] => of.figures.map((figure) => ({ ...figure, salt: '' }));
    expect(plain(built)).toEqual(plain(evidence));
    expect(due).toBe('2024-03-11');
    expect(figures.find(({ name }) => name === 'emission_tCO2')).toMatchObject({ isStated: false });
    await world.anchor([built]);
  });

  it('of a next version is held to the one before, which nothing cites', async () => {
    const { world, evidence, request } = await january();
    await world.anchor([evidence]);
    await world.anchor([world.supersession(evidence)]);
    const { built, faults } = await draft(world, request);
    expect([built.record.version, faults]).toEqual([2, []]);
    await world.anchor([built]);
  });

  it('of a review takes kind, role, subject and step from what is reviewed', async () => {
    const { world, evidence } = await january();
    await world.anchor([evidence]);
    const { built, faults, on } = await draft(world, {
      type: 'review',
      issuer: province,
      on: evidence.id,
      content: { decision: 'accept', reasons: [] },
    });
    expect(faults).toEqual([]);
    expect(built.record).toMatchObject({ kind: 'review.province_monthly-evidence', subject: evidence.record.subject });
    expect(built.record.cites.map(({ role }) => role).sort()).toEqual(['parameters', 'reviewed']);
    expect(on).toEqual({ key: evidence.key, record: evidence.id, state: 'FILED', to: 'ACCEPTED' });
    await world.anchor([built]);
    const again = await draft(world, {
      type: 'review',
      issuer: province,
      on: evidence.key,
      content: { decision: 'accept', reasons: [] },
    });
    expect(again.faults.map(({ code }) => code)).toEqual(['STATE_CONFLICT']);
    expect(again.faults[0]?.message).toContain('review.province:return → RETURNED by province-authority (region)');
  });

  it('says nothing of lists that nobody filled, and numbers what carries a number', async () => {
    const { world, evidence } = await january();
    await world.anchor([evidence]);
    const accepted = await draft(world, {
      ...{ type: 'review', issuer: province, on: evidence.id },
      content: { decision: 'accept' },
    });
    expect([accepted.faults, accepted.built.record.content['reasons']]).toEqual([[], []]);
    const items = [{ about: 'R-S01', reason: '换烧煤种', documents: [] }];
    const subject = { unit: 'U1', period: '2024-01' };
    const explaining = { type: 'explanation', issuer: enterprise.uscc, subject, content: { items } } as const;
    expect((await draft(world, explaining)).built.record.kind).toBe('explanation.1');
    const empty = await draft(world, { ...explaining, content: {} });
    expect(empty.faults.map(({ path }) => path)).toContain('/content/items');
  });

  it('tells every fault at its field, and who may where the party may not', async () => {
    const { world, request } = await january();
    const wrong = await draft(world, {
      ...request,
      content: { ...request.content, carbonBasis: 'guessed', due: '2024-03-12' },
    });
    expect(wrong.faults.map(({ path }) => path)).toContain('/content/carbonBasis');
    const other = await draft(world, {
      ...request,
      issuer: lab.uscc,
      subject: { ...request.subject, uscc: enterprise.uscc },
    });
    expect(other.faults[0]).toMatchObject({ code: 'NOT_ALLOWED_TO_FILE' });
    expect(other.faults[0]?.message).toContain('it is filed by: enterprise about itself');
  });

  it('of the plant cites exactly the units in force, and of a year all its months', async () => {
    const { world, conclusion, plantReport, annual } = await trialYear(false, 0);
    const { built } = await draft(world, {
      type: 'verification-conclusion',
      issuer: verifier.uscc,
      on: plantReport.key,
      subject: { uscc: enterprise.uscc, unit: 'PLANT', period: '2024' },
      content: conclusion.record.content,
    });
    expect(built.record.cites).toEqual(conclusion.record.cites);
    const report = await draft(world, {
      type: 'annual-report',
      issuer: enterprise.uscc,
      subject: { unit: 'U1', period: '2024' },
      content: annual.record.content,
    });
    expect(report.built.record.cites).toEqual(annual.record.cites);
    expect(report.built.record.version).toBe(2);
  });

  it('names what is not anchored', async () => {
    const { world, request } = await january();
    const cites = { 'test-report': [`${enterprise.uscc}/U1/2024-02/test-report`] };
    await expect(draft(world, { ...request, cites })).rejects.toMatchObject({ code: 'CITATION_UNKNOWN' });
    await expect(draft(world, { ...request, on: `rec:${'0'.repeat(64)}` })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('whoever signs a draft', () => {
  const answered = async (): Promise<{ request: DraftRequest; answer: AnsweredDraft }> => {
    const { world, request } = await january();
    const { built } = await draft(world, request);
    const statement = { ledger: ledgerId, party: enterprise.uscc, signedAt: time };
    const digest = `0x${toHex(digestOf(statement, [recordLeafHash(built.record)]))}`;
    return { request, answer: { ...statement, ...built, recordId: built.id, digest } };
  };
  const expected = { ledger: ledgerId, party: enterprise.uscc };

  it('takes one that says what was stated', async () => {
    const { request, answer } = await answered();
    expect(() => {
      assertFaithful(answer, request, expected);
    }).not.toThrow();
  });

  it('refuses every other digest, ledger, party, fact, figure, reader and document', async () => {
    const { request, answer } = await answered();
    const redone = (record: AnsweredDraft['record']): AnsweredDraft => {
      const made = build({ ...record, cites: {}, figures: {} } as never);
      return { ...answer, record, recordId: made.id, digest: answer.digest };
    };
    const changed: AnsweredDraft[] = [
      { ...answer, digest: `0x${'0'.repeat(64)}` },
      { ...answer, ledger: 'ff'.repeat(32) },
      { ...answer, party: lab.uscc },
      { ...answer, figures: answer.figures.slice(1) },
      redone({ ...answer.record, content: { ...answer.record.content, carbonBasis: 'default' } }),
      redone({ ...answer.record, readers: [lab.uscc] }),
      redone({ ...answer.record, issuer: lab.uscc }),
    ];
    for (const one of changed)
      expect(() => {
        assertFaithful(one, request, expected);
      }).toThrow('draft is not what was asked');
  });

  it('refuses a draft in which any stated figure was changed, with a digest that fits', async () => {
    const { request, answer } = await answered();
    const names = Object.keys(request.figures ?? {});
    fc.assert(
      fc.property(fc.constantFrom(...names), (name) => {
        const stated = { ...request.figures, [name]: `${request.figures?.[name] ?? ''}1` };
        expect(() => {
          assertFaithful(answer, { ...request, figures: stated }, expected);
        }).toThrow();
      }),
      { numRuns: 20 },
    );
  });
});

describe('words of a record', () => {
  it('tell every field, figure, citation and effect, in both languages', async () => {
    const { world, evidence } = await january();
    await world.anchor([evidence]);
    const review = world.review(evidence, {
      decision: 'return',
      reasons: [{ code: 'SAMPLING', text: '缺少采样记录' }],
      returnBy: '2024-04-10',
    });
    const { en, zh } = recordWords(review.record, review.figures);
    expect(en.join('\n')).toContain('Decision: ');
    expect(en.at(-1)).toBe(`  Monthly evidence ${evidence.key}: returned (RETURNED)`);
    expect(zh.join('\n')).toContain('缺少采样记录');
    expect([en[0], zh[0]]).toEqual([
      'Review (Province · Monthly evidence), version 1',
      '审核意见（省级 · 月度存证）, 版本 1',
    ]);
    expect(zh.join('\n')).toContain(`  被审核的记录（reviewed）: ${evidence.key}`);
    expect(en.join('\n')).toContain(`  reviewed: ${evidence.key}`);
    expect(zh.at(-1)).toBe(`  月度存证 ${evidence.key}: 已退回 (RETURNED)`);
    const month = recordWords(evidence.record, evidence.figures).en.join('\n');
    for (const { name, value } of evidence.figures) expect(month).toContain(`${name} = ${value}`);
    for (const { key } of evidence.record.cites) expect(month).toContain(key);
  });
});
