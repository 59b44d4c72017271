import { workingDaysAfter, type BuiltRecord, type WorkingDayTable } from '@carbon-ledger/core';
import type { Market, Story } from '../market';

const periods = { notice: 7, objection: 7, decision: 10, redetermination: 10 };

/** The working days of the years that a story may fall into: no holidays, so that any day serves. */
async function calendars(market: Market): Promise<BuiltRecord[]> {
  const first = Number(market.today.slice(0, 4));
  const records = [first, first + 1].map((year) =>
    market.make('working-days', market.nation, {
      subject: { uscc: market.nation, unit: '-', period: String(year) },
      content: { source: '试验日历', holidays: [], workdays: [], periods },
    }),
  );
  await market.share(records);
  return records;
}

function after(day: string, count: number, calendars: readonly BuiltRecord[]): string {
  const tables = calendars.map(({ record }): WorkingDayTable => ({
    year: record.subject.period,
    holidays: [],
    workdays: [],
  }));
  return workingDaysAfter(day, count, tables) ?? '';
}

/** A verifier changed a figure; the enterprise objects in time, its province decides, the conclusion is written anew. */
export const objectionChanged: Story = {
  title: 'an objection that changes the conclusion',
  tag: '04',
  play: async (market) => {
    const { unit } = await market.reportedYear();
    const days = await calendars(market);
    const before = unit.record.totals['emission_tCO2']?.value ?? '';
    const row = { figure: 'emission_tCO2', before, after: '600000', same: false, reason: '低位发热量取值更正' };
    const changed = { result: 'changed', reason: '低位发热量取值更正', confirmed: [row] };
    const conclusion = market.conclusion(unit, changed, {}, 1, { verifiedEmission_tCO2: '600000' });
    await market.file(conclusion);

    const objecting = (due: string): BuiltRecord =>
      market.make('objection', market.enterprise.uscc, {
        kind: 'objection.1',
        cites: { contested: [conclusion], 'annual-report': [unit], 'working-days': days },
        content: { grounds: '入炉煤热值应取实测值', notifiedOn: market.today, due },
      });
    const due = after(market.today, periods.objection, days);
    expect(await market.refused(objecting(due))).toEqual(['STATE_CONFLICT /cites/1']);
    await market.file(market.review(unit, { decision: 'notify' }));
    expect(await market.state('annual-report', unit)).toBe('NOTIFIED');
    expect(await market.refused(objecting(market.today))).toEqual(['BAD_RECORD /content/due']);
    const objection = objecting(due);
    await market.file(objection);
    expect(await market.state('annual-report', unit)).toBe('OBJECTED');

    const cites = { objection: [objection], contested: [conclusion], 'annual-report': [unit], 'working-days': days };
    const decision = market.make('decision', market.province, {
      ...{ kind: 'decision.1', cites },
      content: { outcome: 'changed', reasons: '应取实测值', due: after(market.today, periods.decision, days) },
    });
    await market.file(decision);
    expect(await market.state('objection', objection)).toBe('CHANGED');
    expect(await market.state('annual-report', unit)).toBe('CHANGED');
    await market.file(market.conclusion(unit, {}, {}, 2));
    expect(await market.state('annual-report', unit)).toBe('CONCLUDED');
  },
};
