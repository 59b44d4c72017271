import type { Engagement } from '../../state';
import { recordTypes } from '../registry';
import { citedRecord, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const { enterprise, verifier, lab } = someParties;

const promise: ContentPromise = {
  required: ['reportNo', 'result'],
  optional: { reason: '低位发热量取值更正' },
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

describe('a verification conclusion', () => {
  it('that changes what was reported says why', async () => {
    expect(await toldOf('verification-conclusion', { content: { result: 'changed' } })).toEqual([
      'BAD_RECORD /content/reason',
    ]);
    const content = { result: 'changed', reason: '低位发热量取值更正' };
    expect(await toldOf('verification-conclusion', { content })).toEqual([]);
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
    ['U1', ['methodology', 'parameters', 'annual-report']],
    ['PLANT', ['methodology', 'parameters', 'annual-report', 'unit-conclusion']],
  ])('about %s cites the roles %j', (unit, roles) => {
    const rules = recordTypes['verification-conclusion'].cites(
      recordOf('verification-conclusion', { subject: { unit } }),
    );
    expect(rules.map(({ role }) => role)).toEqual(roles);
    expect(rules.filter(({ everyUnit }) => everyUnit === true).map(({ role }) => role)).toEqual(roles.slice(3));
  });
});
