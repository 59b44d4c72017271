import type { Story } from '../market';

const accept = { decision: 'accept' };
const lacking = {
  decision: 'return',
  reasons: [{ code: 'MISSING_DOCUMENT', figure: 'Mar_pct', text: '缺每日水分记录' }],
};

/** City, province, nation: returned with reasons, filed again, accepted, questioned, explained, accepted for good. */
export const threeLevels: Story = {
  title: 'return and resubmission over three levels of review',
  tag: '03',
  play: async (market) => {
    const plan = market.plan();
    await market.file(plan);
    const [receipt, report] = market.tested('2024-11');
    await market.file(receipt, report);
    const month = market.evidence(plan, report, '2024-11');
    await market.file(month);
    const state = (): Promise<string | undefined> => market.state('three-level-review', month);

    const site = { day: market.today, place: '朔州厂区', inspectors: ['SZ-01', 'SZ-02'] };
    await market.file(market.review(month, { ...accept, siteCheck: site }, 'city'));
    expect(await state()).toBe('CITY_CHECKED');
    await market.file(market.review(month, lacking));
    expect(await state()).toBe('RETURNED');
    expect(await market.refused(market.review(month, accept, 'national'))).toEqual(['STATE_CONFLICT /cites/0']);

    const next = market.evidence(plan, report, '2024-11', { version: 2, figures: { Mar_pct: '12.40' } });
    await market.file(next);
    expect(await state()).toBe('FILED');
    await market.file(market.review(next, { ...accept, siteCheck: site }, 'city', 2));
    await market.file(market.review(next, accept, 'province', 2));
    expect(await state()).toBe('ACCEPTED');

    const question = {
      decision: 'question',
      reasons: [{ code: 'INCONSISTENT_FIGURE', figure: 'NCVar_GJ_t', text: '热值异常' }],
    };
    const asked = market.review(next, question, 'national');
    await market.file(asked);
    expect(await state()).toBe('ISSUE_RAISED');
    const answer = market.make('explanation', market.enterprise.uscc, {
      ...{ kind: 'explanation.1', subject: month.record.subject },
      cites: { about: [asked], questioned: [next] },
      content: { items: [{ about: 'NCVar_GJ_t', reason: '换烧高热值煤种', documents: [] }] },
    });
    await market.file(answer);
    expect(await state()).toBe('EXPLAINED');
    await market.file(market.review(next, accept, 'national', 2));
    expect(await state()).toBe('ACCEPTED');
    expect(await market.get('case', `three-level-review/${month.key}`)).toMatchObject({ v: 2, n: 1 });
  },
};
