import { workingDaysAfter, type BuiltRecord, type RecordDraft, type WorkingDayTable } from '@carbon-ledger/core';
import { ComplianceYear } from '../compliance';
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

interface Contested {
  readonly contested: BuiltRecord;
  readonly number: number;
  readonly reports: readonly BuiltRecord[];
}

/** The enterprise objects to a result, and its province decides on it: the records of both, where they are not yet filed. */
class Contest {
  readonly #market: Market;
  readonly #days: readonly BuiltRecord[];
  readonly #contested: BuiltRecord;
  readonly #number: number;
  /** What a conclusion is about; nothing of an allocation. */
  readonly #reports: readonly BuiltRecord[];

  private constructor(market: Market, days: readonly BuiltRecord[], { contested, number, reports }: Contested) {
    this.#market = market;
    this.#days = days;
    this.#contested = contested;
    this.#number = number;
    this.#reports = reports;
  }

  static async about(
    market: Market,
    contested: BuiltRecord,
    more: Partial<Omit<Contested, 'contested'>> = {},
  ): Promise<Contest> {
    return new Contest(market, await calendars(market), { contested, number: 1, reports: [], ...more });
  }

  /** The last day on which it is in time. */
  get due(): string {
    return after(this.#market.today, periods.objection, this.#days);
  }

  objection(due = this.due): BuiltRecord {
    return this.#market.make('objection', this.#market.enterprise.uscc, {
      ...{ kind: `objection.${String(this.#number)}`, ...this.#shared },
      content: { grounds: '入炉煤热值应取实测值', notifiedOn: this.#market.today, due },
    });
  }

  decision(objection: BuiltRecord, outcome: 'upheld' | 'changed'): BuiltRecord {
    const due = after(this.#market.today, periods.decision, this.#days);
    return this.#market.make('decision', this.#market.province, {
      ...{ kind: `decision.${String(this.#number)}`, subject: this.#contested.record.subject },
      cites: { objection: [objection], ...this.#shared.cites },
      content: { outcome, reasons: '依据原始记录', due },
    });
  }

  get #shared(): Pick<RecordDraft, 'subject'> & { readonly cites: Readonly<Record<string, readonly BuiltRecord[]>> } {
    const cites = { contested: [this.#contested], 'annual-report': this.#reports, 'working-days': this.#days };
    return { subject: this.#contested.record.subject, cites };
  }
}

/** A verifier changed a figure; the enterprise objects in time, its province decides, the conclusion is written anew. */
export const objectionChanged: Story = {
  title: 'an objection that changes the conclusion',
  tag: '04',
  play: async (market) => {
    const { unit } = await market.reportedYear();
    const before = unit.record.totals['emission_tCO2']?.value ?? '';
    const row = { figure: 'emission_tCO2', before, after: '600000', same: false, reason: '低位发热量取值更正' };
    const changed = { result: 'changed', reason: '低位发热量取值更正', confirmed: [row] };
    const conclusion = market.conclusion(unit, changed, {}, 1, { verifiedEmission_tCO2: '600000' });
    await market.file(conclusion);

    const contest = await Contest.about(market, conclusion, { reports: [unit] });
    expect(await market.refused(contest.objection())).toEqual(['STATE_CONFLICT /cites/1']);
    await market.file(market.review(unit, { decision: 'notify' }));
    expect(await market.state('annual-report', unit)).toBe('NOTIFIED');
    expect(await market.refused(contest.objection(market.today))).toEqual(['BAD_RECORD /content/due']);
    const objection = contest.objection();
    await market.file(objection);
    expect(await market.state('annual-report', unit)).toBe('OBJECTED');

    await market.file(contest.decision(objection, 'changed'));
    expect(await market.state('objection', objection)).toBe('CHANGED');
    expect(await market.state('annual-report', unit)).toBe('CHANGED');
    await market.file(market.conclusion(unit, {}, {}, 2));
    expect(await market.state('annual-report', unit)).toBe('CONCLUDED');
  },
};

/** The province finds that the result stands; what was concluded is reckoned with from then on. */
export const objectionUpheld: Story = {
  title: 'an objection that leaves the conclusion as it is',
  tag: '14',
  play: async (market) => {
    const { unit } = await market.reportedYear();
    const conclusion = market.conclusion(unit);
    await market.file(conclusion);
    await market.file(market.review(unit, { decision: 'notify' }));
    const contest = await Contest.about(market, conclusion, { reports: [unit] });
    const objection = contest.objection();
    await market.file(objection);
    // What is contested stands until that is decided.
    expect(await market.refused(market.revocation(conclusion))).toEqual(['STATE_CONFLICT /cites']);
    expect(await market.refused(market.revocation(unit))).toEqual(['STATE_CONFLICT /cites/0']);
    await market.file(contest.decision(objection, 'upheld'));
    expect(await market.state('objection', objection)).toBe('UPHELD');
    expect(await market.state('annual-report', unit)).toBe('RECONFIRMED');
    expect(await market.refused(market.conclusion(unit, {}, {}, 2))).toEqual(['KEY_TAKEN /version']);
  },
};

/** An allocation is adjusted, the enterprise objects to that twice: first it is changed, then it stands, and is issued. */
export const adjustmentContested: Story = {
  title: 'objections to an adjusted allocation, one that changes it and one that does not',
  tag: '24',
  play: async (market) => {
    const year = await ComplianceYear.verified(market, {});
    const { pre, final } = await year.issued(2_000_000);
    await year.revise(20_000);
    const adjusted = await year.determined(pre, final);
    expect(await market.state('allowances', adjusted.plant)).toBe('ADJUSTED');
    const ofOriginal = (await Contest.about(market, final.plant, { number: 9 })).objection();
    expect(await market.refused(ofOriginal)).toEqual(['STATE_CONFLICT /cites/0']);

    const contest = await Contest.about(market, adjusted.plant);
    const objection = contest.objection();
    await market.file(objection);
    expect(await market.refused(await year.credit(adjusted.plant))).toEqual(['STATE_CONFLICT /cites/0']);
    await market.file(contest.decision(objection, 'changed'));
    expect(await market.state('allowances', adjusted.plant)).toBe('OPEN');
    const again = await year.determined(pre, final, 2);
    expect(await market.state('allowances', again.plant)).toBe('ADJUSTED');

    const second = await Contest.about(market, again.plant, { number: 2 });
    const once = second.objection();
    await market.file(once);
    await market.file(second.decision(once, 'upheld'));
    await market.file(await year.credit(again.plant));
    expect(await market.state('allowances', again.plant)).toBe('ISSUED');
    expect(await market.state('allowances', final.plant)).toBe('AMENDED');
  },
};
