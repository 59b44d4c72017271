import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { headerOf, transactionsOf } from '../../../test/support/earlier-export';
import { EarlierWorld } from '../../../test/support/earlier-ledger';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { checkExport } from './read-export';
import { writeExport } from './write-export';

const folder = temporaryFolder('export');
const file = join(folder, 'pilot.jsonl');
let earlier: EarlierWorld;
beforeAll(async () => {
  earlier = await EarlierWorld.open();
  await writeExport(file, headerOf(earlier), transactionsOf(earlier));
});

function variant(name: string, change: (lines: string[]) => readonly string[] | string): string {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const changed = change(lines);
  const target = join(folder, name);
  writeFileSync(target, typeof changed === 'string' ? changed : `${changed.join('\n')}\n`);
  return target;
}

describe('an export', () => {
  it('is checked while it is written and again when it is read', async () => {
    const check = await checkExport(file);
    expect([check.trees.records.size, check.trees.transactions.size]).toEqual([13, 5]);
    expect(check.founder).toMatchObject({ logIndex: 0, state: { record: earlier.records[0]!.id } });
    await check.close();
    expect(readdirSync(folder)).toEqual(['pilot.jsonl']);
  });

  const damages: readonly (readonly [string, (lines: string[]) => readonly string[] | string, string])[] = [
    [
      'a transaction left out',
      (lines) => lines.filter((_, at) => at !== 3),
      '/transactions/2/submissions/0/records/0/subject/uscc',
    ],
    ['two transactions swapped', ([a, b, c, d, ...rest]) => [a!, b!, d!, c!, ...rest], '/transactions/1'],
    [
      'a changed figure',
      (lines) => lines.map((line) => line.replace('"value":"62.38"', '"value":"62.39"')),
      '/transactions/3/submissions/0/records/0/figuresRoot',
    ],
    [
      'a changed record',
      (lines) => lines.map((line) => line.replace('煤粉炉', '流化床')),
      '/transactions/2/submissions/2',
    ],
    [
      'a changed time',
      (lines) => lines.map((line) => line.replace('"time":"2025-03-01T08:02:00Z"', '"time":"2025-03-01T08:02:01Z"')),
      '/lines/7',
    ],
    ['the last line missing', (lines) => lines.slice(0, -1), '/lines/7'],
    [
      'an end of another file',
      (lines) => [...lines.slice(0, -1), lines.at(-1)!.replace(/sha256:..../, 'sha256:0000')],
      '/lines/7',
    ],
    ['a line behind the end', (lines) => [...lines, lines[1]!], '/lines/8'],
    ['half a line', (lines) => lines.join('\n').slice(0, 9000), '/lines/3'],
    ['another spelling', (lines) => lines.map((line) => line.replace('{"figures"', '{ "figures"')), '/lines/2'],
    ['nothing in it', () => '', '/lines/1'],
  ];
  it.each(damages)('is refused with %s', async (name, change, path) => {
    const error = await checkExport(variant(`${name}.jsonl`, change)).catch((one: unknown) => one);
    expect(error).toMatchObject({ code: 'EXPORT_DAMAGED' });
    const { faults } = error as { faults: { path: string }[] };
    expect(faults.map((fault) => fault.path).some((one) => one.startsWith(path))).toBe(true);
  });

  it('is refused where it is of a time to come, with every transaction that is', async () => {
    const error = await checkExport(file, { clock: () => new Date(Date.UTC(2025, 2, 1, 7, 52, 30)) }).catch(
      (one: unknown) => one,
    );
    expect(error).toMatchObject({
      code: 'EXPORT_DAMAGED',
      faults: [
        { path: '/transactions/3/time', code: 'IMPORT_TIME_OUT_OF_RANGE' },
        { path: '/transactions/4/time', code: 'IMPORT_TIME_OUT_OF_RANGE' },
      ],
    });
  });

  it('is refused when another log signed it, and is never left half-written', async () => {
    const target = join(folder, 'forged.jsonl');
    const forged = { ...headerOf(earlier), checkpoint: headerOf(earlier).checkpoint.replace('\n13\n', '\n12\n') };
    await expect(writeExport(target, forged, transactionsOf(earlier))).rejects.toMatchObject({
      code: 'EXPORT_DAMAGED',
      faults: [{ path: '/checkpoint', code: 'CHECKPOINT_SIGNATURE_INVALID' }],
    });
    expect(readdirSync(folder).filter((name) => name.startsWith('forged'))).toEqual([]);
  });
});
