import type { Story } from '../market';

/** A laboratory takes a report back. Nobody builds on it any more; the month that rests on it is filed again. */
export const withdrawnReport: Story = {
  title: 'a laboratory that withdraws a report',
  tag: '06',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    const month = market.evidence(plan, report, '2024-11');
    await market.file(month);
    await market.file(market.revocation(report));
    const again = market.evidence(plan, report, '2024-11', { version: 2 });
    await market.file(market.supersession(month));
    expect(await market.refused(again)).toEqual(['CITATION_NOT_CURRENT /cites/3']);

    // Without a report the month takes the default carbon content, which costs it.
    const byDefault = market.evidence(plan, undefined, '2024-11', { version: 2 });
    await market.file(byDefault);
    const emission = (built: typeof month): number =>
      Number(built.figures.find(({ name }) => name === 'emission_tCO2')?.value);
    expect(emission(byDefault)).toBeGreaterThan(emission(month));

    // The laboratory replaces its report; then the month must use it.
    const [, replaced] = market.tested('2024-11', { version: 2 });
    await market.file(replaced);
    await market.file(market.supersession(byDefault, 'CORRECTION', {}, 2));
    const silent = market.evidence(plan, undefined, '2024-11', { version: 3 });
    expect(await market.refused(silent)).toContain('RULE_REFUSED /cites');
    await market.file(market.evidence(plan, replaced, '2024-11', { version: 3 }));
  },
};
