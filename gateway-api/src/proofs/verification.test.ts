import { digestBytes } from '@carbon-ledger/core';
import { prefixes, type AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { document, file, changed, report } from '../testing/anchored-report';
import { verifyItems, type AnchoredDocuments } from './verification';

const entry: AnchoredEntry = {
  ...report,
  ...{ text: '', status: 'current', state: 'CURRENT', txId: '', submission: '', anchoredAt: '2026-01-02T03:04:05Z' },
  ...{ blockNumber: '1', logIndex: 1, indexInSubmission: 0 },
};

/** Indexes that name so many newer records than the one that is meant, none of which is of the party that is asked about. */
function flooded(count: number): AnchoredDocuments {
  const others = Array.from({ length: count }, (_, at) => `rec:${at.toString(16).padStart(64, '0')}`);
  const known = [prefixes.name(document.name), prefixes.document(document.sha256)];
  const record = (id: string): Promise<AnchoredEntry | undefined> =>
    Promise.resolve(id === entry.id ? entry : undefined);
  return {
    newest: (prefix, limit) => Promise.resolve(known.includes(prefix) ? [...others, entry.id].slice(0, limit) : []),
    reader: { record, records: (ids) => Promise.all(ids.map(record)) },
  };
}

async function verdictOf(documents: AnchoredDocuments, item: object): Promise<string> {
  const [answer] = await verifyItems(documents, [{ sha256: document.sha256, ...item }]);
  return answer!.verdict;
}

describe('a file that more records name than are looked at', () => {
  it.each([
    ['its digest', { sha256: digestBytes(file).sha256 }],
    ['its name alone', { name: document.name, sha256: digestBytes(changed).sha256 }],
  ])('is undecidable by %s, not unknown', async (_what, item) => {
    expect(await verdictOf(flooded(49), item)).toMatch(/^(?:in)?consistent$/);
    expect(await verdictOf(flooded(50), item)).toBe('undecidable');
  });

  it('is found under the record that is said', async () => {
    expect(await verdictOf(flooded(50), { record: report.id })).toBe('consistent');
  });
});
