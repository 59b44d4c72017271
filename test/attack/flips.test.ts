import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalize } from '@carbon-ledger/core';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { checkFolder, readGuard } from '@carbon-ledger/auditor';
import type { Finding } from '@carbon-ledger/auditor';
import fc from 'fast-check';
import { classOf, digestOfStores, filesOf, flipBit, makeTables, type FileClass } from './flips';
import { byFsck } from './observe';
import { World } from './world';

/*
 * One bit of one file turned over, wherever it stands. A usual run tries those files that can be checked without reading the blocks,
 * and a few bits of the databases with the whole of fsck; `FLIPS=30 npx jest -w 1 test/attack/flips` tries thirty of each class, and
 * prints what was noticed. What is not noticed must be a bit on which nothing rests: every entry of the databases reads as before.
 */

const SEED = 20_261_129;
const FLIPS_A_FILE = 4;
const wholeRun = Number(process.env['FLIPS'] ?? '0');
const quick: readonly FileClass[] = ['identities', 'keys', 'guard', 'policy'];

let world: World;
let files: string[];
const honestLines = new Set<string>();

beforeAll(async () => {
  world = await World.open();
  writeFileSync(join(world.honest, 'policy.json'), canonicalize(world.policy));
  files = filesOf(world.honest);
  for (const { origin, size, root } of (await readGuard(world.honest)).probes)
    honestLines.add(JSON.stringify([origin, size, root]));
}, 600_000);
afterAll(() => world.close());

async function quickFindings(dataDir: string): Promise<readonly Finding[]> {
  const source = await openLedgerReader(dataDir);
  try {
    const ofFolder = await checkFolder({ source, gatewayDir: dataDir, peerDir: dataDir });
    return [...ofFolder, ...(await readGuard(dataDir)).findings];
  } finally {
    await source.close();
  }
}

interface Flip {
  readonly file: string;
  readonly at: number;
  readonly bit: number;
}

const anywhere = (choices: readonly string[]): fc.Arbitrary<Flip> =>
  fc.record({
    file: fc.constantFrom(...choices),
    // Without bias: the ends of a file are as likely as its middle.
    at: fc.noBias(fc.nat({ max: 999_999 })).map((part) => part / 1_000_000),
    bit: fc.nat({ max: 7 }),
  });

test('an honest folder is in order', async () => {
  expect(await quickFindings(world.honest)).toEqual([]);
  expect(await byFsck(world.honest)).toEqual([]);
});

test('any bit of an identity, a key, the guard or the policy is noticed, and its file named', async () => {
  const unnoticed: Flip[] = [];
  const chosen = files.filter((file) => quick.includes(classOf(file)));
  const flips = chosen.flatMap((file, at) => fc.sample(anywhere([file]), { numRuns: FLIPS_A_FILE, seed: SEED + at }));
  const folder = world.copy();
  for (const flip of flips) {
    flipBit(folder, flip.file, flip.at, flip.bit);
    const found = await quickFindings(folder);
    // The guard is held to the blocks too; whatever of it can be read is a number or a hash that they have.
    const isProbed = classOf(flip.file) === 'guard' && (await readGuard(folder)).probes.some((probe) => differs(probe));
    const places = found.map(({ field }) => field).join(' ');
    if (!isProbed && !places.includes(flip.file.replace(/\.(?:pem|key)$/, ''))) unnoticed.push(flip);
    flipBit(folder, flip.file, flip.at, flip.bit);
  }
  expect(flips.length).toBeGreaterThan(80);
  expect(unnoticed).toEqual([]);
});

/** Whether a line of the guard says something else than the honest one. */
function differs({ origin, size, root }: { origin?: string; size: number; root: string }): boolean {
  return !honestLines.has(JSON.stringify([origin, size, root]));
}

interface Told {
  flips: number;
  noticed: number;
  harmless: number;
  missed: string[];
}

/** Whether a flip is noticed by fsck, or changes no entry that anybody could read. */
async function judge(flip: Flip, honest: string): Promise<'noticed' | 'harmless' | 'missed'> {
  const folder = world.copy(tabled);
  flipBit(folder, flip.file, flip.at, flip.bit);
  try {
    if ((await byFsck(folder)).length > 0) return 'noticed';
    // What cannot be read at all is missed as well.
    const digest = await digestOfStores(folder).catch(() => 'unreadable');
    return digest === honest && !isSmall(flip) ? 'harmless' : 'missed';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Files of which every bit counts. */
const isSmall = ({ file }: Flip): boolean => quick.includes(classOf(file));

let tabled: string;

async function judgeAll(ofClass: number, classes: readonly string[]): Promise<Map<string, Told>> {
  tabled = world.copy();
  await makeTables(tabled);
  const all = filesOf(tabled);
  const honest = await digestOfStores(world.copy(tabled));
  const told = new Map<string, Told>();
  for (const name of classes) {
    const row: Told = { flips: 0, noticed: 0, harmless: 0, missed: [] };
    told.set(name, row);
    const own = all.filter((file) => classOf(file) === name);
    for (const flip of own.length === 0 ? [] : fc.sample(anywhere(own), { numRuns: ofClass, seed: SEED })) {
      row.flips += 1;
      const outcome = await judge(flip, honest);
      if (outcome === 'missed') row.missed.push(`${flip.file}@${flip.at.toFixed(3)}:${String(flip.bit)}`);
      else row[outcome] += 1;
    }
  }
  return told;
}

const databases = ['diary of LevelDB', 'name of the manifest', 'manifest', 'journal', 'tables'];
const [count, classes] = wholeRun > 0 ? [wholeRun, [...quick, ...databases]] : [1, databases.slice(1)];

test(`${String(count)} bits of each kind of file are noticed by fsck, or change no entry: ${classes.join(', ')}`, async () => {
  const told = await judgeAll(count, classes);
  if (wholeRun > 0) process.stderr.write(`${JSON.stringify(Object.fromEntries(told), null, 1)}\n`);
  expect([...told.values()].flatMap(({ missed }) => missed)).toEqual([]);
  expect([...told].filter(([, { flips }]) => flips === 0)).toEqual([]);
}, 7_200_000);
