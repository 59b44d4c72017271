import type { ImpactRow } from '@carbon-ledger/client-sdk';
import type { FakeGateway } from '../testing/fake-gateway';
import { reports, startInspected } from '../testing/inspected-world';
import { enterprise, national } from '../testing/trial-world';

let fake: FakeGateway;
beforeAll(async () => {
  fake = await startInspected();
});
afterAll(() => fake.stop());

async function rowsOf(id: string, party?: string): Promise<ImpactRow[]> {
  const rows: ImpactRow[] = [];
  for await (const row of fake.client(party).impactByParty(id, { price: '90' })) rows.push(row);
  return rows;
}

describe('an impact party by party, over HTTP', () => {
  it('says of every record what the answer at once says', async () => {
    const { items } = await fake.client().records({ limit: 500 });
    for (const { id, key } of items) {
      const once = await fake.client(national).impact(id, { price: '90' });
      const rows = await rowsOf(id, national);
      const whole = rows.at(-1);
      expect(rows.filter((row) => 'whole' in row)).toEqual([whole]);
      expect(whole).toMatchObject({
        whole: { record: id, key, records: once.records.length, figures: once.figures.length },
      });
      const accounts = rows.flatMap((row) => ('whole' in row ? [] : row.accounts));
      expect(accounts).toEqual(once.accounts);
    }
  });

  it('counts what is open to who asks, and no more', async () => {
    const { id } = reports.inspected;
    const figuresFor = async (party?: string): Promise<number> => {
      const last = (await rowsOf(id, party)).at(-1);
      return last !== undefined && 'whole' in last ? last.whole.figures : -1;
    };
    expect(await figuresFor()).toBe(0);
    expect((await rowsOf(id)).at(-1)).toMatchObject({ whole: { hidden: expect.any(Number) as number } });
    expect(await figuresFor(enterprise)).toBeGreaterThan(0);
    expect(await figuresFor(national)).toBe(await figuresFor(enterprise));
  });

  it('is a problem, no stream, for a record that is not there', async () => {
    const answer = await fetch(`${fake.url}/v1/records/rec:${'0'.repeat(64)}/impact/parties`);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is lines of JSON, and not told again while nothing is new', async () => {
    const url = `${fake.url}/v1/records/${reports.inspected.id}/impact/parties`;
    const answer = await fetch(url);
    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    const tag = answer.headers.get('etag') ?? '';
    const again = async (asked: string): Promise<number> =>
      (await fetch(asked, { headers: { 'if-none-match': tag, 'cache-control': 'max-age=0' } })).status;
    expect([await again(url), await again(`${url}?price=91`)]).toEqual([304, 200]);
    const lines = (await answer.text()).trimEnd().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toHaveProperty('whole');
  });
});
