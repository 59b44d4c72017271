import { recordTypes } from '../registry';
import { citedRecord, recordOf, toldOf, type RecordWords, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, type ContentPromise } from '../testing/content-table';

const item = { about: 'R-S01', reason: '换煤种', documents: [] };
const promise: ContentPromise = {
  required: ['items'],
  optional: { findings: [{ rule: 'R-S01', at: 'x', inputs: 'sha256:ab' }] },
  bad: [
    ['nothing explained', { items: [] }, '/content/items'],
    ['201 explanations', { items: Array.from({ length: 201 }, () => item) }, '/content/items'],
    ['no word of what it is about', { items: [{ ...item, about: '' }] }, '/content/items/0/about'],
    ['what it is about in 241 characters', { items: [{ ...item, about: 'x'.repeat(241) }] }, '/content/items/0/about'],
    ['no reason', { items: [{ ...item, reason: '' }] }, '/content/items/0/reason'],
    ['a reason in which something is hidden', { items: [{ ...item, reason: 'a\u202eb' }] }, '/content/items/0/reason'],
    [
      '21 documents',
      { items: [{ ...item, documents: Array.from({ length: 21 }, () => 'x') }] },
      '/content/items/0/documents',
    ],
  ],
};

describe('the content of an explanation', () => {
  it.each(contentTable('explanation', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('explanation', content)).toEqual(faults);
  });
});

const month = citedRecord('monthly-evidence', { subject: { period: '2024-09' } });
const other = citedRecord('monthly-evidence', { subject: { period: '2024-10' } });
const digests = { sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` };
const paper = { role: 'x', name: '煤质单.pdf', mediaType: 'application/pdf', size: '1', ...digests };

/** What an explanation is about, with what that itself cites. */
const about = (
  type: 'review' | 'finding' | 'screening-result',
  words: RecordWords = {},
): NonNullable<RecordWords['cited']> => ({
  about: [citedRecord(type, words)],
});
const told = (situation: Situation): Promise<string[]> => toldOf('explanation', situation);

describe('an explanation', () => {
  it('names documents that it carries', async () => {
    const items = [{ ...item, documents: ['煤质单.pdf'] }];
    const cited = about('review', { cited: { reviewed: [month] } });
    expect(await told({ content: { items }, cited })).toEqual(['BAD_RECORD /content/items/0/documents']);
    expect(await told({ content: { items }, cited, documents: [paper] })).toEqual([]);
  });

  const found = (...severities: string[]): unknown[] =>
    severities.map((severity, index) => ({ rule: `R-X0${String(index)}`, severity, addresses: ['x#y'] }));

  it.each([
    [['warn'], ['R-X00'], []],
    [['warn', 'block'], ['R-X00', 'R-X01'], []],
    [['warn', 'block'], ['R-X00'], ['BAD_RECORD /content/items']],
    [['warn', 'block'], [], ['BAD_RECORD /content/items', 'BAD_RECORD /content/items']],
    [['info'], [], []],
  ])('of findings that are %j answers %j', async (severities, answered, expected) => {
    const cited = about('screening-result', { content: { findings: found(...severities) } });
    const items = [item, ...answered.map((rule) => ({ ...item, about: rule }))];
    expect(await told({ content: { items }, cited })).toEqual(expected);
  });

  it.each([
    ['review', 'reviewed'],
    ['finding', 'questioned'],
    ['finding', 'evidence'],
    ['screening-result', 'screened'],
  ] as const)('answers the months alone that a %s (%s) is about', async (type, role) => {
    const cited = about(type, { content: type === 'finding' ? {} : { findings: [] }, cited: { [role]: [month] } });
    expect(await told({ cited: { ...cited, questioned: [month] } })).toEqual([]);
    expect(await told({ cited: { ...cited, questioned: [month, other] } })).toEqual(['CITATION_MISMATCH /cites']);
    expect(await told({ cited: { ...cited, questioned: [] } })).toEqual([]);
  });

  it('counts a finding as explained only where it says something about its rule', async () => {
    const cited = about('review', { cited: { reviewed: [month] } });
    const finding = { rule: 'R-S01', at: month.key, inputs: 'sha256:ab' };
    expect(await told({ content: { items: [item], findings: [finding] }, cited })).toEqual([]);
    const other = { ...finding, rule: 'R-L04' };
    expect(await told({ content: { items: [item], findings: [finding, other] }, cited })).toEqual([
      'BAD_RECORD /content/findings/1/rule',
    ]);
  });

  it('takes the step of the months that it answers', () => {
    const acts = recordTypes.explanation.acts?.(recordOf('explanation'));
    expect(acts).toEqual([{ role: 'questioned', trigger: 'explanation' }]);
  });
});
