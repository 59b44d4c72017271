import type { DocumentRef } from '../../records/record';
import { recordTypes } from '../registry';
import { citedRecord, effectsOf, recordOf, someParties, toldOf, type Situation } from '../testing/bench';
import { badContents, contentFaultsOf, exampleOf, goodContents, type ContentPromise } from '../testing/content-table';
import { reviewKind } from './review';

const reason = { code: 'SAMPLING', text: '缺少9月12日采样记录' };
const site = { day: '2024-09-12', place: '煤场', inspectors: ['a1', 'a2'] };
const siteCheck = (change: object): Record<string, unknown> => ({ siteCheck: { ...site, ...change } });

const promise: ContentPromise = {
  required: ['decision', 'reasons'],
  optional: { returnBy: '2024-11-20', siteCheck: site },
  bad: [
    ['a decision of its own', { decision: 'reject' }, '/content/decision'],
    ['41 reasons', { reasons: Array.from({ length: 41 }, () => reason) }, '/content/reasons'],
    ['a reason without words', { reasons: [{ ...reason, text: '' }] }, '/content/reasons/0/text'],
    ['a reason that nobody sees', { reasons: [reason, { ...reason, text: '\u200b' }] }, '/content/reasons/1/text'],
    ['a code that nobody knows', { reasons: [{ ...reason, code: 'BAD' }] }, '/content/reasons/0/code'],
    ['a figure’s name without end', { reasons: [{ ...reason, figure: 'x'.repeat(121) }] }, '/content/reasons/0/figure'],
    [
      'a document’s name without end',
      { reasons: [{ ...reason, document: 'x'.repeat(201) }] },
      '/content/reasons/0/document',
    ],
    [
      'a finding without the digest of its values',
      { reasons: [{ ...reason, finding: { rule: 'R-S02', at: 'x' } }] },
      '/content/reasons/0/finding/inputs',
    ],
    ['a reason with a field more', { reasons: [{ ...reason, by: 'x' }] }, '/content/reasons/0'],
    ['a return by no day', { returnBy: '2024-11-31' }, '/content/returnBy'],
    ['one inspector alone', siteCheck({ inspectors: ['a1'] }), '/content/siteCheck/inspectors'],
    [
      'eleven inspectors',
      siteCheck({ inspectors: Array.from({ length: 11 }, String) }),
      '/content/siteCheck/inspectors',
    ],
    ['a person’s name', siteCheck({ inspectors: ['a1', '张三'] }), '/content/siteCheck/inspectors/1'],
    ['a check without place', siteCheck({ place: '' }), '/content/siteCheck/place'],
    ['a check on no day', siteCheck({ day: '2024-9-12' }), '/content/siteCheck/day'],
    ['a check with a field more', siteCheck({ phone: '1' }), '/content/siteCheck'],
  ],
};

describe('the content of a review', () => {
  it.each(goodContents('review', promise))('is taken as %j', (content) => {
    expect(contentFaultsOf('review', content)).toEqual([]);
  });
  it.each(badContents('review', promise))('is refused with $what', ({ content, path }) => {
    expect(contentFaultsOf('review', content)).toEqual([`BAD_RECORD ${path}`]);
  });
});

const document: DocumentRef = {
  role: 'evidence',
  name: 'stock.csv',
  mediaType: 'text/csv',
  size: '1',
  sha256: `sha256:${'0'.repeat(64)}`,
  sm3: `sm3:${'0'.repeat(64)}`,
};
const evidence = citedRecord('monthly-evidence', { figures: { Mar_pct: '12.34' }, documents: [document] });

function reviewing(content: Record<string, unknown> = {}, level = 'province', more: Situation = {}): Situation {
  return {
    kind: `review.${level}_monthly-evidence`,
    subject: { period: '2024-01' },
    content,
    cited: { reviewed: [evidence] },
    ...more,
  };
}

const faults = (...args: Parameters<typeof reviewing>): Promise<string[]> => toldOf('review', reviewing(...args));
const accept = { decision: 'accept', reasons: [], returnBy: undefined };

