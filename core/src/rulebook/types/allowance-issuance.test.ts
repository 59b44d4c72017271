import { recordTypes } from '../registry';
import { putListing, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, goodContents, type ContentPromise } from '../testing/content-table';

const promise: ContentPromise = {
  required: ['phase', 'notice'],
  texts: ['notice'],
  isOpen: true,
  bad: [
    ['a phase that the plan does not know', { phase: 'interim' }, '/content/phase'],
    ['a phase with a space', { phase: 'final ' }, '/content/phase'],
  ],
};

describe('the content of an allowance issuance', () => {
  it.each(goodContents('allowance-issuance', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('allowance-issuance', content)).toEqual([]);
  });
  it.each(badContents('allowance-issuance', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('allowance-issuance', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const listed = (...words: boolean[]): Situation => ({
  state: (view) => {
    if (words.length > 0) putListing(view, someParties.enterprise, ...words);
  },
});

describe('an allowance issuance', () => {
  it.each([
    ['allowance-issuance', 'final', true],
    ['allowance-issuance', 'pre', false],
    ['allowance-issuance.pre', 'pre', true],
    ['allowance-issuance.pre', 'final', false],
  ])('of kind %s is of phase %s: %s', async (kind, phase, fits) => {
    const found = await toldOf('allowance-issuance', { kind, content: { phase }, ...listed(true) });
    expect(found).toEqual(fits ? [] : ['BAD_RECORD /content/phase']);
  });

  it.each([[], [false], [true, false]])('goes to nobody of whom the lists say %j', async (...words) => {
    expect(await toldOf('allowance-issuance', listed(...words))).toEqual(['NOT_LISTED /subject/uscc']);
  });

  it('goes to whom the last list puts back in', async () => {
    expect(await toldOf('allowance-issuance', listed(true, false, true))).toEqual([]);
  });

  it.each([
    ['allowance-issuance.pre', 'U1', []],
    ['allowance-issuance.pre', 'PLANT', ['unit-issuance']],
    ['allowance-issuance', 'U1', ['verification-conclusion', 'pre-issuance', 'quality-control-plan', 'annual-report']],
    ['allowance-issuance', 'PLANT', ['verification-conclusion', 'pre-issuance', 'unit-issuance']],
  ])('of kind %s about %s rests on %j beside the rules of the year', (kind, unit, roles) => {
    const rules = recordTypes['allowance-issuance'].cites(recordOf('allowance-issuance', { kind, subject: { unit } }));
    expect(rules.map(({ role }) => role)).toEqual(['methodology', 'parameters', ...roles]);
  });

  it.each([
    ['allowance-issuance.pre', 'allowance-issuance.pre'],
    ['allowance-issuance', 'allowance-issuance'],
  ])('of a plant, of kind %s, is the sum of its units’ %s: of all units in force', (kind, cited) => {
    const record = recordOf('allowance-issuance', { kind, subject: { unit: 'PLANT' } });
    const units = recordTypes['allowance-issuance'].cites(record).find(({ role }) => role === 'unit-issuance');
    expect(units).toMatchObject({ kind: cited, of: 'units', everyUnit: true, same: ['uscc', 'year'] });
  });
});
