import fc from 'fast-check';
import type { MutableProof } from '../../../test/support/figure-proof-damage';
import { ProofWorld } from '../../../test/support/proof-world';
import { fromBase64, toBase64, utf8Encode } from '../bytes';
import { canonicalize } from '../canonical';
import type { Receipt } from '../receipt';
import { makeFigureProof, packFigureProof, verifyFigureProof, type FigureVerdict } from '.';

const uscc = '91140000MA0FAKE01X';
const month = `${uscc}/U1/2024-03/monthly-evidence#emission_tCO2`;
type Json = null | boolean | number | string | Json[] | { [member: string]: Json };

let world: ProofWorld;
let text: string;

beforeAll(async () => {
  world = await ProofWorld.open(300);
  text = canonicalize(
    makeFigureProof({ figure: month, extent: 'full', receipts: world.receipts, figures: world.figures }),
  );
});

const verdict = (proof: unknown): FigureVerdict => verifyFigureProof({ proof, policy: world.policy });
const proofOf = (): MutableProof => JSON.parse(text) as MutableProof;

/** Every place of a value that holds no further places, as a path. */
function* placesOf(value: Json, path: readonly (string | number)[] = []): Generator<readonly (string | number)[]> {
  if (typeof value !== 'object' || value === null) yield path;
  else
    for (const [name, member] of Object.entries(value))
      yield* placesOf(member, [...path, Array.isArray(value) ? Number(name) : name]);
}

function parentOf(value: Json, path: readonly (string | number)[]): Record<string | number, Json> {
  return path.slice(0, -1).reduce((at, name) => (at as Record<string | number, Json>)[name] ?? null, value) as Record<
    string | number,
    Json
  >;
}

/** Another value of the same kind: as an intruder would choose it, well formed where that is easy. */
function otherThan(value: Json): Json {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return 'x';
  const last = value.at(-1) ?? '';
  return /[0-9a-e]/.test(last)
    ? value.slice(0, -1) + (last === '9' ? '8' : String.fromCharCode(last.charCodeAt(0) + 1))
    : `${value}x`;
}

