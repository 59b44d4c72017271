import type { BuiltRecord } from '@carbon-ledger/core';
import type { Market, Story } from '../market';
import { valueOf } from './carbon-tests';

const month = '2024-11';

/** Three units of the plant; its registration is filed anew with all of them. */
async function withThreeUnits(market: Market): Promise<void> {
  const { uscc } = market.enterprise;
  const units = ['U1', 'U2', 'U3'].map((id, at) => ({
    ...{ id, name: id, permitNo: `${uscc}001P`, facilityCode: `MF000${String(3 + at)}`, fuel: '烟煤', heat: false },
    ...{ boilers: [], turbines: [], generators: [], capacity_MW: '630', category: 'I', from: '2024-11-01', to: null },
  }));
  const facility = market.make('facility', uscc, {
    ...{ subject: { uscc, unit: '-', period: '-' }, version: 2, content: { units } },
  });
  await market.file(facility);
  await market.file(market.review(facility, { decision: 'accept' }, 'province', 2));
}

/** Two units burn the coal of one belt: one composite stands for both, and for no third unit. */
export const sharedBelt: Story = {
  title: 'one composite sample for two units on a shared belt',
  tag: 'D3',
  play: async (market) => {
    await withThreeUnits(market);
    const planOf = (unit: string, code: string, belt: readonly string[], version = 1): BuiltRecord =>
      market.plan({ facilityCode: code, ...(belt.length === 0 ? {} : { sharedBelt: belt }) }, version, unit);
    const one = planOf('U1', 'MF0003', ['U2']);
    expect(await market.refused(planOf('U1', 'MF0003', ['U1', 'U9']))).toEqual([
      'BAD_RECORD /content/sharedBelt/0',
      'BAD_RECORD /content/sharedBelt/1',
    ]);
    const alone = planOf('U2', 'MF0004', []);
    const third = planOf('U3', 'MF0005', []);
    await market.file(one, alone, third);
    const [receipt, report] = market.tested(month);
    await market.file(receipt, report);

    const monthOf = (unit: string, plan: BuiltRecord, others: readonly BuiltRecord[], version = 1): BuiltRecord =>
      market.evidence(plan, report, month, { unit, version, cites: { 'shared-belt-plan': others } });
    // U2's plan says nothing of a belt: what U1 declares alone holds for neither of them.
    expect(await market.refused(monthOf('U2', alone, []))).toEqual(['RULE_REFUSED /cites/3']);
    expect(await market.refused(monthOf('U1', one, [alone]))).toEqual(['RULE_REFUSED /cites/4']);
    await market.file(market.supersession(alone, 'CORRECTION', { revision: 'AGAINST_GUIDELINE' }));
    const two = planOf('U2', 'MF0004', ['U1'], 2);
    await market.file(two);
    expect(await market.refused(monthOf('U1', one, []))).toEqual(['RULE_REFUSED /cites']);
    expect(await market.refused(monthOf('U3', third, []))).toEqual(['RULE_REFUSED /cites/3']);
    expect(
      await market.refused(
        market.evidence(two, undefined, month, { unit: 'U2', cites: { 'shared-belt-plan': [one] } }),
      ),
    ).toEqual(['RULE_REFUSED /cites']);

    const months = [monthOf('U1', one, [two]), monthOf('U2', two, [one])];
    await market.file(...months);
    expect(months.map((built) => valueOf(built, 'Car_tC_t'))).toEqual(['0.5628', '0.5628']);

    // The laboratory takes it back: no unit of the belt builds on it any more.
    await market.file(market.revocation(report));
    await market.file(...months.map((built) => market.supersession(built)));
    expect(await market.refused(monthOf('U1', one, [two], 2))).toEqual(['CITATION_NOT_CURRENT /cites/3']);
    expect(await market.refused(monthOf('U2', two, [one], 2))).toEqual(['CITATION_NOT_CURRENT /cites/3']);
  },
};
