import type { BuiltRecord } from '@carbon-ledger/core';
import { ComplianceYear } from '../compliance';
import type { Story } from '../market';

/** 5 t and half again of what is sold, until a day that is to come; the rule itself is data of the year. */
const rule = {
  ...{ 'carryOver.base': '5', 'carryOver.factor': '1.5', 'carryOver.into': '2025' },
  ...{ 'carryOver.soldFrom': '20250101', 'carryOver.soldTo': '20991231', 'carryOver.until': '20991231' },
};

/** 结转: what is sold opens what may be carried over; not a tonne more, into no other year, and by nobody in default. */
export const carryOver: Story = {
  title: 'allowances carried over into the next year',
  tag: 'A9',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, { ...rule, 'deduction.lastDecision': '20991231' });
    const carry = (quantity_t: string, change: Record<string, unknown> = {}): BuiltRecord =>
      year.carryOver({ quantity_t, toVintage: '2025', ...change });
    const { final } = await year.issued(2_000_000);
    const handBack = (await market.get('allocation', year.key))?.handBack ?? '0';
    await market.file(year.transfer({ how: 'hand-back', quantity_t: handBack }));

    expect(await market.refused(carry('6'))).toEqual(['OVER_CAP /content/quantity_t']);
    await market.file(carry('5'));
    await market.file(year.transfer({ how: 'listed', to: market.province, quantity_t: '1000' }));
    // What was sold before the window opens nothing.
    await market.file(year.transfer({ how: 'block', to: market.province, quantity_t: '70', tradedOn: '2024-12-31' }));
    expect(await market.refused(carry('1501'))).toEqual(['OVER_CAP /content/quantity_t']);
    expect(await market.refused(carry('1500', { toVintage: '2026' }))).toEqual(['BAD_RECORD /content/toVintage']);
    expect(await market.refused(carry('1500', { to: market.province }))).toEqual(['BAD_RECORD /content/to']);
    await market.file(carry('900'), carry('600'));
    expect(await market.refused(carry('1'))).toEqual(['OVER_CAP /content/quantity_t']);
    const next = (quantity_t: string): BuiltRecord =>
      year.transfer({ how: 'cancellation', quantity_t }, market.enterprise.uscc, '2025');
    expect(await market.refused(next('1506'))).toEqual(['HOLDING_SHORT /content']);
    await market.file(next('1505'));

    // What is bought back closes as much of it again.
    const bought = year.transfer({ how: 'listed', to: market.enterprise.uscc, quantity_t: '10' }, market.province);
    await market.file(bought);
    await market.file(year.transfer({ how: 'listed', to: market.province, quantity_t: '20' }));
    expect(await market.refused(carry('16'))).toEqual(['OVER_CAP /content/quantity_t']);

    const surrender = year.surrender(final.plant, [], []);
    await market.file(surrender);
    const missing = { allowances_t: '0', shortfall_t: String(year.due), deduction_t: String(year.due) };
    await market.file(year.settled('default', surrender, final.plant, missing));
    expect(await market.refused(carry('1'))).toEqual(['STATE_CONFLICT /content/how']);
  },
};
