import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { readWorkbook } from '@carbon-ledger/spreadsheets';
import { temporaryFolder } from '../../test/support/temporary-folder';
import { runInProcess, type CliResult } from './testing/test-io';

const files = path.join(__dirname, '..', '..', 'examples', 'reconcile');
const work = temporaryFolder('reconcile');
const at = (name: string): string => path.join(work, name);
const given = (name: string): string => path.join(files, name);

const facts = [
  { kind: 'accounts', uscc: '91140000MA0FAKE01X', ccer: 'FIC-CCER-0000001', allowance: 'FIC-CEA-0000001' },
  { kind: 'obligation', uscc: '91140000MA0FAKE01X', year: '2024', due: '4146356' },
];
writeFileSync(at('facts.jsonl'), facts.map((fact) => JSON.stringify(fact)).join('\n'));

const offline = ['--year', '2024', '--as-of', '2025-12-08', '--facts', at('facts.jsonl')];

function reconcile(...argv: readonly string[]): Promise<CliResult> {
  return runInProcess(['reconcile', ...argv, '--json'], { now: () => new Date('2025-12-08T09:10:00Z') });
}

const allSides = (bookings: string): string[] => [
  ...['--ccer', given('注销记录.csv'), '--allowance', given(bookings), '--forms', given('申请汇总.csv')],
];

