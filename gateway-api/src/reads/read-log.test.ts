import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkReadLog, readFiles, readHead, type PrivateRead } from '@carbon-ledger/auditor/stored';
import fc from 'fast-check';
import { ReadLog, type ReadLogOptions } from './read-log';

const lab = '91140100MA0FAKE2XU';

function read(number: number, records = 1): PrivateRead {
  return {
    at: new Date(Date.parse('2026-03-01T00:00:00Z') + number * 1000).toISOString(),
    party: lab,
    key: '0xkey',
    session: 'one',
    route: 'getRecord',
    purpose: '核查',
    requestId: String(number),
    records: Array.from({ length: records }, (_, at) => ({
      record: `rec:${String(number)}-${String(at)}`,
      subject: 'about',
      issuer: lab,
    })),
  };
}

describe('the log of private reads', () => {
  let root: string;
  let errors: object[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'reads-'));
    mkdirSync(join(root, 'guard'));
    errors = [];
  });
  afterEach(() => {
    rmSync(root, { recursive: true, force: true });
  });

  const folder = (): string => join(root, 'reads');
  const headFile = (): string => join(root, 'guard/last-read.json');
  const open = (more: Partial<ReadLogOptions> = {}): ReadLog =>
    ReadLog.open({
      folder: folder(),
      headFile: headFile(),
      years: undefined,
      clock: () => new Date('2026-03-01T00:00:00Z'),
      schedule: () => () => undefined,
      logger: { error: (facts: object) => errors.push(facts) } as never,
      ...more,
    });
  const check = (): ReturnType<typeof checkReadLog> => checkReadLog(folder(), readHead(headFile()));
  const only = (): string => join(folder(), readFiles(folder())[0]!.name);

  async function written(count: number, more: Partial<ReadLogOptions> = {}): Promise<void> {
    const log = open(more);
    for (let number = 0; number < count; number++) await log.append(read(number));
    await log.close();
  }

  it('is chained over restarts, and never holds a figure', async () => {
    await written(3);
    await written(2);
    expect(await check()).toMatchObject({ lines: 5, head: { n: 5 }, removed: 0, faults: [] });
    expect(Object.keys(JSON.parse(readFileSync(only(), 'utf8').split('\n')[0]!) as object).sort()).toEqual(
      ['n', 'prev', 'at', 'party', 'key', 'session', 'route', 'purpose', 'requestId', 'records', 'hash'].sort(),
    );
  });

  it('keeps what is written at once in one order', async () => {
    const log = open();
    await Promise.all(Array.from({ length: 50 }, (_, number) => log.append(read(number, 3))));
    await log.append(read(50, 450));
    await log.close();
    expect(await check()).toMatchObject({ lines: 53, faults: [] });
  });

  it('is told broken whatever byte of it is changed, and whichever line is taken away', async () => {
    await written(6);
    const whole = readFileSync(only());
    const lines = whole.toString().trimEnd().split('\n');
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 127 }), async (at, change) => {
        const forged = Buffer.from(whole);
        forged[at] = (forged[at] ?? 0) ^ change;
        writeFileSync(only(), forged);
        const { faults } = await check();
        // White space between members says nothing, and a line may end either way.
        const isSame = forged.toString().trim().split(/\r?\n/).join('\n') === whole.toString().trim();
        expect(faults.length > 0 || isSame).toBe(true);
      }),
    );
    for (const [left] of lines.entries()) {
      writeFileSync(only(), `${lines.filter((_, at) => at !== left).join('\n')}\n`);
      expect((await check()).faults.length).toBeGreaterThan(0);
    }
    writeFileSync(only(), whole);
    expect((await check()).faults).toEqual([]);
  });

  it('says so where its end was cut, at the next start too', async () => {
    await written(4);
    const text = readFileSync(only(), 'utf8');
    writeFileSync(only(), text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1));
    expect((await check()).faults).toEqual([
      expect.objectContaining({ message: expect.stringContaining('line 4') as string }),
    ]);
    await open().close();
    expect(errors).toEqual([{ kept: 4, found: 3 }]);
  });

  it('cuts a line that a crash tore off, which was never answered for', async () => {
    await written(2);
    appendFileSync(only(), '{"n":3,"prev":"');
    await written(1);
    expect(await check()).toMatchObject({ lines: 3, faults: [] });
    truncateSync(only(), 0);
    expect((await check()).faults).toHaveLength(1);
  });

  it('goes on in another file where one is full, and shows pages of them, newest first', async () => {
    await written(9, { fileBytes: 1500 });
    const files = readFiles(folder());
    expect(files.length).toBeGreaterThan(1);
    expect(await check()).toMatchObject({ lines: 9, faults: [] });
    const log = open({ fileBytes: 1500 });
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = log.page(before, () => true);
      seen.push(...page.lines.map(({ n }) => n));
      before = page.next;
    } while (before !== undefined);
    await log.close();
    expect(seen).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  it('lets whole files go when their years are over, and says where it begins since', async () => {
    await written(9, { fileBytes: 1500 });
    const later = { clock: () => new Date('2031-06-01T00:00:00Z'), fileBytes: 1500 };
    await open({ ...later, years: 6 }).close();
    expect((await check()).removed).toBe(0);
    await open({ ...later, years: 5 }).close();
    const { removed, lines, faults } = await check();
    expect(faults).toEqual([]);
    expect([removed > 0, removed + lines]).toEqual([true, 9]);
    await written(1, { fileBytes: 1500 });
    expect(await check()).toMatchObject({ faults: [], head: { n: 10 } });
    rmSync(join(folder(), readFiles(folder())[0]!.name));
    expect((await check()).faults.length).toBeGreaterThan(0);
    expect(existsSync(headFile())).toBe(true);
  });

  it('takes no answer for written that is not', async () => {
    const log = open();
    await log.append(read(0));
    await log.close();
    await expect(log.append(read(1))).rejects.toThrow();
  });
});
