import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalize } from '@carbon-ledger/core';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';
import { checkFolder, readGuard } from '@carbon-ledger/auditor';
import type { Finding } from '@carbon-ledger/auditor';
import fc from 'fast-check';
import { classOf, fileClasses, filesOf, flipBit, type FileClass } from './flips';
import { byFsck } from './observe';
import { World } from './world';

/*
 * One bit of one file turned over, wherever it stands. A usual run tries those files that can be checked without reading the blocks;
 * `FLIPS=200 npx jest -w 1 test/attack/flips` tries all of them with the whole of fsck, and prints what was noticed by class.
 */

const SEED = 20_261_129;
const FLIPS_A_FILE = 4;
const wholeRun = Number(process.env['FLIPS'] ?? '0');
const quick: readonly FileClass[] = ['identities', 'keys', 'guard', 'policy'];

let world: World;
let files: string[];

beforeAll(async () => {
  world = await World.open();
  writeFileSync(join(world.honest, 'policy.json'), canonicalize(world.policy));
  files = filesOf(world.honest);
});
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
    at: fc.double({ min: 0, max: 1, noNaN: true }),
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
  const honest = honestLines();
  return !honest.has(JSON.stringify([origin, size, root]));
}

let lines: Set<string> | undefined;
function honestLines(): Set<string> {
  lines ??= new Set();
  return lines;
}

beforeAll(async () => {
  const { probes } = await readGuard(world.honest);
  for (const { origin, size, root } of probes) honestLines().add(JSON.stringify([origin, size, root]));
});

if (wholeRun > 0)
  test(`${String(wholeRun)} flips over all files of a folder, by class `, async () => {
    const flips = fc.sample(anywhere(files), { numRuns: wholeRun, seed: SEED });
    const told = new Map<string, { flips: number; noticed: number; missed: string[] }>();
    for (const flip of flips) {
      const folder = world.copy();
      flipBit(folder, flip.file, flip.at, flip.bit);
      const row = told.get(classOf(flip.file)) ?? { flips: 0, noticed: 0, missed: [] };
      const isNoticed = (await byFsck(folder)).length > 0;
      row.flips += 1;
      if (isNoticed) row.noticed += 1;
      else row.missed.push(`${flip.file}@${flip.at.toFixed(3)}:${String(flip.bit)}`);
      told.set(classOf(flip.file), row);
    }
    process.stderr.write(`${JSON.stringify(Object.fromEntries(told), null, 1)}\n`);
    for (const name of Object.keys(fileClasses).filter((one) => quick.includes(one as FileClass)))
      expect(told.get(name)?.missed ?? []).toEqual([]);
  }, 3_600_000);
