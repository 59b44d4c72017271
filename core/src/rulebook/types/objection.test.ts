import { citedRecord, someParties, toldOf, type RecordWords, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';
import { recordTypes } from '../registry';
import { recordOf } from '../testing/bench';

const promises = {
  objection: {
    required: ['grounds', 'notifiedOn', 'due'],
    texts: ['grounds'],
    bad: [
      ['a day that there is not', { notifiedOn: '2024-06-31' }, '/content/notifiedOn'],
      ['a deadline in words', { due: 'soon' }, '/content/due'],
    ],
  },
  decision: {
    required: ['outcome', 'reasons', 'due'],
    texts: ['reasons'],
    bad: [
      ['an outcome in between', { outcome: 'partly' }, '/content/outcome'],
      ['a deadline that there is not', { due: '2024-02-30' }, '/content/due'],
    ],
  },
} satisfies Readonly<Record<string, ContentPromise>>;

describe.each(['objection', 'decision'] as const)('the content of an %s', (type) => {
  it.each(contentTable(type, promises[type]))('with %s', (_, content, faults) => {
    expect(contentFaultsOf(type, content)).toEqual(faults);
  });
});

const periods = { notice: 1, objection: 7, decision: 10, redetermination: 3 };
const calendar = (year: string, holidays: readonly string[] = []): ReturnType<typeof citedRecord> =>
  citedRecord('working-days', { subject: { unit: '-', period: year }, content: { holidays, workdays: [], periods } });
const days = [calendar('2024')];
const conclusion = citedRecord('verification-conclusion');
const report = citedRecord('annual-report');
const issuance = citedRecord('allowance-issuance');
const ofConclusion = { contested: [conclusion], 'annual-report': [report] };

/** Told on Thursday 20 June 2024: seven working days end on Monday 1 July. */
function objecting(
  content: Record<string, unknown> = {},
  cited: RecordWords['cited'] = ofConclusion,
  tables = days,
): Situation {
  return {
    ...{ time: '2024-06-25T00:00:00Z', cited: { ...cited, 'working-days': tables } },
    content: { notifiedOn: '2024-06-20', due: '2024-07-01', ...content },
    state: (view) => {
      // 16:30 UTC is the next day in Shanghai.
      view.put('case', `annual-report/${report.key}`, {
        s: 'NOTIFIED',
        r: 'a',
        v: 1,
        t: '2024-06-19T16:30:00Z',
        by: 'a',
      });
    },
  };
}

const objection = (...args: Parameters<typeof objecting>): Promise<string[]> => toldOf('objection', objecting(...args));

describe('an objection (administrative measures, art. 16 and 27)', () => {
  it.each([
    ['2024-07-01', []],
    ['2024-06-28', ['BAD_RECORD /content/due']],
    ['2024-07-02', ['BAD_RECORD /content/due']],
  ])('states as its deadline the seventh working day: %s', async (due, expected) => {
    expect(await objection({ due })).toEqual(expected);
  });

  it('counts by the calendar on the ledger', async () => {
    const off = [calendar('2024', ['2024-06-24'])];
    expect(await objection({}, ofConclusion, off)).toEqual(['BAD_RECORD /content/due']);
    expect(await objection({ due: '2024-07-02' }, ofConclusion, off)).toEqual([]);
  });

  it('cites the calendar of each year that it runs through', async () => {
    const told = (...tables: ReturnType<typeof citedRecord>[]): Promise<string[]> =>
      toldOf('objection', {
        ...{ time: '2024-12-31T00:00:00Z', cited: { contested: [issuance], 'working-days': tables } },
        content: { notifiedOn: '2024-12-27', due: '2025-01-07' },
      });
    expect(await told(calendar('2024'))).toEqual(['CITATION_MISSING /content/due']);
    expect(await told(calendar('2025'))).toEqual(['CITATION_MISSING /content/due']);
    expect(await told(calendar('2024'), calendar('2025'))).toEqual([]);
  });

  it('says of a verification when the ledger has the notice, by the day of Shanghai', async () => {
    expect(await objection({ notifiedOn: '2024-06-19', due: '2024-06-28' })).toEqual([
      'BAD_RECORD /content/notifiedOn',
    ]);
  });

  it('is not against what is told only tomorrow', async () => {
    const early = { ...objecting({}, { contested: [issuance] }), time: '2024-06-19T15:59:59Z' };
    expect(await toldOf('objection', early)).toEqual(['BAD_RECORD /content/notifiedOn']);
    expect(await toldOf('objection', { ...early, time: '2024-06-19T16:00:00Z' })).toEqual([]);
  });

  it('against a verification cites the report that was concluded on; against an allocation it does not', async () => {
    expect(await objection({}, { contested: [conclusion] })).toEqual(['CITATION_MISSING /cites']);
    expect(await objection({}, { contested: [issuance] })).toEqual([]);
  });

  it('is a step that what it contests waits for', () => {
    expect(recordTypes.objection.acts?.(recordOf('objection')).map(({ role }) => role)).toEqual([
      'contested',
      'annual-report',
    ]);
  });
});

describe('a decision on an objection', () => {
  const filed = citedRecord('objection', { kind: 'objection.3', cited: ofConclusion });

  /** Of an objection that came on Tuesday 25 June: ten working days end on 9 July. */
  function deciding(words: RecordWords = {}, cited: RecordWords['cited'] = ofConclusion): Situation {
    return {
      ...{
        kind: 'decision.3',
        issuer: someParties.verifier,
        ...words,
        content: { due: '2024-07-09', ...words.content },
      },
      cited: { objection: [filed], ...cited, 'working-days': days },
      state: (view) => {
        view.put('case', `objection/${filed.key}`, { s: 'FILED', r: 'a', v: 1, t: '2024-06-24T16:00:00Z', by: 'a' });
      },
    };
  }
  const told = (...args: Parameters<typeof deciding>): Promise<string[]> => toldOf('decision', deciding(...args));

  it('carries the number of its objection', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ kind: 'decision.1' })).toEqual(['BAD_RECORD /kind']);
  });

  it('is about what the objection is about', async () => {
    expect(await told({}, { contested: [issuance], 'annual-report': [report] })).toEqual(['CITATION_MISMATCH /cites']);
    expect(await told({}, { contested: [conclusion] })).toEqual(['CITATION_MISMATCH /cites']);
  });

  it.each([
    ['2024-07-09', []],
    ['2024-07-08', ['BAD_RECORD /content/due']],
    ['2024-07-10', ['BAD_RECORD /content/due']],
  ])(
    'states as its deadline the tenth working day after the ledger took the objection in: %s',
    async (due, expected) => {
      expect(await told({ content: { due } })).toEqual(expected);
    },
  );

  it.each(['upheld', 'changed'])('%s acts on the objection, on what it contests and on the report', (outcome) => {
    const acts = recordTypes.decision.acts?.(recordOf('decision', { content: { outcome } }));
    expect(acts).toEqual(
      ['objection', 'contested', 'annual-report'].map((role) => ({ role, trigger: `decision:${outcome}` })),
    );
  });
});
