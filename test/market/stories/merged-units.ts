import type { BuiltRecord } from '@carbon-ledger/core';
import type { Market, Story } from '../market';

function unitOf(market: Market, id: string, code: string, capacity: string, category: string): Record<string, unknown> {
  return {
    ...{ id, name: id, permitNo: `${market.enterprise.uscc}001P`, facilityCode: code, fuel: '烟煤', heat: false },
    ...{ boilers: [], turbines: [], generators: [], capacity_MW: capacity, category, from: '2010-01-01', to: null },
  };
}

function merging(market: Market, facility: BuiltRecord, change: Record<string, unknown>): BuiltRecord {
  const becomes = {
    ...{ id: 'U12', permitNo: `${market.enterprise.uscc}001P`, facilityCode: 'MF0012' },
    ...{ oldCodes: ['MF0003', 'MF0006'], capacity_MW: '980', category: 'I', ...change },
  };
  return market.make('unit-change', market.enterprise.uscc, {
    ...{ subject: market.subject('-', '2024-07'), cites: { facility: [facility] } },
    content: {
      change: 'merge',
      day: '2024-07-01',
      approval: '晋能源〔2024〕1号',
      units: ['U1', 'U2'],
      becomes: [becomes],
    },
  });
}

/** Two units become one in July: until the province accepts it nothing changes, then each has its months. */
export const mergedUnits: Story = {
  title: 'two units that are merged in the middle of the year',
  tag: '07',
  play: async (market) => {
    const { uscc } = market.enterprise;
    const units = [unitOf(market, 'U1', 'MF0003', '630', 'I'), unitOf(market, 'U2', 'MF0006', '350', 'II')];
    const facility = market.make('facility', uscc, {
      ...{ subject: { uscc, unit: '-', period: '-' }, version: 2, content: { units } },
    });
    await market.file(facility);
    await market.file(market.review(facility, { decision: 'accept' }, 'province', 2));

    expect(await market.refused(merging(market, facility, { category: 'II' }))).toContain(
      'RULE_REFUSED /content/becomes/0/category',
    );
    expect(await market.refused(merging(market, facility, { capacity_MW: '630' }))).toEqual([
      'RULE_REFUSED /content/becomes/0/capacity_MW',
    ]);
    expect(await market.refused(merging(market, facility, { oldCodes: ['MF0003'] }))).toEqual([
      'RULE_REFUSED /content/becomes/0/oldCodes',
    ]);
    const change = merging(market, facility, {});
    await market.file(change);
    const early = market.plan({ facilityCode: 'MF0012', capacity_MW: '980' }, 1, 'U12');
    expect(await market.refused(early)).toEqual(['UNIT_UNKNOWN /subject/unit']);
    await market.file(market.review(change, { decision: 'accept' }));
    await market.file(early);
    const roster = await market.get('units', uscc);
    expect(roster?.units.map(({ id, from, to }) => [id, from, to])).toEqual([
      ['U1', '2010-01-01', '2024-06-30'],
      ['U2', '2010-01-01', '2024-06-30'],
      ['U12', '2024-07-01', null],
    ]);

    // The old unit has no August any more, the new one no June.
    const plan = market.plan();
    await market.file(plan);
    expect(await market.refused(market.evidence(plan, undefined, '2024-08'))).toEqual(['UNIT_UNKNOWN /subject/unit']);
    await market.file(market.evidence(plan, undefined, '2024-06'));

    // The enterprise's next registration names what came of the merger, under the code that it has.
    const [one, two] = units.map((unit) => ({ ...unit, to: '2024-06-30' }));
    const merged = { ...unitOf(market, 'U12', 'MF0012', '980', 'I'), from: '2024-07-01' };
    const next = market.make('facility', uscc, {
      ...{ subject: { uscc, unit: '-', period: '-' }, version: 3, content: { units: [one, two, merged] } },
    });
    await market.file(next);
    await market.file(market.review(next, { decision: 'accept' }, 'province', 3));
  },
};
