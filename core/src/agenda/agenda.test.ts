import fc from 'fast-check';
import { trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../../../test/support/agenda-source';
import { enterprise, lab, TrialWorld, verifier } from '../../../test/support/trial-world';
import { trialYear } from '../../../test/support/trial-year';
import { addDays, lastDayOfMonth } from '../calendar';
import { rulebooks, type Rulebook } from '../rulebook';
import { agendaOf } from './agenda';
import { addWorkingDays, toldFrom, untilOf, weekdays } from './deadline';
import type { Duty } from './duty';
import { possibleActions } from './possible';

const rulebook = rulebooks.get(1) as Rulebook;
const province = trialProvinceAuthority('140000').uscc;
const otherProvince = trialProvinceAuthority('440000').uscc;

async function dutiesOf(world: TrialWorld, uscc: string, now: string): Promise<readonly Duty[]> {
  const party = await world.ledger.get('party', uscc);
  if (party === undefined) throw new Error(`${uscc} is not registered`);
  return (await agendaOf(rulebook, agendaSource(world.ledger), { uscc, party }, now)).duties;
}

const lines = (duties: readonly Duty[]): string[] =>
  duties.map(({ step, key, until, late }) =>
    [step, key.slice(19), until ?? '-', ...(late ? [`+${late}`] : [])].join(' '),
  );

describe('the agenda of an enterprise', () => {
  it('begins with what its listing asks for, nearest day first, late marked', async () => {
    const world = await TrialWorld.open();
    expect(lines(await dutiesOf(world, enterprise.uscc, '2024-03-20T00:00:00Z'))).toEqual([
      'filed U1/2024/quality-control-plan 2023-12-31 +80',
      'filed U1/2024-01/monthly-evidence 2024-03-11 +9',
      'filed U1/2024-02/monthly-evidence 2024-04-09',
    ]);
  });

  it('asks for nothing where nobody is listed', async () => {
    const world = await TrialWorld.withParties();
    expect(await dutiesOf(world, enterprise.uscc, '2024-03-20T00:00:00Z')).toEqual([]);
  });

  it('counts days in Asia/Shanghai', async () => {
    const world = await TrialWorld.open();
    const january = async (now: string): Promise<number | undefined> =>
      (await dutiesOf(world, enterprise.uscc, now)).find(({ key }) => key.includes('2024-01/'))?.late;
    expect(await january('2024-03-11T15:59:59Z')).toBeUndefined();
    expect(await january('2024-03-11T16:00:00Z')).toBe(1);
  });

  it('brings back what was returned, until the day that the review names', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    await world.anchor([plan]);
    const reasons = [{ code: 'SAMPLING', text: '缺少采样记录' }];
    await world.anchor([world.review(plan, { decision: 'return', reasons, returnBy: '2024-02-10' })]);
    const [first] = await dutiesOf(world, enterprise.uscc, '2024-02-12T00:00:00Z');
    expect(first).toMatchObject({
      step: 'filed',
      record: plan.id,
      version: 1,
      state: 'RETURNED',
      until: '2024-02-10',
      late: 2,
    });
  });
});

describe('the agenda of an authority', () => {
  it('holds what waits for its review, and of its own region only', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    await world.anchor([plan]);
    const [duty, ...more] = await dutiesOf(world, province, '2024-02-01T00:00:00Z');
    expect(more).toEqual([]);
    expect(duty).toMatchObject({
      step: 'review.province:accept',
      key: plan.key,
      record: plan.id,
      file: {
        type: 'review',
        kind: 'review.province_quality-control-plan',
        role: 'reviewed',
        content: { decision: 'accept' },
      },
    });
    const other = { uscc: otherProvince, party: (await world.ledger.get('party', province))! };
    const elsewhere = { ...other.party, content: { ...other.party.content, region: '440000' } };
    const { duties } = await agendaOf(
      rulebook,
      agendaSource(world.ledger),
      { uscc: otherProvince, party: elsewhere },
      '2024-02-01T00:00:00Z',
    );
    expect(duties).toEqual([]);
    await world.anchor([world.review(plan, { decision: 'accept', reasons: [] })]);
    expect(await dutiesOf(world, province, '2024-02-01T00:00:00Z')).toEqual([]);
  });
});

