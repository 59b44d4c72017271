import { businessKey, recordTypeNames } from '../records';
import { changesOf, citedOf, firstState, processes, processNameOf, recordTypes } from '.';
import { factFaults } from './facts';
import { listingFaults } from './listing';
import { citedRecord, putListing, recordOf, someParties, told } from './testing/bench';
import { contentFault, ruleFault } from './content';
import { emptyView, OverlayView } from '../state';

const { enterprise } = someParties;
const evidence = citedRecord('monthly-evidence');

describe('what a record does to those that it cites', () => {
  it.each([
    ['supersession', 'supersession.monthly-evidence', 'superseded', {}, 'OPEN', 'open'],
    ['revocation', 'revocation.monthly-evidence', 'revoked', {}, 'WITHDRAWN', 'withdrawn'],
    ['review', 'review.city_monthly-evidence', 'reviewed', { decision: 'accept' }, 'CITY_CHECKED', 'current'],
    ['review', 'review.province_monthly-evidence', 'reviewed', { decision: 'accept' }, 'ACCEPTED', 'current'],
    ['review', 'review.province_monthly-evidence', 'reviewed', { decision: 'return' }, 'RETURNED', 'open'],
    ['review', 'review.national_monthly-evidence', 'reviewed', { decision: 'question' }, 'ISSUE_RAISED', 'current'],
  ] as const)('%s of kind %s leads a month to its state', (type, kind, role, content, state, status) => {
    const record = recordOf(type, { kind, content, cited: { [role]: [evidence] } });
    expect(changesOf(record)).toEqual([
      { record: evidence.id, key: evidence.key, process: 'three-level-review', state, status },
    ]);
  });

  it('is nothing where the lifecycle of the cited one knows no such step', () => {
    const words = { kind: 'review.city_monthly-evidence', content: { decision: 'question' } };
    expect(changesOf(recordOf('review', { ...words, cited: { reviewed: [evidence] } }))).toEqual([]);
    const lot = citedRecord('ccer-lot');
    expect(changesOf(recordOf('revocation', { kind: 'revocation.ccer-lot', cited: { revoked: [lot] } }))).toEqual([]);
  });

  it('is nothing for citations in other roles', () => {
    const record = recordOf('review', { kind: 'review.province_monthly-evidence', cited: { parameters: [evidence] } });
    expect(changesOf(record)).toEqual([]);
  });

  it('is done to every record in the role', () => {
    const freezes = ['a', 'b'].map((label) => citedRecord('ccer-freeze', { kind: `ccer-freeze.${label}` }));
    const application = recordOf('offset-application', { cited: { 'ccer-freeze': freezes } });
    expect(changesOf(application).map(({ key, state }) => [key, state])).toEqual(
      freezes.map(({ key }) => [key, 'APPLIED']),
    );
  });
});

describe('the state in which a record begins', () => {
  it.each(recordTypeNames)('is one of its lifecycle, and stands: %s', (type) => {
    const { states } = processes[recordTypes[type].process];
    expect(states[firstState({ type, kind: type, content: {} })]?.standing).toBe('stands');
  });

  it('belongs to the lifecycle of its kind, with or without label; no lifecycle is anything else’s', () => {
    expect(processNameOf('allowance-issuance.pre')).toBe('allowances');
    expect(processNameOf('monthly-evidence')).toBe('three-level-review');
    for (const kind of ['invoice', 'toString', 'constructor', '__proto__', ''])
      expect(processNameOf(kind)).toBeUndefined();
  });
});

describe('facts beside the fields of a type', () => {
  const binding = (...of: object[]): object => ({
    id: 'f',
    expression: '1',
    inputs: Object.fromEntries(of.map((one, at) => [`x${String(at)}`, one])),
  });
  const figure = (formula: object): object => ({ name: 'a', unit: 't', cases: [formula] });
  const methodology = (formula: object): ReturnType<typeof citedRecord> =>
    citedRecord('methodology', { content: { figures: { 'monthly-evidence@unit': [figure(formula)] } } });
  const faults = (formula: object, content: Record<string, unknown>): string[] => {
    const scope = citedRecord('monthly-evidence', { cited: { methodology: [methodology(formula)] } });
    return factFaults(scope, content, { known: 1 }).map(told);
  };

  it('are those that a formula, a parameter’s choice or a condition reads', () => {
    expect(faults(binding({ content: 'line' }), { known: 'x', line: '1' })).toEqual([]);
    expect(faults(binding({ parameter: 'CC', by: { content: 'line' } }), { line: '1' })).toEqual([]);
    const when = [{ of: { content: 'line' }, op: 'eq', value: '1' }];
    expect(faults({ ...binding(), when }, { line: '1' })).toEqual([]);
  });

  it('are no others, and each that is not known is named', () => {
    expect(faults(binding({ parameter: 'line' }, { from: 'a', figure: 'line' }), { line: '1', onTime: true })).toEqual([
      'BAD_RECORD /content/line',
      'BAD_RECORD /content/onTime',
    ]);
    expect(faults({ ...binding(), when: [{ cited: 'line', is: true }] }, { line: '1' })).toEqual([
      'BAD_RECORD /content/line',
    ]);
  });

  it('are not looked at where no methodology is cited: its absence is told elsewhere', () => {
    expect(factFaults(citedRecord('monthly-evidence'), { line: '1' }, {})).toEqual([]);
  });
});

describe('what is cited in a role, of a type', () => {
  it('comes with its content, and without records of other types', () => {
    const plan = citedRecord('quality-control-plan', { content: { product: '供热' } });
    const scope = citedRecord('annual-report', { cited: { plan: [plan, evidence] } });
    expect(citedOf(scope, 'plan', 'quality-control-plan')).toEqual([{ scope: plan, content: plan.record.content }]);
    expect(citedOf(scope, 'other', 'quality-control-plan')).toEqual([]);
  });
});

describe('the list of key emitters', () => {
  it('is asked for the year of the subject, whatever its month', async () => {
    const view = new OverlayView(emptyView);
    putListing(view, enterprise, true);
    const subject = { uscc: enterprise, unit: 'U1', period: '2024-07' };
    expect(await listingFaults(subject, view)).toEqual([]);
    const [fault] = await listingFaults({ ...subject, period: '2025-07' }, view);
    expect(fault).toMatchObject({
      code: 'NOT_LISTED',
      path: '/subject/uscc',
      details: { uscc: enterprise, year: '2025' },
    });
  });
});

describe('faults of a content', () => {
  it('name their place, and the rule that blocks', () => {
    expect(contentFault('a/0/b', 'm')).toEqual({
      path: '/content/a/0/b',
      code: 'BAD_RECORD',
      message: 'm',
      details: {},
    });
    expect(ruleFault('R-L16', '/cites', 'm', { n: 1 })).toEqual({
      path: '/cites',
      code: 'RULE_REFUSED',
      message: 'R-L16: m',
      details: { rule: 'R-L16', n: 1 },
    });
    expect(businessKey(evidence.record)).toBe(evidence.key);
  });
});
