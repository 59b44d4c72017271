import type { GraphPart } from '../../gateway-api/src/graph/elements';
import { graphMl } from '../../gateway-api/src/graph/graphml';
import { jsonLd } from '../../gateway-api/src/graph/json-ld';
import { graphParts } from '../../gateway-api/src/graph/walk';
import { Projection } from '../../gateway-api/src/projection/projection';
import { RecordViews } from '../../gateway-api/src/records/record-views';
import { FakeGateway, LEDGER_ID } from '../../gateway-api/src/testing/fake-gateway';
import { enterprise, lab, sampleReceipt } from '../../gateway-api/src/testing/trial-world';

/** Records whose relations are read together. */
const page = 100;
const months = ['2024-01', '2024-02', '2024-03'];
/** Four hundred and eighty of them, each of a unit and month of its own. */
const receipts = Array.from('XELG').flatMap((letter) =>
  Array.from({ length: 40 }, (_, at) => months.map((month) => sampleReceipt(`${letter}${String(at)}`, month))).flat(),
);
const count = receipts.length;

let fake: FakeGateway;
beforeAll(async () => {
  fake = await FakeGateway.start();
  await fake.client(lab).anchor({ records: receipts.map(({ record }) => record), figures: {} });
});
afterAll(() => fake.stop());

/** What the service walks over, as it hands that to a walk. */
async function sources(): Promise<Parameters<typeof graphParts>> {
  const [list, source] = [jest.spyOn(Projection.prototype, 'list'), jest.spyOn(RecordViews.prototype, 'source')];
  for await (const chunk of fake.client().graph({ party: lab })) expect(chunk.length).toBeGreaterThan(0);
  const contexts: readonly unknown[] = [list.mock.contexts[0], source.mock.contexts[0]];
  const [projection, views] = contexts;
  const reading = source.mock.calls[0]?.[0];
  jest.restoreAllMocks();
  if (!(projection instanceof Projection && views instanceof RecordViews && reading)) throw new Error('not asked');
  return [{ projection, views, ledgerId: LEDGER_ID }, { party: enterprise }, reading];
}

describe('the graph of a ledger', () => {
  it('is read a page of records at a time, and no further than it is taken', async () => {
    const given = await sources();
    const list = jest.spyOn(Projection.prototype, 'list');
    let records = 0;
    for await (const { nodes } of graphParts(...given)) {
      records += nodes.filter(({ kind }) => kind === 'record').length;
      expect(list.mock.calls.length).toBeLessThanOrEqual(1 + Math.ceil(records / page));
    }
    expect(records).toBeGreaterThanOrEqual(count);
    expect(list.mock.calls.length).toBeGreaterThanOrEqual(count / page);
  });

  it('is read no more where nobody takes any more', async () => {
    const given = await sources();
    const list = jest.spyOn(Projection.prototype, 'list');
    for await (const { nodes } of graphParts(...given)) if (nodes.some(({ kind }) => kind === 'record')) break;
    expect(list.mock.calls).toHaveLength(1);
  });

  it.each([
    ['GraphML', graphMl],
    ['JSON-LD', jsonLd],
  ])('is written as %s piece by piece, of a ledger that never ends', async (_name, write) => {
    let made = 0;
    // eslint-disable-next-line @typescript-eslint/require-await -- a stream that is there
    const endless = async function* (): AsyncGenerator<GraphPart> {
      for (;;) yield { nodes: [{ id: `urn:${String((made += 1))}`, kind: 'record', attributes: {} }], edges: [] };
    };
    let written = 0;
    for await (const piece of write(endless())) {
      expect(piece.length).toBeLessThan(10_000);
      written += 1;
      expect(made).toBeLessThanOrEqual(written);
      if (written > 1000) break;
    }
  });
});
