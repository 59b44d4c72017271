import { digestBytes } from '@carbon-ledger/core';
import { prefixes } from '@carbon-ledger/auditor/stored';
import { document, file, changed, report, startWithReport } from '../testing/anchored-report';
import type { FakeGateway } from '../testing/fake-gateway';
import type { Projection } from '../projection/projection';
import { verifyItems } from './verification';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startWithReport();
});
afterAll(() => fake.stop());

/** A projection whose indexes name so many newer records than the one that is meant, none of which is of the party that is asked about. */
function flooded(count: number): Projection {
  const { projection } = fake.gateway;
  const others = Array.from({ length: count }, (_, at) => `rec:${at.toString(16).padStart(64, '0')}`);
  const under = (prefix: string): string[] =>
    [prefixes.name(document.name), prefixes.document(document.sha256)].includes(prefix) ? [...others, report.id] : [];
  const newest = (prefix: string, limit: number): Promise<string[]> => Promise.resolve(under(prefix).slice(0, limit));
  return Object.create(projection, { newest: { value: newest }, reader: { value: projection.reader } }) as Projection;
}

async function verdictOf(projection: Projection, item: object): Promise<string> {
  const [answer] = await verifyItems(projection, [{ sha256: document.sha256, ...item }]);
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
