import type { BuiltRecord } from '@carbon-ledger/core';
import type { Market, Story } from '../market';

async function filedMonth(market: Market, plan: BuiltRecord, period: string): Promise<BuiltRecord> {
  const [receipt, report] = market.tested(period);
  await market.file(receipt, report);
  const month = market.evidence(plan, report, period);
  await market.file(month);
  return month;
}

/** The nation moves a day of the year's calendar: what is filed from then on is held to it, what was filed before is not. */
export const movedCalendar: Story = {
  title: 'a calendar that the nation moves',
  tag: 'L1',
  play: async (market) => {
    const late = async (month: BuiltRecord): Promise<number | undefined> =>
      (await market.get('case', `three-level-review/${month.key}`))?.late;
    await market.useParameters({ 'evidence.deadline.11': '20991130', 'evidence.deadline.12': '20991231' });
    const plan = market.plan();
    await market.file(plan);
    const november = await filedMonth(market, plan, '2024-11');
    expect([november.record.content['due'], await late(november)]).toEqual(['2099-11-30', undefined]);

    const [receipt, report] = market.tested('2024-12');
    await market.file(receipt, report);
    const byOld = market.evidence(plan, report, '2024-12');
    await market.useParameters({ 'evidence.deadline.11': '20241201', 'evidence.deadline.12': '20250101' }, 2);
    expect(await market.refused(byOld)).toContain('CITATION_NOT_CURRENT /cites/1');
    const claimed = market.evidence(plan, report, '2024-12', { content: { due: '2099-12-31' } });
    expect(await market.refused(claimed)).toEqual(['BAD_RECORD /content/due']);
    const december = market.evidence(plan, report, '2024-12');
    await market.file(december);
    expect(december.record.content['due']).toBe('2025-01-01');
    expect(await late(december)).toBeGreaterThan(0);
    expect(await late(november)).toBeUndefined();
    const unreadable = market.useParameters({ 'evidence.deadline.12': '20250230' }, 3);
    await expect(unreadable).rejects.toThrow('20250230 is no day');
  },
};