describe('a figure proof', () => {
  it('holds as it was made', () => {
    expect(verdict(text)).toMatchObject({ result: 'PASS', figure: month, records: proofOf().records.length });
    const statements = (policy: typeof world.policy): string[] =>
      verifyFigureProof({ proof: text, policy }).doesNotProve.map(({ id }) => id);
    expect(statements(world.policy)).not.toContain('closed');
    expect(statements({ ...world.policy, quorum: 0, witnesses: [] })).toHaveLength(statements(world.policy).length + 1);
  });

  it('fails with a code of its own for a change of any byte', () => {
    const bytes = utf8Encode(text);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: bytes.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ flip;
        const { result, code, figures } = verdict(damaged);
        // Which policy was pinned when it was made is a note to its holder: whoever verifies pins a policy of his own.
        const isNote = isInPolicyId(at);
        expect([result === 'PASS' && !isNote, result === 'FAIL' ? typeof code : 'string']).toEqual([false, 'string']);
        if (result === 'FAIL') expect(figures).toEqual([]);
      }),
      { numRuns: 80 },
    );
  });

  /** Whether a byte lies in the id of the policy; what stands before it in the text is ASCII or counted in bytes. */
  function isInPolicyId(at: number): boolean {
    const start = utf8Encode(text.slice(0, text.indexOf('"policyId"'))).length;
    return at >= start && at < start + '"policyId":"pol:"'.length + 64;
  }

  it('fails for another value in any place of its envelope', () => {
    const beside = new Set(['records', 'openings', 'policyId']);
    const places = [...placesOf(proofOf() as unknown as Json)].filter(([first]) => !beside.has(String(first)));
    expect(places.length).toBeGreaterThan(20);
    const taken = places.filter((path) => {
      const proof = proofOf();
      const parent = parentOf(proof as unknown as Json, path);
      const name = path.at(-1) ?? '';
      parent[name] = otherThan(parent[name] ?? null);
      return verdict(proof).result !== 'FAIL';
    });
    expect(taken).toEqual([]);
  });

  it('fails for another value in any place of a record or of an opened figure', () => {
    const pick = fc.nat();
    fc.assert(
      fc.property(fc.constantFrom('records' as const, 'openings' as const), pick, (list, at) => {
        const proof = proofOf();
        const places = [...placesOf(proof[list] as unknown as Json, [list])];
        const path = places[at % places.length] ?? [];
        const parent = parentOf(proof as unknown as Json, path);
        const name = path.at(-1) ?? '';
        parent[name] = otherThan(parent[name] ?? null);
        expect([path.join('/'), verdict(proof).result]).toEqual([path.join('/'), 'FAIL']);
      }),
      { numRuns: 80 },
    );
  });

  it('fails with any record left out', () => {
    const { records } = proofOf();
    for (const at of records.keys()) {
      const proof = proofOf();
      proof.records.splice(at, 1);
      expect(verdict(proof).code).toMatch(/^(?:INCLUSION_INVALID|ROOT_MISMATCH)$/);
    }
  });

  it('fails with any opening left out: no input of the figure stays closed', () => {
    for (const at of proofOf().openings.keys()) {
      const proof = proofOf();
      proof.openings.splice(at, 1);
      expect(verdict(proof).code).toBe('FIGURE_MISSING');
    }
  });

  it('fails with any opened figure left out, or its place closed', () => {
    for (const [at, { figures }] of proofOf().openings.entries()) {
      for (const place of figures.keys()) {
        const proof = proofOf();
        proof.openings[at]?.figures.splice(place, 1);
        expect(verdict(proof).code).toMatch(/^(?:FIGURES_ROOT_MISMATCH|PROOF_MALFORMED)$/);
      }
    }
  });

  it('fails with any submission left out', () => {
    for (const at of proofOf().submissions.keys()) {
      const proof = proofOf();
      proof.submissions.splice(at, 1);
      expect(verdict(proof).result).toBe('FAIL');
    }
  });

  it('fails with any hash of any tree left out, repeated or changed', () => {
    const rows = (proof: MutableProof): { get: () => string; set: (row: string) => void }[] => [
      { get: () => proof.logNodes, set: (row) => (proof.logNodes = row) },
      ...[...proof.submissions, ...proof.openings].map((one) => ({
        get: () => one.nodes,
        set: (row: string) => (one.nodes = row),
      })),
    ];
    const changes: ((hashes: Uint8Array) => Uint8Array)[] = [
      (hashes) => hashes.subarray(32),
      (hashes) => hashes.subarray(0, -32),
      (hashes) => Uint8Array.of(...hashes, ...hashes.subarray(0, 32)),
      (hashes) => hashes.map((byte, at) => (at === 5 ? byte ^ 1 : byte)),
    ];
    for (const at of rows(proofOf()).keys()) {
      for (const change of changes) {
        const proof = proofOf();
        const row = rows(proof)[at]!;
        const hashes = fromBase64(row.get());
        if (hashes.length === 0) continue;
        row.set(toBase64(change(hashes)));
        expect(verdict(proof).result).toBe('FAIL');
      }
    }
  });

  it('is under the policy of who verifies, and under no other', () => {
    expect(
      verifyFigureProof({ proof: text, policy: { ...world.policy, ledgerId: 'cd'.repeat(32) } }).code,
    ).toBeDefined();
    expect(verifyFigureProof({ proof: text, policy: { ...world.policy, quorum: 0, witnesses: [] } })).toMatchObject({
      result: 'PASS',
    });
    expect(verifyFigureProof({ proof: text, policy: world.policy, figure: month })).toMatchObject({ result: 'PASS' });
    expect(verifyFigureProof({ proof: text, policy: world.policy, figure: month.replace('03', '04') }).code).toBe(
      'RECORD_MISMATCH',
    );
  });

  it.each<[string, (receipt: Receipt) => object, string]>([
    ['a field that receipts do not have', () => ({ more: 1 }), 'PROOF_MALFORMED'],
    ['a number for a text', () => ({ txId: 7 }), 'PROOF_MALFORMED'],
    ['another version', () => ({ schema: 'carbon-ledger/receipt/v9' }), 'UNSUPPORTED_VERSION'],
    [
      'no JSON in a record',
      ({ record }) => ({ record: { ...(record as object), content: { a: 1n } } }),
      'NOT_CANONICAL',
    ],
  ])('is refused where it is made from a receipt in memory with %s', (_what, change, code) => {
    const [first, ...rest] = world.receipts as [Receipt, ...Receipt[]];
    const parts = { figure: month, extent: 'full', figures: world.figures } as const;
    const made = (): unknown =>
      packFigureProof(makeFigureProof({ ...parts, receipts: [{ ...first, ...change(first) }, ...rest] }));
    expect(made).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('is refused where it is made from receipts of two checkpoints, or from none', () => {
    const parts = { figure: month, extent: 'full', figures: world.figures } as const;
    expect(() => makeFigureProof({ ...parts, receipts: [] })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }) as Error,
    );
    const [first, ...rest] = world.receipts;
    const other = JSON.parse(canonicalize(first)) as { checkpoint: string };
    other.checkpoint = other.checkpoint.replace('\n300\n', '\n301\n');
    expect(() => makeFigureProof({ ...parts, receipts: [other, ...rest] })).toThrow(
      expect.objectContaining({ code: 'BAD_REQUEST' }) as Error,
    );
    expect(() => makeFigureProof({ ...parts, receipts: world.receipts, figures: {} })).toThrow(
      expect.objectContaining({ code: 'FIGURE_MISSING' }) as Error,
    );
    expect(() => makeFigureProof({ ...parts, figure: month.replace('U1', 'U9'), receipts: world.receipts })).toThrow(
      expect.objectContaining({ code: 'NOT_FOUND' }) as Error,
    );
  });
});