describe('what follows on records of others', () => {
  it('is no more once it is filed', async () => {
    const { world } = await trialYear(false, 0);
    expect(await dutiesOf(world, verifier.uscc, '2025-06-01T00:00:00Z')).toEqual([]);
    expect(await dutiesOf(world, lab.uscc, '2025-06-01T00:00:00Z')).toEqual([]);
  });

  it('is a report on each sample', async () => {
    const world = await TrialWorld.open();
    const receipt = world.receipt('2024-01', '2024-02-03');
    await world.anchor([receipt]);
    expect(lines(await dutiesOf(world, lab.uscc, '2024-02-04T00:00:00Z'))).toEqual(['filed U1/2024-01/test-report -']);
  });
});

describe('possible actions', () => {
  it('are the steps of the lifecycle, with who may take them', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    await world.anchor([plan]);
    const situation = { key: plan.key, state: 'FILED', issuer: enterprise.uscc };
    const ask = async (uscc: string): Promise<string[]> => {
      const party = (await world.ledger.get('party', uscc))!;
      const found = await possibleActions(rulebook, situation, { uscc, party }, world.ledger);
      return found.filter(({ yours }) => yours).map(({ step }) => step);
    };
    expect(await ask(province)).toEqual([
      'review.province:accept',
      'review.province:return',
      'supersession',
      'revocation',
    ]);
    expect(await ask(enterprise.uscc)).toEqual(['supersession', 'revocation']);
    expect(await ask(lab.uscc)).toEqual([]);
    const [city] = await possibleActions(rulebook, situation, undefined, world.ledger);
    expect(city).toMatchObject({
      step: 'review.city:accept',
      to: 'CITY_CHECKED',
      by: [{ by: 'city-authority', as: 'region' }],
    });
    expect(city).not.toHaveProperty('yours');
  });

  it('name for every step of every lifecycle a record that makes exactly that step', async () => {
    const world = await TrialWorld.withParties();
    for (const spec of Object.values(rulebook.types)) {
      const process = rulebook.processes[spec.process];
      for (const state of Object.keys(process.states)) {
        const key = `${enterprise.uscc}/U1/2024/${spec.type}`;
        for (const { step, file, to } of await possibleActions(rulebook, { key, state }, undefined, world.ledger)) {
          expect(process.transitions.find(({ on }) => on === step)?.to).toBe(to);
          if (step !== 'filed') expect([step, file.role]).not.toEqual([step, undefined]);
        }
      }
    }
  });
});

describe('deadlines', () => {
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => addDays('2000-01-01', days));

  it('in working days end on one, with as many of them behind the start', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 40 }), (from, count) => {
        const end = addWorkingDays(from, count, weekdays);
        expect(weekdays(end)).toBe(true);
        let passed = 0;
        for (let at = addDays(from, 1); at <= end; at = addDays(at, 1)) passed += Number(weekdays(at));
        expect(passed).toBe(count);
      }),
    );
  });

  it('take the earliest that can be told', () => {
    const counting = { since: '2024-03-01T16:00:00Z', content: { returnBy: '2024-03-09' }, isWorking: weekdays };
    expect(untilOf([{ field: 'returnBy' }, { days: 5, count: 'natural' }], counting)).toBe('2024-03-07');
    expect(untilOf([{ days: 5, count: 'working' }], counting)).toBe('2024-03-08');
    expect(untilOf([{ field: 'missing' }], counting)).toBeUndefined();
  });

  it('tell what is due after its period once that is over, and what is due before it in time', () => {
    expect(toldFrom('2024-02', '2024-04-09')).toBe('2024-03-01');
    expect(toldFrom('2024', '2023-12-31')).toBe('2023-11-01');
    expect(lastDayOfMonth('2024-02')).toBe('2024-02-29');
  });
});
