import { ComplianceYear, tonnes } from '../compliance';
import type { Story } from '../market';

/** Too little is surrendered: found missing, taken off the next year, and made good late. */
export const defaulted: Story = {
  title: 'a default, its deduction, and its end',
  tag: 'A6',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { 'deduction.lastDecision': '20991231' });
    const { final } = await year.issued(2_000_000);
    const handBack = (await market.get('allocation', year.key))?.handBack ?? '0';
    await market.file(year.transfer({ how: 'hand-back', quantity_t: handBack }));
    const entitled = tonnes(final.plant, 'allowance_tCO2');
    const part = String(entitled - 1000);
    const surrender = year.surrender(final.plant, [{ qty: part }], []);
    await market.file(surrender);
    const clearing = year.settled('clearing', surrender, final.plant, { allowances_t: part });
    expect(await market.refused(clearing)).toEqual(['STATE_CONFLICT /content/obligation_t']);
    const missing = String(year.due - entitled + 1000);
    const stated = { allowances_t: part, shortfall_t: missing };
    const mild = year.settled('default', surrender, final.plant, { ...stated, deduction_t: '0' });
    expect(await market.refused(mild)).toEqual(['BAD_RECORD /content/deduction_t']);
    await market.file(year.settled('default', surrender, final.plant, { ...stated, deduction_t: missing }));
    const { uscc } = market.enterprise;
    expect((await market.get('allocation', `${uscc}/2025`))?.deductions).toEqual({ 'default-2024': missing });
    expect((await market.get('compliance', `${uscc}/2024`))?.outcome).toBe('default');

    // The rest of the allowances, and CCER for what is still missing.
    const ccer = year.due - entitled;
    const lot = year.lot(50_000);
    await market.file(lot);
    await year.confirmed(lot, ccer);
    const cancelled = year.cancel(lot, '1', [1, ccer]);
    await market.file(cancelled);
    const late = year.surrender(final.plant, [{ qty: '1000' }], [cancelled], 2);
    await market.file(late);
    await market.file(year.booking(late, cancelled));
    const met = { allowances_t: String(entitled), ccer_t: String(ccer) };
    await market.file(year.settled('clearing', late, final.plant, met));
    expect((await market.get('allocation', `${uscc}/2025`))?.deductions).toEqual({});
    expect(await market.state('surrender', late)).toBe('CLEARED');
  },
};

/** After the last day on which a deduction may be decided, what is missing is found missing and nothing is taken off. */
export const lateDefault: Story = {
  title: 'a default after which nothing is deducted any more',
  tag: 'A7',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { 'deduction.lastDecision': '20250302' });
    const { final } = await year.issued(2_000_000);
    const surrender = year.surrender(final.plant, [], []);
    await market.file(surrender);
    const missing = { allowances_t: '0', shortfall_t: String(year.due) };
    const hard = year.settled('default', surrender, final.plant, { ...missing, deduction_t: String(year.due) });
    expect(await market.refused(hard)).toEqual(['BAD_RECORD /content/deduction_t']);
    await market.file(year.settled('default', surrender, final.plant, { ...missing, deduction_t: '0' }));
  },
};

/** Of who is closing the province holds what is issued, and it is surrendered from there. */
export const provincialAccount: Story = {
  title: 'allowances that the province holds and surrenders',
  tag: 'A8',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, {});
    const pre = await year.preAllocated(100_000);
    const silent = await year.credit(pre.plant, { account: 'provincial' });
    expect(await market.refused(silent)).toEqual(['BAD_RECORD /content/reason']);
    await market.file(await year.credit(pre.plant, { account: 'provincial', reason: 'closing' }));
    const final = await year.determined(pre);
    await market.file(await year.credit(final.plant, { account: 'provincial', reason: 'closing' }));
    expect(await market.refused(year.surrender(final.plant, [{ qty: '1000' }], []))).toEqual([
      'HOLDING_SHORT /content',
    ]);
    const other = year.surrender(final.plant, [{ qty: '1000', account: market.lab.uscc }], []);
    expect(await market.refused(other)).toEqual(['BAD_RECORD /content/allowances/0/account']);
    await market.file(year.surrender(final.plant, [{ qty: '1000', account: market.province }], []));
    expect(await market.state('allowances', final.plant)).toBe('SURRENDERED');
  },
};
