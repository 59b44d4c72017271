import { daysBetween } from '@carbon-ledger/core';
import type { Story } from '../market';

/** A month comes after its 40 natural days. It is taken, and its lateness stands there, by the ledger's own time. */
export const lateMonth: Story = {
  title: 'a month that comes late, whatever its filer claims',
  tag: '02',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    const due = market.dueOf('2024-11') ?? '';
    const month = market.evidence(plan, report, '2024-11', { content: { claimedSubmission: due } });
    await market.file(month);
    const filed = await market.get('case', `three-level-review/${month.key}`);
    expect(filed).toMatchObject({ s: 'FILED', late: daysBetween(due, market.today) });

    const ahead = market.evidence(plan, undefined, '2024-12', { content: { claimedSubmission: '2099-01-01' } });
    expect(await market.refused(ahead)).toContain('BAD_RECORD /content/claimedSubmission');

    // What was late once stays late when it comes back.
    await market.file(
      market.review(month, { decision: 'return', reasons: [{ code: 'SAMPLING', text: '缺采样记录' }] }),
    );
    const again = market.evidence(plan, report, '2024-11', { version: 2 });
    await market.file(again);
    expect(await market.get('case', `three-level-review/${month.key}`)).toMatchObject({
      late: filed?.late,
      n: 1,
      v: 2,
    });
  },
};
