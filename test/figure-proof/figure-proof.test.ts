import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  canonicalize,
  citationClosure,
  digestBytes,
  figureLeafHash,
  fromBase64,
  leafHash,
  makeFigureProof,
  packFigureProof,
  packReceipt,
  sha256,
  toHex,
  utf8Encode,
  verifyFigureProof,
  verifyReceipt,
  type DocumentRef,
  type ErrorCode,
  type Extent,
  type FigureProof,
  type FigureVerdict,
} from '@carbon-ledger/core';
import { figureProofDamages, recordAt, type MutableProof } from '../support/figure-proof-damage';
import { ProofWorld } from '../support/proof-world';
import { trialYear } from '../support/trial-year';
import { enterprise } from '../support/trial-world';

const uscc = '91140000MA0FAKE01X';
const annual = `${uscc}/PLANT/2024/annual-report#emission_tCO2`;
const month = `${uscc}/U1/2024-03/monthly-evidence#emission_tCO2`;

let world: ProofWorld;
let full: string;

beforeAll(async () => {
  world = await ProofWorld.open();
  full = canonicalize(prove(annual));
});

function prove(figure: string, extent: Extent = 'full'): FigureProof {
  return makeFigureProof({ figure, extent, receipts: world.receipts, figures: world.figures });
}

function verdict(proof: unknown, figure?: string): FigureVerdict {
  return verifyFigureProof({ proof, policy: world.policy, ...(figure === undefined ? {} : { figure }) });
}

function altered(change: (proof: MutableProof) => void): ErrorCode | undefined {
  const proof = JSON.parse(full) as MutableProof;
  change(proof);
  return verdict(canonicalize(proof)).code;
}

describe('the annual emission of a plant of two units', () => {
  test('is proved from 24 months and their laboratory tests in at most 40 kB', () => {
    const file = packFigureProof(JSON.parse(full) as FigureProof);
    expect(file.length).toBeLessThanOrEqual(36_000);
    const result = verdict(file, annual);
    expect(result).toMatchObject({ result: 'PASS', figure: annual, value: '4146356', unit: 'tCO2', extent: 'full' });
    const addresses = result.figures.map(({ address }) => address);
    expect(addresses).toEqual(
      expect.arrayContaining([
        `${uscc}/U2/2024/annual-report#emission_tCO2`,
        month,
        `${uscc}/U1/2024-03/test-report#Cad_pct`,
      ]),
    );
    expect(result.figures.find(({ address }) => address === month)?.formula).toBeDefined();
    expect(result.doesNotProve.map(({ id }) => id)).toContain('truth');
  });

  test('is not packed where no reader would take it, and says what is too much', () => {
    const proof = JSON.parse(full) as FigureProof & { records: unknown[]; openings: unknown[] };
    const refuses = (other: FigureProof, message: string): void => {
      expect(() => packFigureProof(other)).toThrow(
        expect.objectContaining({ code: 'PROOF_OVERSIZED', message }) as Error,
      );
    };
    const list = Array.from({ length: 2001 }, () => proof.openings[0]);
    refuses({ ...proof, openings: list }, 'The figure proof has 2001 openings; 2000 is the most.');
    refuses({ ...proof, records: list }, 'The figure proof has 2001 records; 2000 is the most.');
    refuses(
      { ...proof, logNodes: 'x'.repeat(8 * 1024 * 1024) },
      expect.stringMatching(/^The proof has \d+ bytes of text; 8388608 is the most\.$/) as string,
    );
    // Noise: hardly smaller when it is packed.
    const noise = Buffer.concat(Array.from({ length: 40_000 }, (_, at) => sha256(utf8Encode(String(at))))).toString(
      'base64',
    );
    refuses(
      { ...proof, logNodes: noise },
      expect.stringMatching(/^The figure proof has \d+ bytes packed; 1048576 is the most\.$/) as string,
    );
  });

  test('opens nothing that the figure does not rest on', () => {
    const text = JSON.stringify((JSON.parse(full) as MutableProof).openings);
    for (const name of ['grossEfficiency_pct', 'generation_MWh', 'loadFactor_pct', 'St_ad_pct', 'operatingHours_h']) {
      expect(text).not.toContain(name);
    }
    const closed = world.records.flatMap(({ figures }) => figures).filter(({ salt }) => !text.includes(salt));
    expect(closed.length).toBeGreaterThan(450);
  });

  test('is made the same each time', () => {
    expect(canonicalize(prove(annual))).toBe(full);
  });
});

describe('closed figures cannot be found by guessing', () => {
  test('a right guess of name, value and unit does not match anything that the proof holds', () => {
    const proof = JSON.parse(full) as MutableProof;
    const at = recordAt(proof, 'test-report', '2024-03');
    const held = new Set(
      [...proof.openings.map(({ nodes }) => nodes), proof.logNodes]
        .flatMap((nodes) => [...chunks(fromBase64(nodes))])
        .concat(JSON.stringify(proof.records[at])),
    );
    // The laboratory states 0.00 to 9.99 % of hydrogen: a thousand values, each a guess, salted or not.
    const closed = world.records.flatMap(({ figures }) => figures).find(({ name }) => name === 'Had_pct')!;
    for (let hundredths = 0; hundredths < 1000; hundredths++) {
      const guess = { name: closed.name, unit: closed.unit, value: (hundredths / 100).toFixed(2) };
      expect(held.has(toHex(leafHash(new TextEncoder().encode(canonicalize(guess)))))).toBe(false);
      expect(held.has(toHex(figureLeafHash({ ...guess, salt: '0'.repeat(32) })))).toBe(false);
    }
    expect(JSON.stringify(proof)).not.toContain(closed.salt);
  });

  function* chunks(bytes: Uint8Array): Generator<string> {
    for (let at = 0; at < bytes.length; at += 32) yield toHex(bytes.subarray(at, at + 32));
  }

  test('salts of figures are all different', () => {
    const salts = world.records.flatMap(({ figures }) => figures).map(({ salt }) => salt);
    expect(new Set(salts).size).toBe(salts.length);
  });
});

