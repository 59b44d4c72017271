import { trialPartyRecord } from '../../../plant-year/src/trial';
import { type BuiltRecord, type Judgement } from '..';
import { trialNationalAuthority } from '../../../plant-year/src/trial';
import { usccCheckDigit } from '..';
import { enterprise, msp, TrialWorld } from '../../../test/support/trial-world';

const uscc = (first17: string): string => first17 + usccCheckDigit(first17);
const city = {
  uscc: uscc('11140600MA0TRYC01'),
  name: '（虚构）朔州市',
  kind: 'city-authority',
  region: '140600',
} as const;
const nation = trialNationalAuthority.uscc;

const refusal = (judgement: Judgement): { code: string; path: string; details?: Record<string, unknown> }[] =>
  judgement.refused.flatMap(({ faults }) => faults.map(({ code, path, details = {} }) => ({ code, path, details })));

interface Month {
  readonly world: TrialWorld;
  readonly evidence: BuiltRecord;
  readonly state: () => Promise<string | undefined>;
}

/** January of U1, filed; with the city's authority registered by its province's registrar. */
async function filedMonth(): Promise<Month> {
  const world = await TrialWorld.open();
  await world.anchor([trialPartyRecord(city, nation, [msp])]);
  const plan = world.plan();
  const receipt = world.receipt();
  const report = world.report(receipt);
  await world.anchor([plan]);
  await world.anchor([receipt, report]);
  const evidence = world.evidence(plan, report);
  await world.anchor([evidence]);
  const state = async (): Promise<string | undefined> =>
    (await world.ledger.get('case', `three-level-review/${evidence.key}`))?.s;
  return { world, evidence, state };
}

const accept = { decision: 'accept', reasons: [] };
const returned = { decision: 'return', reasons: [{ code: 'SAMPLING', figure: 'Mar_pct', text: '缺少采样记录' }] };
const byCity = { level: 'city', issuer: city.uscc } as const;
const byNation = { level: 'national', issuer: nation } as const;

describe('the review of a month in three levels', () => {
  it('goes from the city through the province, is questioned by the nation and settled', async () => {
    const { world, evidence, state } = await filedMonth();
    expect(await state()).toBe('FILED');
    await world.anchor([world.review(evidence, accept, byCity)]);
    expect(await state()).toBe('CITY_CHECKED');
    await world.anchor([world.review(evidence, accept)]);
    expect(await state()).toBe('ACCEPTED');
    await world.anchor([world.review(evidence, { ...returned, decision: 'question' }, byNation)]);
    expect(await state()).toBe('ISSUE_RAISED');
    await world.anchor([world.review(evidence, accept, { ...byNation, version: 2 })]);
    expect(await state()).toBe('ACCEPTED');
  });

  it('opens what is returned for its next version, which begins again and remembers', async () => {
    const { world, evidence, state } = await filedMonth();
    await world.anchor([world.review(evidence, returned)]);
    expect(await state()).toBe('RETURNED');
    expect(await world.ledger.head(evidence.key)).toMatchObject({ status: 'open', state: 'RETURNED' });
    expect(refusal(await world.submit([world.review(evidence, accept, { version: 2 })]))).toEqual([
      expect.objectContaining({
        code: 'STATE_CONFLICT',
        details: expect.objectContaining({ state: 'RETURNED' }) as object,
      }),
    ]);
    const next = world.nextVersion(evidence);
    await world.anchor([next]);
    expect(await state()).toBe('FILED');
    expect(await world.ledger.get('case', `three-level-review/${evidence.key}`)).toMatchObject({ v: 2, n: 1 });
    await world.anchor([world.review(next, accept, { version: 2 })]);
    expect(await state()).toBe('ACCEPTED');
    expect(await world.ledger.head(evidence.key)).toMatchObject({ status: 'current', state: 'ACCEPTED' });
  });

  it('lets nobody build on what was returned', async () => {
    const { world, evidence } = await filedMonth();
    await world.anchor([world.review(evidence, returned)]);
    const balance = world.stockBalance([evidence]);
    expect(refusal(await world.submit([balance]))).toEqual([
      expect.objectContaining({
        code: 'CITATION_NOT_CURRENT',
        details: expect.objectContaining({ open: true }) as object,
      }),
    ]);
  });

  it('tells with every refusal what is possible, and by whom', async () => {
    const { world, evidence } = await filedMonth();
    const [fault] = refusal(await world.submit([world.review(evidence, accept, byNation)]));
    expect(fault?.code).toBe('STATE_CONFLICT');
    const steps = (fault?.details?.['allowed'] as { step: string; by: string[] }[]).map(({ step, by }) => [
      step,
      ...by,
    ]);
    expect(steps).toContainEqual(['review.city:accept', 'city-authority (region)']);
    expect(steps).toContainEqual(['review.province:accept', 'province-authority (region)']);
  });

  it('asks for the city first where the parameters of the year say so', async () => {
    const { world, evidence } = await filedMonth();
    const strict = world.parametersWith({ 'review.cityCheck': '1' });
    await world.anchor([strict]);
    const skipped = world.review(evidence, accept, {}, strict);
    expect(refusal(await world.submit([skipped]))[0]).toMatchObject({
      code: 'STATE_CONFLICT',
      details: { asked: 'CITY_CHECKED' },
    });
    await world.anchor([world.review(evidence, accept, byCity, strict)]);
    await world.anchor([skipped]);
  });

  it('needs reasons for a return, and figures and documents that the record has', async () => {
    const { world, evidence } = await filedMonth();
    const empty = world.review(evidence, { decision: 'return', reasons: [] });
    expect(refusal(await world.submit([empty]))[0]?.path).toContain('/content/reasons');
    const strange = {
      decision: 'return',
      reasons: [{ code: 'OTHER', figure: 'no_such', document: 'x.pdf', text: '…' }],
    };
    expect(refusal(await world.submit([world.review(evidence, strange)])).map(({ path }) => path)).toEqual([
      '/records/0/content/reasons/0/figure',
      '/records/0/content/reasons/0/document',
    ]);
  });

  it('is given by the authority of the level and of the region, and by nobody else', async () => {
    const { world, evidence } = await filedMonth();
    const other = { ...city, uscc: uscc('11140700MA0TRYC02'), region: '140700' };
    await world.anchor([trialPartyRecord(other, nation, [msp])]);
    const attempts = [
      world.review(evidence, accept, { level: 'city', issuer: other.uscc }),
      world.review(evidence, accept, { level: 'province', issuer: city.uscc }),
      world.review(evidence, accept, { level: 'national', issuer: city.uscc }),
      world.review(evidence, accept, { level: 'province', issuer: enterprise.uscc }),
      world.review(evidence, accept, { level: 'province', issuer: nation }),
    ];
    for (const attempt of attempts)
      expect(refusal(await world.submit([attempt])).map(({ code }) => code)).toEqual(['NOT_ALLOWED_TO_FILE']);
  });
});
