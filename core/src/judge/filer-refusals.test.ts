import { build, enterprise, lab, TrialWorld } from '../../../test/support/trial-world';
import type { BuiltRecord } from '../rulebook';
import { messageInChinese } from '../wording';

/* Who may not file a record is told where the record stands that it would act on, or follow: the state, what is possible, by whom. */

async function faultOf(world: TrialWorld, record: BuiltRecord): Promise<{ message: string; details: unknown }> {
  const { refused } = await world.submit([record]);
  const [fault] = refused.flatMap(({ faults }) => faults);
  expect(fault?.code).toBe('NOT_ALLOWED_TO_FILE');
  return { message: fault?.message ?? '', details: fault?.details };
}

describe('who may not file', () => {
  it.each(['supersession', 'revocation'] as const)('a %s is told the state of what it would correct', async (way) => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    await world.anchor([plan]);
    const { message, details } = await faultOf(world, world[way](plan, lab.uscc));
    expect(message).toContain(`${plan.key} is FILED; what is possible: `);
    expect(message).toContain('review.province:accept → ACCEPTED by province-authority (region)');
    const { steps, ...rest } = details as { steps: readonly object[]; state: string };
    expect(rest.state).toBe('FILED');
    expect(steps).toContainEqual(expect.objectContaining({ step: 'review.province:accept', to: 'ACCEPTED' }));
    expect(messageInChinese(message)).toMatch(/为已提交；现可进行：.*省级生态环境主管部门/s);
  });

  it('a next version is told the state of its key, a first one who files it', async () => {
    const world = await TrialWorld.open();
    const plan = world.plan();
    const { type, kind, subject, content } = plan.record;
    const byLab = (version: number): BuiltRecord =>
      build({ ...{ type, kind, subject, content, version }, issuer: lab.uscc, cites: world.rules });
    expect((await faultOf(world, byLab(1))).message).toMatch(/it is filed by: enterprise about itself$/);
    await world.anchor([plan]);
    expect((await faultOf(world, byLab(2))).message).toContain(
      `${enterprise.uscc}/U1/2024/quality-control-plan is FILED`,
    );
  });
});
