import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AnchoredRecord, FolderCheck } from '@carbon-ledger/core';
import { zipSync } from 'fflate';
import { anchored, documentNamed, uscc } from '../../../core/src/inspection/testing/anchored';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { checkFolder } from './check';

const work = temporaryFolder('evidence');
const at = (...parts: readonly string[]): string => path.join(work, ...parts);
const folders = 12;
const perFolder = 25;

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A table as it was anchored; the one of an archive or folder tells by its number which it is. */
function table(number: number, coal = '100.5'): string {
  return `日期,煤量\n2024-03-01,${String(number)}\n合计,${coal}\n`;
}

const nameOf = (number: number): string => `煤量（${String(number)}）.csv`;

function recordOf(number: number): AnchoredRecord {
  const text = table(number);
  const document = { ...documentNamed(nameOf(number), 0, 'daily-coal'), sha256: sha256(text) };
  const size = String(Buffer.byteLength(text));
  return anchored({
    ...{ id: `rec:${String(number).padStart(64, '0')}`, at: number, unit: `U${String(number)}` },
    ...{ type: 'monthly-evidence', documents: [{ ...document, size, mediaType: 'text/csv' }] },
  });
}

type Content = Record<string, Uint8Array>;

const bytes = (text: string): Uint8Array => Buffer.from(text);

function tables(from: number, change: (number: number) => string = table): Content {
  const numbers = Array.from({ length: perFolder }, (_, index) => from + index);
  return Object.fromEntries(numbers.map((number) => [nameOf(number), bytes(change(number))]));
}

/** In each archive one table has another last cell. */
const firstChanged =
  (first: number) =>
  (number: number): string =>
    table(number, number === first ? '999' : undefined);

/** Twelve folders of a plant: four as they were anchored, four packed, four packed in packages. */
function writeStick(): void {
  for (let folder = 0; folder < folders; folder += 1) {
    const from = folder * perFolder;
    const place = at('证据', `第${String(folder)}卷`);
    mkdirSync(place, { recursive: true });
    if (folder < 4)
      for (const [name, content] of Object.entries(tables(from))) writeFileSync(path.join(place, name), content);
    else {
      const inner = zipSync(tables(from, firstChanged(from)));
      const packed =
        folder < 8 ? inner : zipSync({ '内层/档案.zip': inner, '说明.txt': bytes(`第${String(folder)}卷`) });
      writeFileSync(path.join(place, '档案.zip'), packed);
    }
  }
  const deepest = zipSync({ 'c.zip': zipSync({ 'd.zip': zipSync({ 'e.csv': bytes('1') }) }) });
  writeFileSync(at('证据', '层层.zip'), zipSync({ 'b.zip': deepest }));
  writeFileSync(at('证据', '坏的.zip'), 'PK\u0003\u0004 and nothing behind it');
}

/** The party's own copies of all that was packed. */
function writeCopies(): void {
  mkdirSync(at('自存'));
  for (let number = 4 * perFolder; number < folders * perFolder; number += 1)
    writeFileSync(at('自存', nameOf(number)), table(number));
}

describe('a folder of a plant with archives in it', () => {
  const records = Array.from({ length: folders * perFolder }, (_, number) => recordOf(number));
  const seen = { looked: 0, compared: 0 };
  let found: FolderCheck;

  beforeAll(async () => {
    writeStick();
    writeCopies();
    mkdirSync(at('tmp'));
    found = await checkFolder({
      ...{
        records,
        extent: { plants: [uscc], years: ['2024'] },
        places: [at('证据')],
        openings: [],
        own: [at('自存')],
      },
      scratch: at('tmp'),
      looked: (files) => (seen.looked = files),
      compared: (files) => (seen.compared = files),
    });
  });

  it('is answered file by file, at whatever depth a file lies', () => {
    const ofTables = folders * perFolder - 8;
    // Eight archives, four in them, four notes; one that is broken, and three that lie in one another.
    expect(found.counts).toMatchObject({
      same: ofTables,
      changed: 8,
      missing: 0,
      'not-anchored': 4,
      archive: 8 + 4 + 3,
    });
    expect(found.files.filter(({ verdict }) => verdict === 'unreadable').map(({ why }) => why)).toEqual([
      expect.stringContaining('the archive cannot be read'),
      expect.stringContaining('an archive in an archive in an archive'),
    ]);
  });

  it('names the changed cell of a table inside an archive, long after the archive was gone through', () => {
    const changed = found.files.filter(({ verdict }) => verdict === 'changed');
    for (const { compared, cells } of changed)
      expect([compared, cells]).toEqual(['own-copy', [{ sheet: 'CSV', cell: 'B3', anchored: '100.5', found: '999' }]]);
  });

  it('tells how far it is, and leaves nothing of the archives behind', () => {
    expect(seen).toEqual({ looked: found.files.length, compared: 8 });
    expect(readdirSync(at('tmp'))).toEqual([]);
  });
});
