import { faultWords, type CitationRule, type LedgerRecord } from '@carbon-ledger/core';
import { citationFaults } from './citation-faults';

const rules = [
  { role: 'annual-report', types: ['annual-report'], min: 1, max: 1 },
  { role: 'evidence', types: ['monthly-evidence'], min: 0, max: 1 },
] as unknown as readonly CitationRule[];
const record = (roles: readonly string[]): LedgerRecord =>
  ({ cites: roles.map((role) => ({ role })) }) as unknown as LedgerRecord;

it('names the role that is lacking or too many at its place, in both languages', () => {
  const [lacking, many] = citationFaults(rules, record(['evidence', 'evidence']));
  expect(lacking).toMatchObject({ path: '/cites/annual-report', code: 'CITATION_MISSING' });
  expect(faultWords(lacking!, 'zh')).toContain('至少 1 条');
  expect(many).toMatchObject({ path: '/cites/evidence' });
  expect(faultWords(many!, 'zh')).toContain('至多 1 条');
  expect(citationFaults(rules, record(['annual-report']))).toEqual([]);
});