describe('a review', () => {
  it('is right as its example shows it', async () => {
    expect(await faults()).toEqual([]);
  });

  it('that accepts needs no reasons, and asks for nothing to come back', async () => {
    expect(await faults(accept)).toEqual([]);
    expect(await faults({ ...accept, returnBy: '2024-11-20' })).toEqual(['BAD_RECORD /content/returnBy']);
  });

  it.each(['return', 'question'])('with the decision %s says why', async (decision) => {
    expect(await faults({ decision, reasons: [] })).toEqual(['BAD_RECORD /content/reasons']);
  });

  it('names figures and documents that what it reviews has', async () => {
    const named = { ...reason, figure: 'Mar_pct', document: 'stock.csv' };
    expect(await faults({ reasons: [named] })).toEqual([]);
    expect(await faults({ reasons: [named, { ...reason, figure: 'Mad_pct', document: 'Stock.csv' }] })).toEqual([
      'BAD_RECORD /content/reasons/1/figure',
      'BAD_RECORD /content/reasons/1/document',
    ]);
  });

  it('carries what it reviews in its kind', async () => {
    const other = { kind: 'review.province_annual-report' };
    expect(await faults({}, 'province', other)).toEqual(['BAD_RECORD /kind']);
    expect(reviewKind('city', 'monthly-evidence.extra')).toBe('review.city_monthly-evidence_extra');
  });

  it('tells of the city’s check on site, which no other level makes, and of none to come', async () => {
    const content = { siteCheck: site };
    expect(await faults(content, 'city')).toEqual([]);
    expect(await faults(content, 'province')).toEqual(['BAD_RECORD /content/siteCheck']);
    expect(await faults(content, 'national')).toEqual(['BAD_RECORD /content/siteCheck']);
    const before = { time: '2024-09-11T15:59:59Z' };
    expect(await faults(content, 'city', before)).toEqual(['BAD_RECORD /content/siteCheck/day']);
  });

  const strict = (value: string, s: string): Situation => ({
    cited: {
      reviewed: [evidence],
      parameters: [
        citedRecord('parameter', { content: { values: { 'review.cityCheck': { value, unit: '1', source: '…' } } } }),
      ],
    },
    state: (view) => {
      view.put('case', `three-level-review/${evidence.key}`, { s, r: '', v: 1, t: '', by: '' });
    },
  });

  it.each([
    ['1', 'FILED', 'province', accept, ['STATE_CONFLICT /cites']],
    ['1', 'CITY_CHECKED', 'province', accept, []],
    ['0', 'FILED', 'province', accept, []],
    ['1', 'FILED', 'city', accept, []],
    ['1', 'FILED', 'province', {}, []],
  ])('where cityCheck is %s and the month is %s: %s, %j', async (value, state, level, content, expected) => {
    expect(await faults(content, level, strict(value, state))).toEqual(expected);
  });

  it.each(['accept', 'return', 'question'])('takes the step %s of its level', (decision) => {
    const record = recordOf('review', { ...reviewing({ decision }, 'national') });
    expect(recordTypes.review.acts?.(record)).toEqual([{ role: 'reviewed', trigger: `review.national:${decision}` }]);
  });

  it('cites the parameters of the year, but for a registration, which is of no year', () => {
    const roles = (words: Situation): string[] =>
      recordTypes.review.cites(recordOf('review', words)).map(({ role }) => role);
    expect(roles(reviewing())).toEqual(['reviewed', 'parameters']);
    expect(roles({ ...reviewing(), cited: { reviewed: [citedRecord('facility')] } })).toEqual(['reviewed']);
  });

  it('of a registration puts its units in force, where it accepts it', () => {
    const facility = citedRecord('facility');
    const words = { kind: 'review.province_facility', cited: { reviewed: [facility] } };
    const accepted = { do: 'accept-units', uscc: someParties.enterprise, facility: facility.id.slice(4) };
    expect(effectsOf('review', { ...words, content: accept })).toEqual([accepted]);
    expect(effectsOf('review', { ...words, content: exampleOf('review') })).toEqual([]);
    expect(effectsOf('review', { cited: { reviewed: [evidence] }, content: accept })).toEqual([]);
  });
});
