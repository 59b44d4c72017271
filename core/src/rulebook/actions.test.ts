import { recordTypeNames, type LedgerRecord } from '../records';
import { possibleSteps } from './actions';
import { processes } from './processes';
import { recordTypes } from './registry';

const tables = { types: recordTypes, processes };

/** Every step that is made by citing a record, with the type that is cited. */
const acting = recordTypeNames.flatMap((cited) =>
  Object.keys(processes[recordTypes[cited].process].states).flatMap((state) =>
    possibleSteps(tables, cited, state).flatMap(({ step, file }) =>
      file.role === undefined ? [] : [{ cited, state, step, file }],
    ),
  ),
);

describe('the record by which a step is made', () => {
  it('cites what it acts on in a role that takes such a record', () => {
    const wrong = acting.filter(({ cited, file }) => {
      const spec = recordTypes[file.type];
      const subject = { uscc: '', unit: 'U1', period: '2024' };
      const content = { ...(spec.example as object), ...file.content };
      const record = {
        type: file.type,
        kind: file.kind,
        version: 1,
        subject,
        content,
        cites: [],
      } as unknown as LedgerRecord;
      const rules = spec.cites(record).filter(({ role }) => role === file.role);
      return !rules.some(({ type }) => type === 'any' || [type].flat().includes(cited));
    });
    expect(wrong).toEqual([]);
    expect(acting.length).toBeGreaterThan(100);
  });

  it('cites a report in another role than a conclusion that an objection contests', () => {
    const role = (cited: string, state: string): unknown =>
      possibleSteps(tables, cited, state).find(({ step }) => step === 'objection')?.file.role;
    expect(role('annual-report', 'NOTIFIED')).toBe('annual-report');
  });
});
