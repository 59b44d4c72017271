import type { RecordScope } from '../../methodology/scope';
import type { Engagement } from '../../state';
import { recordTypes } from '../registry';
import { citedRecord, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise, verifier, lab } = someParties;

const promise: ContentPromise = {
  required: ['reportNo', 'result', 'conformity'],
  optional: {
    reason: '低位发热量取值更正',
    confirmed: [{ figure: 'emission_tCO2', before: '100', after: '100', same: true }],
    yearChange: { percent: '1.25' },
    uncovered: ['未现场查看备用给煤机'],
    samples: [
      {
        ...{ of: 'months', rule: 'lowest-hash', seed: '00'.repeat(32), size: 1 },
        frame: [`${enterprise}/U1/2024-01/monthly-evidence`],
        drawn: [{ item: `${enterprise}/U1/2024-01/monthly-evidence`, outcome: 'conforms' }],
      },
    ],
  },
  texts: ['reportNo', 'reason'],
  bad: [
    ['a result that is neither', { result: 'rejected' }, '/content/result'],
    ['a result in capitals', { result: 'CONFIRMED' }, '/content/result'],
  ],
};

describe('the content of a verification conclusion', () => {
  it.each(goodContents('verification-conclusion', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('verification-conclusion', content)).toEqual([]);
  });
  it.each(badContents('verification-conclusion', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('verification-conclusion', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

function concluding(engaged: readonly Partial<Engagement>[], preparer: string | null = null): Situation {
  return {
    issuer: verifier,
    cited: { 'annual-report': [citedRecord('annual-report', { content: { preparer } })] },
    state: (view) => {
      view.put('engaged', `${enterprise}/2024`, {
        engaged: engaged.map((one) => ({ party: verifier, as: 'verification', r: '', ...one })),
      });
    },
  };
}

const verificationRoles = [
  ...['methodology', 'parameters', 'annual-report', 'nonconformity', 'correction', 'conservative-estimate'],
  'last-conclusion',
];

/** The unit's report as those see it who cite it. */
function reportOf(emission: string): RecordScope {
  const scope = citedRecord('annual-report');
  const totals = { emission_tCO2: { value: emission, unit: 'tCO2' } };
  return { ...scope, record: { ...scope.record, totals } };
}

/** 100 t were reported, so many verified. */
function verifying(verified: string): Required<Pick<Situation, 'cited' | 'figures'>> {
  return { cited: { 'annual-report': [reportOf('100')] }, figures: { verifiedEmission_tCO2: verified } };
}

describe('a verification conclusion', () => {
  it('that changes what was reported says why', async () => {
    expect(await toldOf('verification-conclusion', { content: { result: 'changed' } })).toEqual([
      'BAD_RECORD /content/reason',
      'R-L35 /content/confirmed',
    ]);
    const row = { figure: 'emission_tCO2', before: '100', after: '90', same: false, reason: '低位发热量取值更正' };
    const content = { result: 'changed', reason: '低位发热量取值更正', confirmed: [row] };
    expect(await toldOf('verification-conclusion', { content, ...verifying('90') })).toEqual([]);
  });

  it.each([
    [
      'says it confirms another figure',
      { result: 'confirmed' },
      ['BAD_RECORD /content/result', 'R-L35 /content/confirmed'],
    ],
    ['shows another figure before', { before: '99' }, ['R-L35 /content/confirmed/0/before']],
    ['shows another figure after', { after: '91' }, ['R-L35 /content/confirmed']],
    ['calls different figures the same', { same: true }, ['BAD_RECORD /content/confirmed/0/same']],
    ['gives no reason for one of them', { reason: undefined }, ['BAD_RECORD /content/confirmed/0/reason']],
    [
      'shows what the report does not',
      { figure: 'heat_GJ' },
      ['R-L35 /content/confirmed', 'BAD_RECORD /content/confirmed/0/figure'],
    ],
  ] as [string, Record<string, unknown>, string[]][])('that %s is refused', async (_, change, expected) => {
    const { result = 'changed', ...ofRow } = change;
    const row = { figure: 'emission_tCO2', before: '100', after: '90', same: false, reason: '取值更正', ...ofRow };
    const confirmed = result === 'changed' ? [row] : [{ ...row, after: '100', same: true }];
    const content = { result, reason: '取值更正', confirmed: JSON.parse(JSON.stringify(confirmed)) as unknown };
    expect(await toldOf('verification-conclusion', { content, ...verifying('90') })).toEqual(expected);
  });

  it.each([
    ['the change against last year', { yearChange: { percent: '-10.00' } }, {}, []],
    ['no change against last year', {}, {}, ['R-L36 /content/yearChange/percent']],
    ['another change', { yearChange: { percent: '10.00' } }, {}, ['R-L36 /content/yearChange/percent']],
    [
      'a change beyond the limit',
      { yearChange: { percent: '-10.00' } },
      { limit: '5' },
      ['R-L36 /content/yearChange/reason'],
    ],
    [
      'a change beyond the limit with its reason',
      { yearChange: { percent: '-10.00', reason: '停机检修' } },
      { limit: '5' },
      [],
    ],
  ] as [string, Record<string, unknown>, { limit?: string }, string[]][])(
    'is held to %s',
    async (_, content, { limit = '15' }, expected) => {
      const values = { 'verification.yearChange_pct': { value: limit, unit: '%', source: 'x' } };
      const figures = { verifiedEmission_tCO2: '100' };
      const cited = {
        parameters: [citedRecord('parameter', { content: { values } })],
        'annual-report': [reportOf('90')],
        'last-conclusion': [citedRecord('verification-conclusion', { subject: { period: '2023' }, figures })],
      };
      const situation = { content, cited, figures: { verifiedEmission_tCO2: '90' } };
      expect(await toldOf('verification-conclusion', situation)).toEqual(expected);
    },
  );

  it('of a plant is changed by what its units were changed by', async () => {
    const row = { figure: 'emission_tCO2', before: '100', after: '90', same: false, reason: '取值更正' };
    const unit = citedRecord('verification-conclusion', { content: { result: 'changed', confirmed: [row] } });
    const { figures, cited } = verifying('95');
    const plant = { subject: { unit: 'PLANT' }, figures, cited: { ...cited, 'unit-conclusion': [unit] } };
    const content = { result: 'changed', reason: '取值更正', confirmed: [{ ...row, after: '95' }] };
    expect(await toldOf('verification-conclusion', { ...plant, content })).toEqual(['R-L24 /content/confirmed']);
  });

  it('cites the conclusion of the year before where the ledger has one, unless it was withdrawn', async () => {
    const standing = (s?: 'w'): Situation => ({
      state: (view) => {
        const head = { v: 1, r: 'ab'.repeat(32), ...(s && { s }) };
        view.put('head', `${enterprise}/U1/2023`, { '2023/verification-conclusion': head });
      },
    });
    expect(await toldOf('verification-conclusion', standing())).toEqual(['CITATION_MISSING /cites']);
    expect(await toldOf('verification-conclusion', standing('w'))).toEqual([]);
  });

  it('is not of who was engaged to prepare anything in the year, whether that ended or not (R-D08)', async () => {
    const own = { as: 'preparation' } as const;
    expect(await toldOf('verification-conclusion', concluding([{}, own]))).toEqual(['R-D08 /issuer']);
    expect(await toldOf('verification-conclusion', concluding([{}, { ...own, ended: true }]))).toEqual([
      'R-D08 /issuer',
    ]);
    expect(await toldOf('verification-conclusion', concluding([{}, { ...own, party: lab }]))).toEqual([]);
  });

  it('is not of whom the report itself names as its preparer', async () => {
    expect(await toldOf('verification-conclusion', concluding([{}], verifier))).toEqual(['R-D08 /issuer']);
    expect(await toldOf('verification-conclusion', concluding([{}], lab))).toEqual([]);
  });

  it.each([
    ['U1', verificationRoles],
    ['PLANT', [...verificationRoles, 'unit-conclusion']],
  ])('about %s cites the roles %j', (unit, roles) => {
    const rules = recordTypes['verification-conclusion'].cites(
      recordOf('verification-conclusion', { subject: { unit } }),
    );
    expect(rules.map(({ role }) => role)).toEqual(roles);
    expect(rules.filter(({ everyUnit }) => everyUnit === true).map(({ role }) => role)).toEqual(
      roles.slice(verificationRoles.length),
    );
  });
});
