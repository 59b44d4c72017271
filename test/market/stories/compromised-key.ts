import { signedAfterCompromise } from '../invariants';
import type { Story } from '../market';

/** A plant finds that its key was copied. What it signed since is listed; nothing more is taken under that key. */
export const compromisedKey: Story = {
  title: 'a key that was copied',
  tag: '08',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    const since = market.now;
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    const month = market.evidence(plan, report, '2024-11');
    await market.file(month);
    await market.compromise(market.enterprise, since);
    expect(signedAfterCompromise(market.held)).toEqual(expect.arrayContaining([month.key]));
    expect(await market.refused(market.evidence(plan, undefined, '2024-12'))).toEqual(['KEY_NOT_VALID ']);

    await market.renewKey(market.enterprise);
    const next = market.evidence(plan, undefined, '2024-12');
    await market.file(next);
    expect(signedAfterCompromise(market.held)).not.toContain(next.key);
  },
};
