import { appendFileSync, cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatSecret } from '../../auditor/src/stored/key-file';
import { enterprise } from '../support/trial-world';
import { flipped, flippedIn, keysOf, need, replaced, swap } from './disk';
import { onFolder, onProjection } from './folders';
import { byFsck } from './observe';
import { change, entryWith, flipText, key } from './projection-entries';
import { describeAttacks } from './table';
import { writeLogKey } from './world';

const guardOf = (dataDir: string): string => join(dataDir, 'guard', 'last-signed.jsonl');

/** What the guard remembers, in the attacker's words. */
function rewriteGuard(dataDir: string, make: (text: string) => string): void {
  writeFileSync(guardOf(dataDir), make(readFileSync(guardOf(dataDir), 'utf8')));
}

/** A digit in the second number of a signature: whatever it is, it leads to some public key. */
const SECOND_NUMBER = 115;
const TILE = key('t/0/000000000000');
const evidence = '"carbonBasis":"measured"';
const replacing =
  (before: string, after: string) =>
  (value: Buffer): Buffer =>
    replaced(value, key(before), key(after));
const figure = '"115272.04"';
const place = `${enterprise.uscc}/U1/2024-01/monthly-evidence`;

describeAttacks('gateway', [
  onProjection(
    'a digit changed in the projection: a date in a record',
    async (disk) => change(disk, await entryWith(disk, 'r', evidence), replacing('2024-03-10', '2024-03-11')),
    [
      'fsck PROJECTION_MISMATCH (monthly-evidence) · r/(monthly-evidence)',
      'auditor RECORD_MISMATCH (monthly-evidence) · record',
      'reader RECORD_MISMATCH 91140000MA0FAKE01X/U1/2024-01/monthly-evidence',
    ],
  ),
  flipText('a quotation mark of a record', 'r', evidence, [
    'fsck PROJECTION_MISMATCH (monthly-evidence) · r/(monthly-evidence)',
    'auditor UNREACHABLE',
    'reader STORE_CORRUPT',
  ]),
  onProjection(
    'a bit flipped in the projection: the place of a record in the log',
    async (disk) => change(disk, await entryWith(disk, 'r', evidence), replacing('{"i":17', '{"i":16')),
    ['fsck PROJECTION_MISMATCH records', 'auditor ROOT_MISMATCH (monthly-evidence) · receipt'],
  ),
  flipText('a private figure', 'f', figure, [
    'fsck PROJECTION_MISMATCH (monthly-evidence) · f/(monthly-evidence)',
    'reader FIGURES_ROOT_MISMATCH 91140000MA0FAKE01X/U1/2024-01/monthly-evidence',
  ]),
  onProjection(
    'a bit flipped in the projection: a private figure, and its transaction noted as one whose figures are awaited',
    async (disk) => {
      await change(disk, await entryWith(disk, 'f', figure), (value) => flippedIn(value, key(figure)));
      const submission = JSON.parse((await need(disk, await entryWith(disk, 's', '"first":17'))).toString()) as {
        txId: string;
      };
      await disk.put(key(`w/${submission.txId}`), key('[]'));
    },
    ['fsck PROJECTION_MISMATCH (monthly-evidence) · f/(monthly-evidence)'],
    // A service that is started fetches them anew and puts them right, sooner or later.
    (dataDir) => byFsck(dataDir),
  ),
  onProjection(
    'a digit changed in the projection: a submission’s signature',
    async (disk) =>
      change(disk, await entryWith(disk, 's', '"first":17'), (value) => {
        const at = value.indexOf('"signature":"0x') + SECOND_NUMBER;
        return Buffer.from(value).fill(value[at] === 0x30 ? '1' : '0', at, at + 1);
      }),
    ['fsck PROJECTION_MISMATCH submissions', 'auditor SIGNATURE_INVALID (monthly-evidence) · receipt'],
  ),
  flipText('a registered party', 'p', '"keys"', [
    'fsck PROJECTION_MISMATCH p/11100000MA0TRYA01Y',
    // Nothing is told of a record while nobody can say whether its signer lost a key.
    'auditor UNREACHABLE',
    'reader STORE_CORRUPT',
  ]),
  onProjection(
    'a bit flipped in the projection: a head',
    (disk) => change(disk, key(`h/${place}`), (value) => flipped(value, value.length - 10)),
    ['fsck PROJECTION_MISMATCH h/91140000MA0FAKE01X/U1/2024-01/monthly-evidence'],
  ),
  onProjection('a record deleted from the projection', async (disk) => disk.del(await entryWith(disk, 'r', evidence)), [
    'fsck PROJECTION_MISMATCH (monthly-evidence) · r/(monthly-evidence)',
    'auditor NOT_FOUND (monthly-evidence) · record',
  ]),
  onProjection(
    'private figures deleted from the projection',
    async (disk) => disk.del(await entryWith(disk, 'f', figure)),
    [
      'fsck PROJECTION_MISMATCH (monthly-evidence) · f/(monthly-evidence)',
      'reader NOT_FOUND 91140000MA0FAKE01X/U1/2024-01/monthly-evidence',
    ],
  ),
  onProjection('a head deleted from the projection', (disk) => disk.del(key(`h/${place}`)), [
    'fsck PROJECTION_MISMATCH h/91140000MA0FAKE01X/U1/2024-01/monthly-evidence',
  ]),
  onProjection(
    'an entry of the lists by type deleted from the projection',
    async (disk) => disk.del((await keysOf(disk, 'y'))[0]!),
    ['fsck PROJECTION_MISMATCH records by type'],
  ),
  onProjection(
    'two records swapped in the projection',
    async (disk) => swap(disk, await entryWith(disk, 'r', evidence), await entryWith(disk, 'r', '"FIC-2024-01"')),
    [
      'fsck PROJECTION_MISMATCH (test-report) · r/(test-report)',
      'auditor RECORD_MISMATCH (test-report) · record',
      'reader FIGURES_ROOT_MISMATCH 91140000MA0FAKE01X/U1/2024-01/test-report',
    ],
  ),
  onProjection(
    'the private figures of two records swapped in the projection',
    async (disk) => swap(disk, await entryWith(disk, 'f', figure), await entryWith(disk, 'f', '"62.38"')),
    [
      'fsck PROJECTION_MISMATCH (test-report) · f/(test-report)',
      'reader FIGURES_ROOT_MISMATCH 91140000MA0FAKE01X/U1/2024-01/monthly-evidence',
    ],
  ),
  onProjection(
    'an ending of a record put into the projection: it looks withdrawn',
    async (disk) => {
      const record = await entryWith(disk, 'r', evidence);
      await disk.put(
        key(`x${record.subarray(1).toString()}`),
        key(JSON.stringify({ status: 'withdrawn', by: 'rec:00' })),
      );
    },
    ['fsck PROJECTION_MISMATCH x/(monthly-evidence)', 'reader BAD_ANSWER'],
  ),
  onProjection(
    'a bit flipped in a tile of the log',
    (disk) => change(disk, TILE, (value) => flipped(value, 17 * 32 + 5)),
    ['fsck PROJECTION_MISMATCH t/0/000000000000', 'auditor INCLUSION_INVALID rec:… · log index 0'],
  ),
  onProjection(
    'a tile of the log cut short by a hash',
    (disk) => change(disk, TILE, (value) => value.subarray(0, value.length - 32)),
    ['fsck PROJECTION_MISMATCH t/0/000000000000', 'start-up STORE_CORRUPT'],
  ),
  onProjection('a tile of the log deleted', (disk) => disk.del(TILE), [
    'fsck PROJECTION_MISMATCH t',
    'start-up STORE_CORRUPT',
  ]),
  onProjection(
    'two hashes of a tile swapped',
    (disk) =>
      change(disk, TILE, (value) => Buffer.concat([value.subarray(32, 64), value.subarray(0, 32), value.subarray(64)])),
    ['fsck PROJECTION_MISMATCH t/0/000000000000', 'auditor INCLUSION_INVALID rec:… · log index 0'],
  ),
  onProjection(
    'the hashes of the right edge of the log in another order',
    (disk) =>
      change(disk, key('m/log'), (value) => {
        const edge = JSON.parse(value.toString()) as { nodes: string[] };
        return key(JSON.stringify({ ...edge, nodes: [...edge.nodes].reverse() }));
      }),
    ['fsck PROJECTION_MISMATCH m/log', 'start-up ROLLED_BACK'],
  ),
  onProjection('the right edge of the log deleted', (disk) => disk.del(key('m/log')), [
    'fsck PROJECTION_MISMATCH m/log',
    'start-up STORE_CORRUPT',
  ]),
  onProjection(
    'the state of the projection changed: its last block',
    (disk) =>
      change(disk, key('m/state'), (value) =>
        key(JSON.stringify({ ...(JSON.parse(value.toString()) as object), tip: '00'.repeat(32) })),
      ),
    ['fsck PROJECTION_MISMATCH m/state', 'start-up ROLLED_BACK'],
  ),
  onProjection(
    'the state of the projection changed: one block less',
    (disk) =>
      change(disk, key('m/state'), (value) => key(value.toString().replace('"nextBlock":"8"', '"nextBlock":"7"'))),
    ['fsck PROJECTION_MISMATCH m/state', 'start-up ROLLED_BACK'],
  ),
  onProjection(
    'the state of the projection cut in half',
    (disk) => change(disk, key('m/state'), (value) => value.subarray(0, value.length / 2)),
    ['fsck PROJECTION_MISMATCH m/state', 'start-up STORE_CORRUPT'],
  ),
  onProjection('the state of the projection deleted', (disk) => disk.del(key('m/state')), [
    'fsck PROJECTION_MISMATCH m/state',
    'start-up STORE_CORRUPT',
  ]),
  onFolder(
    'the projection replaced by an older copy of itself',
    (dataDir, world) => {
      rmSync(join(dataDir, 'projection'), { recursive: true });
      cpSync(join(world.older, 'projection'), join(dataDir, 'projection'), { recursive: true });
    },
    { disclosed: 'It takes in the blocks that it lacks and is the same as before.' },
  ),
  onFolder(
    'the projection deleted',
    (dataDir) => {
      rmSync(join(dataDir, 'projection'), { recursive: true });
    },
    { disclosed: 'It is rebuilt from blocks and is the same as before.' },
  ),
  onFolder(
    'the rollback guard: another root for the size that was signed last',
    (dataDir) => {
      rewriteGuard(dataDir, (text) => text.replace(/"root":"[0-9a-f]{4}(?=[^\n]*\n$)/, '"root":"0000'));
    },
    ['fsck CHECKPOINT_MISMATCH guard/last-signed.jsonl:2', 'start-up ROLLED_BACK'],
  ),
  onFolder(
    'the rollback guard: a larger size than was ever signed',
    (dataDir) => {
      rewriteGuard(dataDir, (text) => text.replace(/"size":18/, '"size":99'));
    },
    ['fsck ROLLED_BACK guard/last-signed.jsonl:2', 'start-up ROLLED_BACK'],
  ),
  onFolder(
    'the rollback guard: a line that cannot be read',
    (dataDir) => {
      appendFileSync(guardOf(dataDir), 'nothing\n');
    },
    ['fsck STORE_CORRUPT guard/last-signed.jsonl:3', 'start-up STORE_CORRUPT'],
  ),
  onFolder(
    'the rollback guard replaced by an older copy of itself',
    (dataDir, world) => {
      cpSync(guardOf(world.older), guardOf(dataDir));
    },
    {
      disclosed:
        'Alone it does no harm: the log still begins with what the older guard remembers, and the next signature renews it.',
    },
  ),
  onFolder(
    'the rollback guard deleted',
    (dataDir) => {
      rmSync(guardOf(dataDir));
    },
    {
      disclosed:
        'Alone it does no harm: the next signature makes it anew. Together with a rollback of the rest only those outside notice: see the next row.',
    },
  ),
  onFolder(
    'the whole data folder replaced by an older copy of itself, and its guard deleted',
    (dataDir, world) => {
      rmSync(dataDir, { recursive: true });
      cpSync(world.older, dataDir, { recursive: true });
      rmSync(guardOf(dataDir));
    },
    ['auditor ROLLED_BACK checkpoint'],
  ),
  onFolder(
    'the log key replaced by another one',
    (dataDir) => {
      writeLogKey(dataDir, 8);
    },
    ['fsck IDENTITY_DAMAGED guard/last-signed.jsonl:1', 'start-up STORE_CORRUPT'],
  ),
  onFolder(
    'the log key deleted',
    (dataDir) => {
      rmSync(join(dataDir, 'keys', 'log.key'));
    },
    ['start-up STORE_CORRUPT'],
  ),
  onFolder(
    'the log key cut in half',
    (dataDir) => {
      writeFileSync(join(dataDir, 'keys', 'log.key'), '07'.repeat(16));
    },
    ['fsck IDENTITY_DAMAGED keys/log.key', 'start-up IDENTITY_DAMAGED'],
  ),
  onFolder(
    'the key of sessions replaced by another one',
    (dataDir) => {
      writeFileSync(join(dataDir, 'keys', 'sessions.key'), formatSecret(Buffer.alloc(32, 7)));
    },
    {
      disclosed:
        'It ends the sessions that were open. Who knows the key can speak as a party to this service until it is replaced: read its private figures, but anchor nothing, because every submission is signed by the party itself.',
    },
  ),
]);