describe('reconcile', () => {
  it('names what differs with both cells, the same bytes for the same files', async () => {
    const run = (name: string): Promise<CliResult> =>
      reconcile(...allSides('抵销登记-1208.csv'), ...offline, '-o', at(`${name}.json`), '--xlsx', at(`${name}.xlsx`));
    const { code, stdout } = await run('one');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { cancelled: '60000', booked: '46500', applied: '60000', kinds: { MATCHED: 4, QUANTITY_MISMATCH: 2 } },
      enterprises: [{ due: '4146356', cap: '207317' }],
    });
    const report = JSON.parse(readFileSync(at('one.json'), 'utf8')) as { rows: { findings: object[] }[] };
    expect(report.rows[1]?.findings).toMatchObject([
      {
        kind: 'QUANTITY_MISMATCH',
        cell: 'I3',
        found: '15000',
        other: { file: '抵销登记-1208.csv', cell: 'F3', value: '1500' },
      },
    ]);
    const sheets = readWorkbook(readFileSync(at('one.xlsx'))).sheets.map(({ name }) => name);
    expect(sheets).toEqual(['汇总', '逐行结果', '企业汇总']);
    await run('two');
    for (const ending of ['json', 'xlsx'])
      expect(readFileSync(at(`one.${ending}`)).equals(readFileSync(at(`two.${ending}`)))).toBe(true);
  });

  it('writes the paper in either language, and in no other', async () => {
    const run = (language: string): Promise<CliResult> =>
      reconcile(...allSides('抵销登记-1208.csv'), ...offline, '--pdf', at(`${language}.pdf`), '--language', language);
    for (const [language, tag] of [
      ['zh', '/Lang (zh-CN)'],
      ['en', '/Lang (en)'],
    ] as const) {
      expect((await run(language)).code).toBe(1);
      expect(readFileSync(at(`${language}.pdf`), 'latin1')).toContain(tag);
    }
    expect((await run('fr')).stderr).toContain('--language fr: zh or en');
    expect(readdirSync(work)).not.toContain('fr.pdf');
  });

  it('tells what changed since the day before', async () => {
    const { code, stdout } = await reconcile(
      ...allSides('抵销登记-1209.csv'),
      ...offline,
      '--previous',
      at('one.json'),
    );
    expect(code).toBe(0);
    const { changes } = JSON.parse(stdout) as { changes: { before: string[]; now: string[] }[] };
    expect(changes.map(({ before, now }) => [before, now])).toEqual([
      [['QUANTITY_MISMATCH'], []],
      [[], ['MATCHED']],
      [['QUANTITY_MISMATCH'], ['MATCHED']],
    ]);
  });

  it('reads other headers by a profile, and answers rows that cannot be read', async () => {
    writeFileSync(
      at('export.csv'),
      'USCC,PRJ,AMOUNT,D,Y\n91140000MA0FAKE01X,1.46785E+18,45000,2025-12-02,2024\n91140000MA0FAKE01X,A,45000,2025-12-02,2024\n',
    );
    const profile = { bookings: { projectRef: 'PRJ', qty: 'AMOUNT', bookedOn: 'D', year: 'Y' } };
    writeFileSync(at('profile.json'), JSON.stringify(profile));
    const { stdout } = await reconcile(
      '--allowance',
      at('export.csv'),
      '--profile',
      at('profile.json'),
      ...offline,
      '-o',
      at('profiled.json'),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      totals: { kinds: { UNREADABLE: 1, MISSING_IN_VOLUNTARY_REGISTRY: 1 } },
    });
    writeFileSync(at('profile.json'), JSON.stringify({ bookings: { amount: 'AMOUNT' } }));
    expect((await reconcile('--allowance', at('export.csv'), '--profile', at('profile.json'), ...offline)).code).toBe(
      2,
    );
    const bare = await reconcile('--allowance', at('export.csv'), ...offline);
    expect(bare.code).toBe(1);
    expect(bare.stderr).toContain('COLUMN_MISSING');
  });

  it('reads facts as strictly as any file: no member twice, UTF-8 alone, a byte order mark or none', async () => {
    const asked = ['--allowance', given('抵销登记-1209.csv'), '--as-of', '2025-12-08'];
    const refused = async (bytes: string | Uint8Array): Promise<string> => {
      writeFileSync(at('odd.jsonl'), bytes);
      return (await reconcile(...asked, '--year', '2024', '--facts', at('odd.jsonl'))).stderr;
    };
    const line = JSON.stringify(facts[0]);
    expect(await refused(`${line}\n${line.replace('{', '{"kind":"accounts",')}`)).toMatch(
      /line 2: Not strict JSON: the key .*kind/,
    );
    expect(
      await refused(Buffer.concat([Buffer.from(`${line}\n{"a":"`), Buffer.from([0xbd, 0xfa]), Buffer.from('"}')])),
    ).toMatch(/BAD_ENCODING/);
    expect(await refused(`\ufeff${line}\r\n\r\n${line}\n`)).not.toMatch(/BAD_JSON|BAD_ENCODING|BAD_FILE/);
  });

  it('refuses facts that are none, and a year without rules', async () => {
    writeFileSync(at('bad.jsonl'), '{"kind":"obligation","uscc":"x"}\n');
    const asked = ['--allowance', given('抵销登记-1209.csv'), '--as-of', '2025-12-08'];
    expect((await reconcile(...asked, '--year', '2024', '--facts', at('bad.jsonl'))).stderr).toContain(
      'bad.jsonl, line 1',
    );
    expect((await reconcile(...asked, '--year', '1999', '--no-ledger')).code).not.toBe(0);
    expect((await reconcile('--year', '2024', '--no-ledger')).code).toBe(2);
  });

  it('says nothing of files without a row, nor of a folder without files', async () => {
    const [header = ''] = readFileSync(given('注销记录.csv'), 'utf8').split('\n');
    writeFileSync(at('none.csv'), `${header}\n`);
    const empty = await reconcile('--ccer', at('none.csv'), ...offline);
    expect([empty.code, empty.stderr]).toEqual([3, expect.stringContaining('无法判定')]);
    mkdirSync(at('nobody'));
    expect((await reconcile('--watch', at('nobody'), '--once', ...offline)).code).toBe(3);
  });

  it('watches a folder: each set of files is reconciled once', async () => {
    const folder = at('incoming');
    mkdirSync(folder);
    for (const name of ['注销记录.csv', '抵销登记-1208.csv', '申请汇总.csv'])
      copyFileSync(given(name), path.join(folder, name));
    const look = (): Promise<CliResult> => reconcile('--watch', folder, '--once', ...offline);
    const first = JSON.parse((await look()).stdout) as { pdf: string };
    expect(first).toMatchObject({ totals: { kinds: { QUANTITY_MISMATCH: 2 } } });
    expect(readFileSync(first.pdf).subarray(0, 5).toString()).toBe('%PDF-');
    const again = await look();
    expect([again.code, JSON.parse(again.stdout)]).toMatchObject([
      1,
      { status: 'already', totals: { kinds: { QUANTITY_MISMATCH: 2 } } },
    ]);
    expect(readdirSync(path.join(folder, 'reports'))).toHaveLength(3);
    copyFileSync(given('抵销登记-1209.csv'), path.join(folder, '抵销登记-1208.csv'));
    const corrected = await look();
    expect(corrected.code).toBe(0);
    const { xlsx } = JSON.parse(corrected.stdout) as { xlsx: string };
    const changes = readWorkbook(readFileSync(xlsx)).sheets.find(({ name }) => name === '与上次相比');
    expect(changes?.rows).toHaveLength(4);
  });
});
