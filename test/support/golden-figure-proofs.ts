import { gzipSync } from 'fflate';
import {
  canonicalBytes,
  canonicalize,
  makeFigureProof,
  packFigureProof,
  utf8Encode,
  type Extent,
  type FigureProof,
} from '@carbon-ledger/core';
import { figureProofDamages, type MutableProof } from './figure-proof-damage';
import { ProofWorld } from './proof-world';

const annual = '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2';
const month = '91140000MA0FAKE01X/U1/2024-01/monthly-evidence#emission_tCO2';
const extents = ['full', 'month', 'totals', 'lab'] as const;

interface GoldenFigureProof {
  readonly name: string;
  readonly proof: string;
  readonly result: 'PASS' | 'FAIL';
  readonly code?: string;
}

interface GoldenSet {
  readonly cases: readonly GoldenFigureProof[];
  readonly files: ReadonlyMap<string, Uint8Array>;
}

type Pack = (proof: unknown) => Uint8Array;
type Prove = (extent: Extent) => FigureProof;

class GoldenWriter implements GoldenSet {
  readonly cases: GoldenFigureProof[] = [];
  readonly files: Map<string, Uint8Array>;
  readonly #pack: Pack;
  readonly #prove: Prove;

  constructor(world: ProofWorld, pack: Pack) {
    this.#pack = pack;
    this.#prove = (extent) =>
      makeFigureProof({ figure: annual, extent, receipts: world.receipts, figures: world.figures });
    this.files = new Map([['policy.json', utf8Encode(canonicalize(world.policy))]]);
  }

  valid(): void {
    for (const extent of extents) {
      const proof = `valid/${extent}.proof`;
      this.files.set(proof, this.#pack(this.#prove(extent)));
      this.cases.push({ name: `the annual emission, ${extent}`, proof, result: 'PASS' });
    }
  }

  /** One month with all that it rests on, down to the days. */
  oneMonth(world: ProofWorld): void {
    const { receipts, figures } = world;
    const proof = 'valid/one-month.proof';
    this.files.set(proof, this.#pack(makeFigureProof({ figure: month, extent: 'full', receipts, figures })));
    this.cases.push({ name: 'the emission of a month, full', proof, result: 'PASS' });
  }

  damaged(extent: Extent, wanted: (name: string) => boolean): void {
    const good = canonicalize(this.#prove(extent));
    for (const [name, code, change] of figureProofDamages()) {
      if (!wanted(name)) continue;
      const damaged = JSON.parse(good) as MutableProof;
      change(damaged);
      const proof = `must-fail/${name.replaceAll(/[^a-zA-Z0-9]+/g, '-')}.proof`;
      this.files.set(proof, this.#pack(damaged));
      this.cases.push({ name, proof, result: 'FAIL', code });
    }
  }
}

/** The golden files of figure-proof.v1 as they were first given out, gzip over JSON: verified for ever (scripts/golden.mjs). */
export async function goldenFigureProofs(): Promise<GoldenSet> {
  const writer = new GoldenWriter(await ProofWorld.open(), (proof) =>
    gzipSync(canonicalBytes(proof), { level: 9, mtime: 0 }),
  );
  writer.valid();
  writer.damaged('full', () => true);
  return writer;
}

/** The same in packed files; what is wrong with a proof is the same in either, so a few of those are enough. */
export async function goldenPackedFigureProofs(): Promise<GoldenSet> {
  const world = await ProofWorld.open();
  const writer = new GoldenWriter(world, (proof) => packFigureProof(proof as FigureProof));
  writer.valid();
  writer.oneMonth(world);
  writer.damaged('full', (name) => ['a salt edited', 'a rule edited', 'a signature swapped'].includes(name));
  return writer;
}

/** Proofs in the log of a ledger that took over all of these records from an earlier one (policy.v2). */
export async function goldenTakenOverFigureProofs(): Promise<GoldenSet> {
  const world = await ProofWorld.open();
  const { receipts, figures, policy: before } = world;
  const ledger = 'cd'.repeat(32);
  const earlier = { ledgerId: before.ledgerId, size: '1000' };
  const policy = { ...before, schema: 'carbon-ledger/policy/v2', ledgerId: ledger, earlier };
  const good = makeFigureProof({ figure: annual, extent: 'totals', receipts, figures, ledger });
  const files = new Map([
    ['policy.json', utf8Encode(canonicalize(policy))],
    ['valid/totals.proof', packFigureProof(good)],
    ['must-fail/of-the-earlier-ledger.proof', packFigureProof({ ...good, ledger: before.ledgerId })],
  ]);
  const refused = 'must-fail/of-the-earlier-ledger.proof';
  const cases: GoldenFigureProof[] = [
    { name: 'taken over from an earlier ledger', proof: 'valid/totals.proof', result: 'PASS' },
    { name: 'of the earlier ledger', proof: refused, result: 'FAIL', code: 'WRONG_LEDGER' },
  ];
  return { files, cases };
}
