import { citedRecord, someParties, toldOf, type Situation } from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';

const province = '11140000MA0TRYA04Q';
const { enterprise, lab } = someParties;
const done = { finding: 'x', done: '已更正' };
const promise: ContentPromise = {
  required: ['tasks', 'due'],
  bad: [
    ['nothing done', { tasks: [] }, '/content/tasks'],
    ['a task without words', { tasks: [{ ...done, done: '' }] }, '/content/tasks/0/done'],
    ['a task of no finding', { tasks: [{ done: '已更正' }] }, '/content/tasks/0/finding'],
    ['a document of 201 characters', { tasks: [{ ...done, document: 'x'.repeat(201) }] }, '/content/tasks/0/document'],
    ['a day that there is not', { due: '2025-13-01' }, '/content/due'],
  ],
};

describe('the content of a rectification', () => {
  it.each(contentTable('rectification', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('rectification', content)).toEqual(faults);
  });
});

const inspectionOf = (number: number): ReturnType<typeof citedRecord> =>
  citedRecord('inspection', { kind: `inspection.${String(number)}`, issuer: province, subject: { uscc: province } });
const inspection = inspectionOf(1);
const month = citedRecord('monthly-evidence');
const findingOf = (number: number, found: readonly ReturnType<typeof citedRecord>[] = []): typeof inspection =>
  citedRecord('finding', { kind: `finding.${String(number)}`, cited: { inspection: [inspection], found } });
const first = findingOf(1, [month]);
const second = findingOf(2);
const third = findingOf(3);

const [task] = exampleOf('handover')['tasks'] as readonly Record<string, unknown>[];
const handover = citedRecord('handover', {
  ...{ issuer: province, subject: { uscc: province }, cited: { inspection: [inspection], finding: [first, second] } },
  content: {
    tasks: [
      { ...task, finding: first.key, due: '2025-07-31' },
      { ...task, finding: second.key, due: '2025-09-30' },
    ],
  },
});

const digests = { sha256: `sha256:${'0'.repeat(64)}`, sm3: `sm3:${'0'.repeat(64)}` };
const paper = { role: 'x', name: '读数.csv', mediaType: 'text/csv', size: '1', ...digests };

interface Rectified extends Situation {
  readonly findings?: readonly ReturnType<typeof citedRecord>[];
  readonly named?: readonly ReturnType<typeof citedRecord>[];
  readonly document?: string;
  readonly due?: string;
}

function told({
  findings = [first],
  named = findings,
  document = '读数.csv',
  due = '2025-07-31',
  ...more
}: Rectified = {}): Promise<string[]> {
  return toldOf('rectification', {
    ...{ documents: [paper], content: { due, tasks: named.map(({ key }) => ({ ...done, finding: key, document })) } },
    ...more,
    cited: { handover: [handover], inspection: [inspection], finding: findings, ...more.cited },
  });
}

describe('a rectification', () => {
  it('answers each finding that it cites, and no other', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ findings: [first, second], named: [first] })).toEqual(['BAD_RECORD /content/tasks']);
    const other = await told({ findings: [first], named: [first, second], due: '2025-09-30' });
    expect(other).toEqual(['BAD_RECORD /content/tasks/1/finding']);
  });

  it('shows what was done by a document of its own or by a correction of what was found (R-D24)', async () => {
    expect(await told({ documents: [] })).toEqual(['BAD_RECORD /content/tasks/0/document']);
    const tasks = [{ ...done, finding: first.key }];
    const unshown = { content: { due: '2025-07-31', tasks } };
    expect(await told(unshown)).toEqual(['R-D24 /content/tasks/0/document']);
    const correctionOf = (superseded: typeof month): typeof month =>
      citedRecord('supersession', { cited: { superseded: [superseded] } });
    expect(await told({ ...unshown, cited: { supersession: [correctionOf(month)] } })).toEqual([]);
    const other = correctionOf(citedRecord('monthly-evidence', { subject: { period: '2024-03' } }));
    expect(await told({ ...unshown, cited: { supersession: [other] } })).toEqual(['R-D24 /content/tasks/0/document']);
    const both = { due: '2025-09-30', tasks: [first, second].map(({ key }) => ({ ...done, finding: key })) };
    expect(
      await told({
        content: both,
        findings: [first, second],
        cited: { finding: [first, second], supersession: [correctionOf(month)] },
      }),
    ).toEqual(['R-D24 /content/tasks/1/document']);
  });

  it('is of whom it was handed to', async () => {
    expect(await told({ issuer: lab })).toEqual(['NOT_ALLOWED_TO_FILE /issuer']);
    expect(await told({ issuer: enterprise })).toEqual([]);
  });

  it.each([
    [[first], '2025-07-31', []],
    [[second], '2025-09-30', []],
    [[first, second], '2025-09-30', []],
    [[first, second], '2025-07-31', ['BAD_RECORD /content/due']],
    [[second], '2025-07-31', ['BAD_RECORD /content/due']],
  ])('is due on the last of the days that the handover gives for what it answers', async (findings, due, expected) => {
    expect(await told({ findings, due })).toEqual(expected);
  });

  it('answers nothing that was not handed over by what it cites', async () => {
    expect(await told({ findings: [third] })).toEqual(['BAD_RECORD /content/tasks']);
  });

  it('is of the inspection that its handover is of', async () => {
    expect(await told({ cited: { inspection: [inspectionOf(2)] } })).toEqual(['CITATION_MISMATCH /cites']);
  });
});
