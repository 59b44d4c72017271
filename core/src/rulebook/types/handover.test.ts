import { recordTypes } from '../registry';
import {
  citedRecord,
  putParty,
  recordOf,
  someParties,
  toldOf,
  type RecordWords,
  type Situation,
} from '../testing/bench';
import { contentFaultsOf, contentTable, exampleOf, type ContentPromise } from '../testing/content-table';
import { partyKinds } from '../authority';

const province = '11140000MA0TRYA04Q';
const { enterprise, lab } = someParties;
const [task] = exampleOf('handover')['tasks'] as readonly Record<string, unknown>[];
const inTask = (change: Record<string, unknown>): Record<string, unknown> => ({ tasks: [{ ...task, ...change }] });
const promise: ContentPromise = {
  required: ['to', 'tasks'],
  bad: [
    ['a receiver whose check digit is wrong', { to: '91140000MA0FAKE010' }, '/content/to'],
    ['no task', { tasks: [] }, '/content/tasks'],
    ['101 tasks', { tasks: Array.from({ length: 101 }, () => task) }, '/content/tasks'],
    ['the name of a person', inTask({ responsible: '张三' }), '/content/tasks/0/responsible'],
    ['a task without words', inTask({ task: '' }), '/content/tasks/0/task'],
    ['no target', inTask({ target: undefined }), '/content/tasks/0/target'],
    ['no measures', inTask({ measures: undefined }), '/content/tasks/0/measures'],
    ['a day that there is not', inTask({ due: '2025-06-31' }), '/content/tasks/0/due'],
  ],
};

describe('the content of a handover', () => {
  it.each(contentTable('handover', promise))('with %s', (_, content, faults) => {
    expect(contentFaultsOf('handover', content)).toEqual(faults);
  });
});

const inspection = citedRecord('inspection', { issuer: province, subject: { uscc: province } });
const findingOf = (number: number, words: RecordWords = {}): ReturnType<typeof citedRecord> =>
  citedRecord('finding', { kind: `finding.${String(number)}`, cited: { inspection: [inspection] }, ...words });
const first = findingOf(1);
const second = findingOf(2);

interface Handed {
  readonly findings?: readonly ReturnType<typeof citedRecord>[];
  readonly named?: readonly string[];
  readonly to?: string;
  readonly kind?: string;
  readonly issuer?: string;
}

function handing({
  findings = [first],
  named,
  to = enterprise,
  kind = 'enterprise',
  issuer = province,
}: Handed): Situation {
  const tasks = (named ?? findings.map(({ key }) => key)).map((finding) => ({ ...task, finding }));
  return {
    ...{ issuer, subject: { uscc: province }, content: { to, tasks } },
    cited: { inspection: [inspection], finding: findings },
    state: (view) => {
      putParty(view, to, { kind });
    },
  };
}

const told = (handed: Handed = {}): Promise<string[]> => toldOf('handover', handing(handed));

describe('a handover', () => {
  it('gives each finding a task, and no task to what it does not cite', async () => {
    expect(await told()).toEqual([]);
    expect(await told({ findings: [first, second], named: [first.key] })).toEqual(['BAD_RECORD /content/tasks']);
    expect(await told({ named: [first.key, second.key] })).toEqual(['BAD_RECORD /content/tasks/1/finding']);
    expect(await told({ named: [first.key, first.key] })).toEqual([]);
  });

  it('is of the authority whose inspection it is, and of its findings', async () => {
    expect(await told({ issuer: someParties.verifier })).toEqual(['NOT_ALLOWED_TO_FILE /issuer']);
    const elsewhere = citedRecord('inspection', {
      issuer: province,
      kind: 'inspection.2',
      subject: { uscc: province },
    });
    const foreign = findingOf(1, { cited: { inspection: [elsewhere] } });
    expect(await told({ findings: [foreign] })).toEqual(['CITATION_MISMATCH /cites']);
  });

  it.each(partyKinds)('to a %s is one to somebody who may rectify, or is refused', async (kind) => {
    const mayRectify = ['enterprise', 'lab', 'verifier'].includes(kind);
    expect(await told({ kind })).toEqual(mayRectify ? [] : ['BAD_RECORD /content/to']);
  });

  it('to an enterprise is about its own findings; a laboratory is handed what was found at its customer', async () => {
    const other = '91350100M000100Y43';
    const atOther = findingOf(1, { subject: { uscc: other } });
    expect(await told({ findings: [atOther] })).toEqual(['BAD_RECORD /content/to']);
    expect(await told({ findings: [atOther], to: other })).toEqual([]);
    expect(await told({ findings: [atOther], to: lab, kind: 'lab' })).toEqual([]);
  });

  it('is to nobody who is unknown or ended', async () => {
    const unknown = { ...handing({}), state: () => undefined };
    expect(await toldOf('handover', unknown)).toEqual(['PARTY_UNKNOWN /content/to']);
    const ended: Situation = {
      ...handing({}),
      state: (view) => {
        putParty(view, enterprise, {}, '2024-01-01T00:00:00Z');
      },
    };
    expect(await toldOf('handover', ended)).toEqual(['PARTY_UNKNOWN /content/to']);
  });

  it('takes its step in the life of the inspection and of each finding', () => {
    expect(recordTypes.handover.acts?.(recordOf('handover'))).toEqual([
      { role: 'inspection', trigger: 'handover' },
      { role: 'finding', trigger: 'handover' },
    ]);
  });
});
