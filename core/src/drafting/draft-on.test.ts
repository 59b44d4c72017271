import { trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../../../test/support/agenda-source';
import { enterprise, lab, ledgerId, time, TrialWorld, unitOne } from '../../../test/support/trial-world';
import { toHex } from '../bytes';
import { recordLeafHash } from '../records';
import { rulebooks, type Rulebook } from '../rulebook';
import { digestOf } from '../submission';
import { draftRecord, type Draft } from './draft';
import { assertFaithful, type AnsweredDraft } from './faithful';
import type { DraftRequest } from './request';

const rulebook = rulebooks.get(1) as Rulebook;
const province = trialProvinceAuthority('140000').uscc;
const founder = trialNationalAuthority.uscc;
const salt = (): string => '0'.repeat(32);

async function draft(world: TrialWorld, request: DraftRequest): Promise<Draft> {
  const party = (await world.ledger.get('party', request.issuer))!;
  const tools = { rulebook, source: agendaSource(world.ledger), salt, now: time, ledger: ledgerId, founder };
  return draftRecord(request, { uscc: request.issuer, party }, tools);
}

describe('a draft', () => {
  it('about somebody else asks about whom, before it says anything of the party that files', async () => {
    const world = await TrialWorld.open();
    const about = { type: 'test-report', issuer: lab.uscc, content: {} } as const;
    const { faults } = await draft(world, about);
    expect(faults.map(({ code, path }) => `${code} ${path}`)).toEqual(['BAD_RECORD /subject/uscc']);
    const named = await draft(world, { ...about, subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' } });
    expect(named.faults.some(({ path }) => path === '/subject/uscc')).toBe(false);
  });

  it('takes the subject of what it rests on only where it can be about that', async () => {
    const world = await TrialWorld.open();
    const parameters = `${founder}/POWER/2024/parameter`;
    const { built } = await draft(world, {
      ...{ type: 'monthly-evidence', issuer: enterprise.uscc, on: parameters, content: {} },
      subject: { period: '2024-01' },
    });
    expect(built.record.subject).toEqual({ uscc: enterprise.uscc, unit: '-', period: '2024-01' });
  });

  it('of a review takes the level alone for its label: what is reviewed says the rest', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    await world.anchor([plan]);
    const { built, faults } = await draft(world, {
      ...{ type: 'review', kind: 'review.province', issuer: province, on: plan.key },
      content: { decision: 'accept' },
    });
    expect(built.record.kind).toBe('review.province_quality-control-plan');
    expect(faults).toEqual([]);
    const asked = { type: 'review', kind: 'review.province', issuer: province, on: plan.key } as const;
    const statement = { ledger: ledgerId, party: province, signedAt: time };
    const digest = `0x${toHex(digestOf(statement, [recordLeafHash(built.record)]))}`;
    const answer: AnsweredDraft = { ...statement, ...built, recordId: built.id, digest };
    expect(() => {
      assertFaithful(answer, asked, statement);
    }).not.toThrow();
    expect(() => {
      assertFaithful(answer, { ...asked, kind: 'review.city' }, statement);
    }).toThrow(expect.objectContaining({ code: 'DRAFT_DIFFERS' }) as Error);
  });

  it('of a correction that the state does not allow tells what it allows, and by whom', async () => {
    const world = await TrialWorld.withParties();
    const facility = world.facility([unitOne]);
    await world.anchor([facility]);
    const content = { reason: 'CORRECTION', statement: '更正' };
    const { faults } = await draft(world, {
      ...{ type: 'supersession', issuer: enterprise.uscc, on: facility.key, content },
    });
    expect(faults).toMatchObject([{ code: 'STATE_CONFLICT', details: { state: 'FILED' } }]);
    expect(faults[0]?.message).toContain('review.province:accept → ACCEPTED by province-authority');
  });

  it('of a unit that is not accepted yet tells where its registration stands', async () => {
    const world = await TrialWorld.withParties();
    const facility = world.facility([unitOne]);
    await world.anchor([facility, world.engagement('testing', lab.uscc)]);
    const receipt = { type: 'sample-receipt', issuer: lab.uscc, content: {} } as const;
    const subject = { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' };
    const { faults } = await draft(world, { ...receipt, subject });
    const unknown = faults.find(({ code }) => code === 'UNIT_UNKNOWN');
    expect(unknown?.message).toContain(`${facility.key} is FILED; what is possible: `);
  });

  it('of a list names the tables of the sectors on it, by which it is due', async () => {
    const world = await TrialWorld.withParties();
    const entry = { uscc: enterprise.uscc, sector: 'power', listed: true, reason: '试验' };
    const { built, faults } = await draft(world, {
      ...{ type: 'emitter-list', issuer: province, subject: { period: '2024' } },
      content: { entries: [entry] },
    });
    expect(faults).toEqual([]);
    expect(built.record.cites.map(({ key }) => key)).toEqual([`${founder}/POWER/2024/parameter`]);
  });
});
