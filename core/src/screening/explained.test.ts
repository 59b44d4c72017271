import { contentFaultsOf, exampleOf } from '../rulebook/testing/content-table';
import { BookIndex, type BookRecord } from './book';
import { explainedBy } from './explained';
import { findingId } from './screening';

const uscc = '91140000MA0FAKE01X';
const subject = { uscc, unit: 'U1', period: '2024-09' };
const month = `${uscc}/U1/2024-09/monthly-evidence`;
const finding = { rule: 'R-S01', at: month, inputs: 'sha256:ab' };

function explanation(number: number, content: Readonly<Record<string, unknown>>): BookRecord {
  const kind = `explanation.${String(number)}`;
  return {
    ...{ key: `${uscc}/U1/2024-09/${kind}`, type: 'explanation', kind, issuer: uscc, subject, version: 1 },
    ...{ content, figures: new Map(), cites: {}, documents: [] },
  };
}

const indexOf = (...records: readonly BookRecord[]): BookIndex => new BookIndex({ uscc, records });

describe('findings that an enterprise has explained', () => {
  it('are those that a record as the ledger takes it names: rule, record and the values as they stood', () => {
    const content = { ...exampleOf('explanation'), findings: [finding] };
    expect(contentFaultsOf('explanation', content)).toEqual([]);
    const explained = explainedBy(indexOf(explanation(2, content)));
    expect(explained).toEqual({ [findingId(finding)]: `${uscc}/U1/2024-09/explanation.2` });
    expect(explained[findingId({ ...finding, inputs: 'sha256:cd' })]).toBeUndefined();
  });

  it.each([
    ['none named', {}],
    ['a list that is none', { findings: 'R-S01' }],
    ['a finding without its values', { findings: [{ rule: 'R-S01', at: month }] }],
    ['a finding of another kind', { findings: [{ ...finding, rule: 1 }] }],
  ])('are none with %s', (_, content) => {
    expect(explainedBy(indexOf(explanation(1, content)))).toEqual({});
  });

  it('are gathered over all explanations', () => {
    const other = { ...finding, rule: 'R-L04' };
    const index = indexOf(explanation(1, { findings: [finding] }), explanation(2, { findings: [other] }));
    expect(Object.keys(explainedBy(index)).sort()).toEqual([findingId(finding), findingId(other)].sort());
  });
});
