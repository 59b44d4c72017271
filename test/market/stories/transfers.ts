import { daysBetween } from '@carbon-ledger/core';
import { ComplianceYear, tonnes } from '../compliance';
import type { Story } from '../market';

/** Allowances change hands, are cancelled and handed back: of the vintage as much stays as was issued. */
export const transfers: Story = {
  title: 'allowances change hands and none is lost',
  tag: 'A1',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, {});
    const pre = await year.preAllocated(2_000_000);
    const wrong = await year.credit(pre.plant, { credited_t: '1400001' });
    expect(await market.refused(wrong)).toEqual(['BAD_RECORD /content/credited_t']);
    await market.file(await year.credit(pre.plant));
    const issued = tonnes(pre.plant, 'preallocation_tCO2');
    expect(issued).toBe(1_400_000);

    const tooMuch = { how: 'listed', to: market.province, quantity_t: String(issued + 1) };
    expect(await market.refused(year.transfer(tooMuch))).toEqual(['HOLDING_SHORT /content']);
    await market.file(year.transfer({ how: 'provincial', to: market.province, quantity_t: String(issued) }));
    expect(await market.refused(year.transfer({ how: 'cancellation', quantity_t: '1' }))).toEqual([
      'HOLDING_SHORT /content',
    ]);
    const back = { how: 'provincial', to: market.enterprise.uscc, quantity_t: String(issued) };
    await market.file(year.transfer(back, market.province));
    await market.file(year.transfer({ how: 'cancellation', quantity_t: '1000' }));
    expect(await market.refused(year.transfer({ how: 'hand-back', quantity_t: '1' }))).toEqual([
      'STATE_CONFLICT /content/quantity_t',
    ]);

    const final = await year.determined(pre);
    const credited = await year.credit(final.plant);
    await market.file(credited);
    // 20 August of the year after; a pre-allocation has no day, and the list of the year was due in the October before.
    const late = async ({ key }: { readonly key: string }): Promise<number | undefined> =>
      (await market.get('case', `dated/${key}`))?.late;
    const behind = (day: string): number | undefined => {
      const days = daysBetween(day, market.today);
      return days > 0 ? days : undefined;
    };
    expect(await late(credited)).toBe(behind('2025-08-20'));
    expect(await late({ key: credited.key.replace('credit', 'credit.pre') })).toBeUndefined();
    expect(await late(market.listing(true, ''))).toBe(behind('2023-10-31'));
    const due = Number((await market.get('allocation', year.key))?.handBack);
    expect(due).toBe(Math.max(0, -tonnes(final.plant, 'trueUp_tCO2')));
    expect(due).toBeGreaterThan(1000);
    await market.file(year.transfer({ how: 'hand-back', quantity_t: '1000' }));
    expect((await market.get('allocation', year.key))?.handBack).toBe(String(due - 1000));
  },
};
