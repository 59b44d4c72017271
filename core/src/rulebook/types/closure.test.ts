import { recordTypes } from '../registry';
import { citedRecord, effectsOf, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['outcome', 'statement'],
  texts: ['statement'],
  bad: [['an outcome that there is not', { outcome: 'forgotten' }, '/content/outcome']],
};

describe('the content of a closure', () => {
  it.each(contentTable('closure', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('closure', content)).toEqual(faults);
  });
});

const province = '11140000MA0TRYA04Q';
const { enterprise, verifier } = someParties;
const covered = [{ uscc: enterprise, years: ['2023', '2024'] }];
const inspection = citedRecord('inspection', { issuer: province, subject: { uscc: province }, content: { covered } });
const findingOf = (number: number): ReturnType<typeof citedRecord> =>
  citedRecord('finding', { kind: `finding.${String(number)}`, cited: { inspection: [inspection] } });
const findings = [findingOf(1), findingOf(2)] as const;

/** A closure over a docket whose items stand in these states; the first so many are cited. */
function closing(
  outcome: string,
  states: readonly string[],
  citedCount = states.length,
  more: Situation = {},
): Situation {
  return {
    ...{ issuer: province, subject: { uscc: province }, content: { outcome } },
    cited: { inspection: [inspection], finding: findings.slice(0, citedCount) },
    state: (view) => {
      const keys = findings.slice(0, states.length).map(({ key }) => key);
      view.put('docket', inspection.key, { items: keys });
      for (const [index, key] of keys.entries())
        view.put('case', `finding/${key}`, { s: states[index] ?? '', r: 'a', v: 1, t: '', by: 'a' });
    },
    ...more,
  };
}

const told = (...args: Parameters<typeof closing>): Promise<string[]> => toldOf('closure', closing(...args));

describe('a closure', () => {
  it('is of the authority that opened the inspection', async () => {
    expect(await told('closed', [], 0, { issuer: verifier })).toEqual(['NOT_ALLOWED_TO_FILE /issuer']);
    expect(await told('closed', [])).toEqual([]);
  });

  it.each([
    ['closed', ['CLOSED', 'CLOSED'], 0, []],
    ['closed', ['CLOSED', 'RECTIFIED'], 0, ['STATE_CONFLICT /cites']],
    ['closed', ['RAISED', 'HANDED_OVER'], 0, ['STATE_CONFLICT /cites', 'STATE_CONFLICT /cites']],
    ['verified', ['RECTIFIED', 'RECTIFIED'], 2, []],
    ['verified', ['RECTIFIED', 'CLOSED'], 1, []],
    ['verified', ['RECTIFIED', 'RECTIFIED'], 1, ['CITATION_MISSING /cites']],
    ['verified', ['RECTIFIED', 'HANDED_OVER'], 1, ['STATE_CONFLICT /cites']],
    ['verified', ['SENT_BACK', 'RECTIFIED'], 2, ['STATE_CONFLICT /cites']],
    ['sent-back', ['RECTIFIED', 'RAISED'], 1, []],
  ] as const)('%s over a docket of %j of which it cites %i', async (outcome, states, count, expected) => {
    expect(await told(outcome, states, count)).toEqual(expected);
  });

  it('over a docket whose item has no case tells of it', async () => {
    const lost: Situation = {
      ...closing('closed', []),
      state: (view) => {
        view.put('docket', inspection.key, { items: [findings[0].key] });
      },
    };
    expect(await toldOf('closure', lost)).toEqual(['STATE_CONFLICT /cites']);
  });

  it.each([
    ['verified', ['inspection', 'finding'], ['inspection 1', 'rectification 1', 'finding 1']],
    ['sent-back', ['inspection', 'finding'], ['inspection 1', 'rectification 1', 'finding 1']],
    ['closed', ['inspection'], ['inspection 1', 'rectification 0']],
  ])('that is %s acts on %j', (outcome, roles, cites) => {
    const record = recordOf('closure', { content: { outcome } });
    const { acts, cites: rules } = recordTypes.closure;
    expect(acts?.(record)).toEqual(roles.map((role) => ({ role, trigger: `closure:${outcome}` })));
    expect(rules(record).map(({ role, min }) => `${role} ${String(min)}`)).toEqual(cites);
  });

  it('thaws each year of each plant that the inspection froze, once it is closed and not before', () => {
    const cited = { inspection: [inspection] };
    const thaw = { do: 'thaw', uscc: enterprise, inspection: inspection.id.slice(4) };
    expect(effectsOf('closure', { content: { outcome: 'closed' }, cited })).toEqual([
      { ...thaw, year: '2023' },
      { ...thaw, year: '2024' },
    ]);
    expect(effectsOf('closure', { content: { outcome: 'verified' }, cited })).toEqual([]);
    const sealed = citedRecord('inspection', { issuer: province, subject: { uscc: province } });
    expect(effectsOf('closure', { content: { outcome: 'closed' }, cited: { inspection: [sealed] } })).toEqual([]);
  });
});