describe('what is opened can be narrowed', () => {
  test.each<[Extent, number, RegExp]>([
    ['totals', 2_000, /annual-report#emission_tCO2$/],
    ['month', 20_000, /(?:annual-report|monthly-evidence)#emission_tCO2$/],
    ['lab', 22_000, /(?:test-report#[A-Za-z_]+|annual-report#emission_tCO2)$/],
  ])('%s', (extent, most, only) => {
    const file = packFigureProof(prove(annual, extent));
    expect(file.length).toBeLessThan(most);
    const result = verdict(file);
    expect(result).toMatchObject({ result: 'PASS', extent });
    expect(result.figures.length).toBeGreaterThan(0);
    for (const { address } of result.figures) expect(address).toMatch(only);
    expect(result.doesNotProve.map(({ id }) => id)).toContain('closed');
  });

  test('a single month stands alone, with its own sources', () => {
    const result = verdict(packFigureProof(prove(month)));
    expect(result.result).toBe('PASS');
    expect(result.figures.every(({ address }) => address.startsWith(`${uscc}/U1/2024-03/`))).toBe(true);
  });

  test('a narrow proof does not pass for a full one', () => {
    const proof = { ...(JSON.parse(canonicalize(prove(annual, 'month'))) as MutableProof), extent: 'full' };
    expect(['CITATION_MISSING', 'FIGURE_MISSING']).toContain(verdict(canonicalize(proof)).code);
  });
});

describe('leaving out, swapping or editing any part fails with its own code', () => {
  test.each(figureProofDamages())('%s', (_, code, change) => {
    expect(altered(change)).toBe(code);
  });

  test('the proof of another figure than the one asked for', () => {
    expect(verdict(full, month).code).toBe('RECORD_MISMATCH');
  });

  test('a month left out whole, with all hashes made to fit again', () => {
    const wanted = world.receipts.filter((receipt) => !canonicalize(receipt.record).includes('"period":"2024-03"'));
    expect(() => makeFigureProof({ figure: annual, extent: 'full', receipts: wanted, figures: world.figures })).toThrow(
      expect.objectContaining({ code: 'CITATION_MISSING' }) as Error,
    );
  });

  test('files that are no proof, or would unpack without end', () => {
    expect(verdict(new Uint8Array(100)).code).toBe('PROOF_MALFORMED');
    expect(verdict(new Uint8Array(gzipSync('{}'))).code).toBe('PROOF_MALFORMED');
    expect(verdict(new Uint8Array(gzipSync(Buffer.alloc(9 * 1024 * 1024)))).code).toBe('PROOF_OVERSIZED');
    // A length that is stated wrong, of what unpacks without end and of what does not.
    const lying = (bytes: number): Uint8Array => {
      const packed = new Uint8Array(gzipSync(Buffer.alloc(bytes)));
      packed.set([16, 0, 0, 0], packed.length - 4);
      return packed;
    };
    expect(verdict(lying(9 * 1024 * 1024)).code).toBe('PROOF_OVERSIZED');
    expect(verdict(lying(9 * 1024)).code).toBe('PROOF_MALFORMED');
    expect(verdict(new Uint8Array(2 * 1024 * 1024)).code).toBe('PROOF_OVERSIZED');
  });
});

test('a quorum that is not reached is pending', () => {
  const proof = JSON.parse(full) as MutableProof;
  proof.checkpoint = `${proof.checkpoint.split('\n').slice(0, 5).join('\n')}\n`;
  expect(verdict(canonicalize(proof))).toMatchObject({ result: 'PENDING', missing: ['witnesses'], proves: [] });
});

describe('with all documents of the sample plant, in a log of a hundred thousand records', () => {
  const folder = join(__dirname, '../../scripts/sample/files');
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Readonly<
    Record<string, readonly { readonly role: string; readonly path: string }[]>
  >;
  const sampleDocuments = (key: string): DocumentRef[] =>
    (manifest[key] ?? []).map(({ role, path }) => {
      const bytes = readFileSync(join(folder, path));
      const mediaType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
      return { role, name: basename(path), mediaType, size: String(bytes.length), ...digestBytes(bytes) };
    });
  let large: ProofWorld;

  beforeAll(async () => {
    large = await ProofWorld.open(100_000, sampleDocuments);
  });

  test('every receipt has at most 4 KB and verifies', () => {
    for (const value of large.receipts) {
      const receipt = packReceipt(value);
      expect(verifyReceipt({ receipt, policy: large.policy }).result).toBe('PASS');
      expect(receipt.length).toBeLessThanOrEqual(4096);
    }
  });

  test('the proof of the annual emission has at most 40 kB and verifies', () => {
    const { receipts, figures } = large;
    const proof = packFigureProof(makeFigureProof({ figure: annual, extent: 'full', receipts, figures }));
    expect(verifyFigureProof({ proof, policy: large.policy })).toMatchObject({ result: 'PASS', value: '4146356' });
    expect(proof.length).toBeLessThanOrEqual(40_000);
  });
});

test('the records that a figure can rest on are found by their citations', async () => {
  const year = await trialYear();
  const closure = await citationClosure(year.world.ledger, `${enterprise.uscc}/PLANT/2024/annual-report#emission_tCO2`);
  const ids = new Set(closure.map(({ id }) => id));
  for (const { id } of [year.plantReport, year.annual, ...year.months, ...year.reports]) expect(ids.has(id)).toBe(true);
  expect(ids.has(year.surrender.id)).toBe(false);
});
