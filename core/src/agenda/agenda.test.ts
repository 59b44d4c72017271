import fc from 'fast-check';
import { trialNationalAuthority, trialProvinceAuthority } from '@carbon-ledger/plant-year/trial';
import { agendaSource } from '../../../test/support/agenda-source';
import { build } from '../../../test/support/trial-records';
import { enterprise, lab, TrialWorld, verifier } from '../../../test/support/trial-world';
import { trialYear } from '../../../test/support/trial-year';
import { addDays, daysBetween, isWeekend, lastDayOfMonth, type WorkingPeriod } from '../calendar';
import { rulebooks, type Deadline, type Rulebook } from '../rulebook';
import { agendaOf } from './agenda';
import { toldFrom, untilOf, type WorkingYear } from './deadline';
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
    // The other province owes its own list of the year, and nothing of this plant.
    expect(duties.filter(({ key }) => key.startsWith(enterprise.uscc))).toEqual([]);
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
          // Which step a version takes may be said by its content: a plan of an inspection is opened by the next one.
          const makes = (on: string): boolean => on === step || (step === 'filed' && on.startsWith('filed.'));
          const leads = process.transitions.filter(({ on, from }) => makes(on) && from.includes(state as never));
          expect(leads.map((one) => one.to)).toContain(to);
          if (step !== 'filed') expect([step, file.role]).not.toEqual([step, undefined]);
        }
      }
    }
  });
});

describe('a deadline in working days', () => {
  it('is told by the calendar on the ledger; without one there is no day', async () => {
    const { world, annual } = await trialYear(false, 0);
    const notice = async (): Promise<Duty | undefined> =>
      (await dutiesOf(world, province, '2025-06-01T00:00:00Z')).find(
        ({ step, key }) => step === 'review.province:notify' && key === annual.key,
      );
    const before = await notice();
    expect(before).toBeDefined();
    expect(before).not.toHaveProperty('until');
    const nation = trialNationalAuthority.uscc;
    const since = before?.since?.slice(0, 10) ?? '';
    const file = async (notice: number, version: number): Promise<void> => {
      const periods = { notice, objection: 7, decision: 10, redetermination: 10 };
      const content = { source: '放假安排', holidays: [], workdays: [], periods };
      const subject = { uscc: nation, unit: '-', period: since.slice(0, 4) };
      await world.anchor([build({ type: 'working-days', issuer: nation, subject, version, content })]);
    };
    await file(7, 1);
    const seven = await notice();
    expect(daysBetween(since, seven?.until ?? '')).toBeGreaterThanOrEqual(7);
    // Another number is another day.
    await file(14, 2);
    expect(daysBetween(seven?.until ?? '', (await notice())?.until ?? '')).toBeGreaterThanOrEqual(7);
  });
});

describe('deadlines', () => {
  const period: WorkingPeriod = 'decision';
  const working: readonly Deadline[] = [{ count: 'working', period }];

  /** A year in which any weekday may be off, and any day of a weekend worked. */
  const yearOf = (year: string): fc.Arbitrary<WorkingYear> =>
    fc
      .record({
        changed: fc.uniqueArray(
          fc.integer({ min: 0, max: 364 }).map((days) => addDays(`${year}-01-01`, days)),
          { maxLength: 60 },
        ),
        count: fc.integer({ min: 1, max: 40 }),
      })
      .map(({ changed, count }) => ({
        year,
        holidays: changed.filter((day) => !isWeekend(day)),
        workdays: changed.filter(isWeekend),
        periods: { notice: 1, objection: 2, decision: count, redetermination: 3 },
      }));

  /** Every day from one on that counts, one by one; of a year without a calendar Monday to Friday. */
  const bruteForce = (from: string, count: number, years: readonly WorkingYear[]): string => {
    const works = (at: string): boolean => {
      const own = years.find(({ year }) => at.startsWith(year));
      if (own?.holidays.includes(at) === true) return false;
      return own?.workdays.includes(at) === true || ![0, 6].includes(new Date(`${at}T00:00:00Z`).getUTCDay());
    };
    const days = Array.from({ length: 500 }, (_, index) => addDays(from, index + 1));
    return days.filter(works)[count - 1] ?? '';
  };

  it('in working days are those of the calendars, day by day', () => {
    const years = fc.tuple(yearOf('2024'), yearOf('2025'), fc.boolean());
    fc.assert(
      fc.property(years, fc.integer({ min: 0, max: 364 }), ([first, second, hasNext], offset) => {
        const from = addDays('2024-01-01', offset);
        const calendars = hasNext ? [first, second] : [first];
        const found = untilOf(working, { since: `${from}T00:00:00Z`, content: {}, calendars });
        const day = bruteForce(from, first.periods.decision, calendars);
        const isByCalendar = hasNext || day.startsWith('2024');
        expect(found).toEqual({ day, counted: isByCalendar ? 'calendar' : 'weekdays' });
      }),
    );
  });

  it('are as many as the last calendar before says, counted Monday to Friday, where the year has none; told by none, no day', () => {
    const since = '2024-09-30T00:00:00Z';
    const of = (year: string, decision: number): WorkingYear => ({
      ...{ year, holidays: ['2024-10-01'], workdays: [] },
      periods: { notice: 1, objection: 1, decision, redetermination: 1 },
    });
    const calendars = [of('2022', 3), of('2023', 7), of('2025', 9)];
    expect(untilOf(working, { since, content: {}, calendars })).toEqual({ day: '2024-10-09', counted: 'weekdays' });
    for (const none of [[], [of('2025', 9)]])
      expect(untilOf(working, { since, content: {}, calendars: none })).toBeUndefined();
  });

  it('take the earliest that can be told', () => {
    const counting = { since: '2024-03-01T16:00:00Z', content: { returnBy: '2024-03-09' }, calendars: [] };
    expect(untilOf([{ field: 'returnBy' }, { days: 5, count: 'natural' }], counting)).toEqual({ day: '2024-03-07' });
    expect(untilOf([{ field: 'missing' }], counting)).toBeUndefined();
  });

  it('tell what is due after its period once that is over, and what is due before it in time', () => {
    expect(toldFrom('2024-02', '2024-04-09')).toBe('2024-03-01');
    expect(toldFrom('2024', '2023-12-31')).toBe('2023-11-01');
    expect(lastDayOfMonth('2024-02')).toBe('2024-02-29');
  });
});
