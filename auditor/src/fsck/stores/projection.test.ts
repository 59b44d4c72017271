import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import { codesOf, SignedMonth } from '../../../../test/support/signed-month';
import { temporaryFolder } from '../../../../test/support/temporary-folder';
import type { FsckReport } from '../fsck';
import { ProjectionReader } from './projection-reader';

let month: SignedMonth;
beforeAll(async () => {
  month = await SignedMonth.make();
});
afterAll(() => month.close());

describe('a projection that was tampered with', () => {
  async function withProjection(change: (db: ClassicLevel<string, Buffer>) => Promise<void>): Promise<FsckReport> {
    const copy = join(temporaryFolder('projection'), 'projection');
    cpSync(join(month.dataDir, 'projection'), copy, { recursive: true });
    const db = new ClassicLevel<string, Buffer>(copy, { valueEncoding: 'buffer' });
    await change(db);
    await db.close();
    const projection = await ProjectionReader.open(copy);
    const report = await month.fsck(month.blocks, { projection });
    await projection.close();
    return report;
  }

  it.each(['r', 'v', 'y', 'u', 'e', 'c', 's', 'f', 'h', 'a', 'g', 'p', 't'])(
    'notices a changed, a missing and a foreign entry of table %s',
    async (table) => {
      const first = async (db: ClassicLevel<string, Buffer>): Promise<[string, Buffer]> => {
        const [entry] = await db.iterator({ gte: `${table}/`, lt: `${table}0`, limit: 1 }).all();
        return entry!;
      };
      const changedEntry = await withProjection(async (db) => {
        const [key, value] = await first(db);
        const copy = Buffer.from(value);
        copy[copy.length - 1] = copy.at(-1)! ^ 1;
        await db.put(key, copy);
      });
      expect(changedEntry.findings).toMatchObject([{ code: 'PROJECTION_MISMATCH' }]);
      const foreign = await withProjection(async (db) => db.put(`${table}/zz`, (await first(db))[1]));
      expect(codesOf(foreign)).toEqual(['PROJECTION_MISMATCH']);
      const missing = await withProjection(async (db) => db.del((await first(db))[0]));
      expect(missing.findings).toMatchObject([{ code: 'PROJECTION_MISMATCH' }]);
    },
  );

  it.each(['h', 'a', 'g', 'p'])(
    'names an entry of table %s that is missing where another stands there too many',
    async (table) => {
      let gone = '';
      const report = await withProjection(async (db) => {
        const [entry] = await db.iterator({ gte: `${table}/`, lt: `${table}0`, limit: 1 }).all();
        const [key, value] = entry!;
        gone = key;
        await db.del(key);
        await db.put(`${table}/zz`, value);
      });
      expect(report.findings).toEqual([
        { code: 'PROJECTION_MISMATCH', field: `${table}/zz`, message: 'nothing in the blocks leads to it' },
        { code: 'PROJECTION_MISMATCH', field: gone, message: 'it is missing' },
      ]);
    },
  );

  it('takes no private figures for awaited because of an entry that names no transaction', async () => {
    const report = await withProjection(async (db) => {
      const [entry] = await db.iterator({ gte: 'f/', lt: 'f0', limit: 1 }).all();
      await db.del(entry![0]);
      await db.put('w/zz', Buffer.from(''));
    });
    expect(report.findings.map(({ field }) => field)).toEqual(['w/zz', expect.stringMatching(/^f\//)]);
  });

  it('finds nothing wrong with idempotency keys, which are of no block', async () => {
    const report = await withProjection((db) => db.put('q/000000000000', Buffer.from('{}')));
    expect(report.findings).toEqual([]);
  });

  it('notices a state and a right edge of the log that are not those of the records', async () => {
    const edge = await withProjection(async (db) => {
      const value = (await db.get('m/log'))!.toString();
      await db.put('m/log', Buffer.from(value.replace('["', '["0000')));
    });
    expect(codesOf(edge)).toEqual(['PROJECTION_MISMATCH']);
    const ahead = await withProjection((db) =>
      db.put('m/state', Buffer.from(JSON.stringify({ ledger: month.ledgerId, nextBlock: '99', logSize: 18, tip: '' }))),
    );
    expect(codesOf(ahead)).toEqual(['PROJECTION_MISMATCH']);
  });
});
