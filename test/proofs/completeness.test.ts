import {
  canonicalize,
  figureLeafHash,
  makeFigureProof,
  openTree,
  orderFigures,
  verifyFigureProof,
  type Extent,
  type FigureVerdict,
  type LedgerRecord,
} from '@carbon-ledger/core';
import { figureProofDamages, type MutableProof } from '../support/figure-proof-damage';
import { ProofWorld } from '../support/proof-world';
import { withoutRecords } from './hostile-proof';
import { saidByPython } from '../support/second-verifier';

/*
 * A proof that leaves out what speaks against it must not pass for the whole. The prover holds every receipt and every figure, and
 * makes all hashes fit.
 */

const uscc = '91140000MA0FAKE01X';
const annual = `${uscc}/PLANT/2024/annual-report#emission_tCO2`;

let world: ProofWorld;

beforeAll(async () => {
  world = await ProofWorld.open();
});

function prove(figure: string, extent: Extent): MutableProof {
  const proof = makeFigureProof({ figure, extent, receipts: world.receipts, figures: world.figures });
  return JSON.parse(canonicalize(proof)) as MutableProof;
}

function verdict(proof: MutableProof): FigureVerdict {
  return verifyFigureProof({ proof: canonicalize(proof), policy: world.policy });
}

const isReport = ({ type }: LedgerRecord): boolean => type === 'test-report';

/** The reports with the highest carbon content: those that one would like to lose. */
function highestReports(count: number): Set<string> {
  const carbon = (id: string): number =>
    Number(world.figures[id]?.find(({ name }) => name === 'Cad_pct')?.value ?? '0');
  const reports = world.records.filter(({ record }) => isReport(record)).map(({ id }) => id);
  return new Set(reports.sort((a, b) => carbon(b) - carbon(a)).slice(0, count));
}

/** Altered proofs, and by which code each must fail. */
function hostile(): [name: string, code: string, proof: MutableProof][] {
  const lab = prove(annual, 'lab');
  const full = prove(annual, 'full');
  const six = highestReports(6);
  const closing = (which: (at: number) => boolean): MutableProof => ({
    ...lab,
    openings: lab.openings.filter(({ record }) => !which(record)),
  });
  const idOf = (at: number): string =>
    world.records.find(({ record }) => canonicalize(record) === canonicalize(lab.records[at]!.record))!.id;
  return [
    ['the six highest reports left out', 'CITATION_MISSING', withoutRecords(world, lab, (_, id) => six.has(id))],
    ['one report left out', 'CITATION_MISSING', withoutRecords(world, lab, (_, id) => highestReports(1).has(id))],
    ['every report left out', 'CITATION_MISSING', withoutRecords(world, lab, isReport)],
    [
      'a month left out, with its reports',
      'CITATION_MISSING',
      withoutRecords(world, lab, ({ subject }) => subject.period === '2024-03'),
    ],
    ['the six highest reports closed', 'FIGURE_MISSING', closing((at) => six.has(idOf(at)))],
    ['nothing opened', 'FIGURE_MISSING', closing(() => true)],
    [
      'a figure that does not exist',
      'FIGURE_MISSING',
      { ...lab, figure: annual.replace('emission_tCO2', 'emission_t') },
    ],
    [
      'a private figure that is closed',
      'FIGURE_MISSING',
      { ...lab, figure: `${uscc}/U1/2024-03/monthly-evidence#emission_tCO2` },
    ],
    ['a record that does not exist', 'NOT_FOUND', { ...lab, figure: annual.replace('2024', '2025') }],
    ['a full proof called one of the laboratories', 'CITATION_MISSING', { ...full, extent: 'lab' }],
    [
      'a month left out of a full proof',
      'CITATION_MISSING',
      withoutRecords(world, full, ({ subject, type }) => subject.period === '2024-03' && type === 'monthly-evidence'),
    ],
    [
      'a report left out of a full proof',
      'CITATION_MISSING',
      withoutRecords(world, full, (_, id) => highestReports(1).has(id)),
    ],
  ];
}

test('what a prover would like to leave out is missed, by both verifiers', () => {
  const cases = hostile();
  expect(cases.map(([name, , proof]) => [name, verdict(proof).code])).toEqual(
    cases.map(([name, code]) => [name, code]),
  );
  const second = saidByPython(
    'verify_proof.py',
    cases.map(([, , proof]) => canonicalize(proof)),
    canonicalize(world.policy),
  );
  expect(second ?? cases.map(([, code]) => ['FAIL', code])).toEqual(cases.map(([, code]) => ['FAIL', code]));
});

test('the whole of what laboratories found is proved, and says so', () => {
  const result = verdict(prove(annual, 'lab'));
  expect(result).toMatchObject({ result: 'PASS', value: '4146356', unit: 'tCO2' });
  const reports = world.records.filter(({ record }) => isReport(record));
  const wanted = reports.flatMap(({ key, figures }) => figures.map(({ name }) => `${key}#${name}`));
  expect(result.figures.map(({ address }) => address).sort()).toEqual([...wanted, annual].sort());
  expect(result.proves.map(({ id }) => id)).toContain('laboratories');
});

test('a private figure is shown with the laboratory figures that it is proved by', () => {
  const month = `${uscc}/U1/2024-03/monthly-evidence#emission_tCO2`;
  const result = verdict(prove(month, 'lab'));
  expect(result).toMatchObject({ result: 'PASS', figure: month, value: expect.stringMatching(/^\d/) as string });
  expect(result.figures.every(({ address }) => address === month || address.includes('/2024-03/test-report#'))).toBe(
    true,
  );
});

describe('a family of figures', () => {
  const sum = `${uscc}/U1/2024-01/monthly-evidence#coalConsumption_t`;

  /** The proof with other figures of the month open: `change` is given the names that are, and all that there are. */
  function reopened(change: (open: readonly string[], all: readonly string[]) => readonly string[]): MutableProof {
    const proof = prove(sum, 'full');
    const opening = proof.openings.find(({ figures }) => figures.some(({ name }) => name.startsWith('daily.fc_t.')))!;
    const month = world.records.find(({ key }) => sum.startsWith(`${key}#`))!;
    const all = orderFigures(world.figures[month.id]!);
    const wanted = new Set(
      change(
        opening.figures.map(({ name }) => name),
        all.map(({ name }) => name),
      ),
    );
    const open = all.flatMap(({ name }, at) => (wanted.has(name) ? [at] : []));
    const { marks, nodes } = openTree(all.map(figureLeafHash), new Set(open));
    const figures = open.map((at) => all[at]!);
    return Object.assign(proof, {
      openings: proof.openings.map((one) =>
        one === opening ? { ...one, figures, tree: marks, nodes: Buffer.concat(nodes).toString('base64') } : one,
      ),
    });
  }

  const day = (name: string): boolean => name.startsWith('daily.fc_t.');
  const firstDay = (all: readonly string[]): number => all.findIndex(day);
  const behindDays = (all: readonly string[]): number => all.findLastIndex(day) + 1;

  test.each<[string, Parameters<typeof reopened>[0]]>([
    ['a day of it', (open) => open.filter((name) => name !== 'daily.fc_t.17')],
    ['its first day', (open, all) => open.filter((name) => name !== all[firstDay(all)])],
    ['its last day', (open, all) => open.filter((name) => name !== all[behindDays(all) - 1])],
    ['the figure before it', (open, all) => open.filter((name) => name !== all[firstDay(all) - 1])],
    ['the figure behind it', (open, all) => open.filter((name) => name !== all[behindDays(all)])],
    ['all of it', (open) => open.filter((name) => !day(name))],
  ])('does not pass with %s closed, in either verifier', (_, change) => {
    const proof = reopened(change);
    expect(verdict(proof).code).toBe('FIGURE_MISSING');
    const said = saidByPython('verify_proof.py', [canonicalize(proof)], canonicalize(world.policy));
    expect(said ?? [['FAIL', 'FIGURE_MISSING']]).toEqual([['FAIL', 'FIGURE_MISSING']]);
  });

  test('is open whole, with a neighbour on either side and nothing more', () => {
    expect(verdict(reopened((open) => open))).toMatchObject({ result: 'PASS', figure: sum });
    expect(verdict(reopened((open, all) => [...open, all.at(-1)!])).code).toBe('PROOF_MALFORMED');
  });
});

describe('every place of a proof is bound', () => {
  // Where to look, and for which policy a proof was made, is said beside it and proved by nothing.
  const UNBOUND = /^\/policyId$/;

  test.each<Extent>(['totals', 'lab', 'month', 'full'])('%s', (extent) => {
    const proof = prove(extent === 'full' ? `${uscc}/U1/2024-03/monthly-evidence#emission_tCO2` : annual, extent);
    const passed: string[] = [];
    for (const [place, changed] of alterations(proof)) if (verdict(changed).result === 'PASS') passed.push(place);
    expect(passed.filter((place) => !UNBOUND.test(place))).toEqual([]);
    expect(verdict(proof).result).toBe('PASS');
  });

  test('the size of an opened record, or places in it, are said nowhere', () => {
    for (const opening of prove(annual, 'full').openings)
      expect(Object.keys(opening).sort()).toEqual(['figures', 'nodes', 'record', 'tree']);
    expect(figureProofDamages().map(([name]) => name)).toContain('a tree of another size');
  });
});

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** The proof with one scalar altered, for a place in every list and object, the first two of a list standing for all. */
function* alterations(proof: MutableProof): Generator<[string, MutableProof]> {
  for (const [path, place] of scalarsOf(proof as unknown as Json, [])) {
    const copy = structuredClone(proof) as unknown as Json;
    const last = path.at(-1)!;
    const holder = path.slice(0, -1).reduce<Json>((value, name) => (value as Record<string, Json>)[name]!, copy);
    const old = (holder as Record<string, Json>)[last]!;
    (holder as Record<string, Json>)[last] =
      typeof old === 'number' ? old + 1 : typeof old === 'string' ? turned(old) : 'x';
    yield [place, copy as unknown as MutableProof];
  }
}

function scalarsOf(value: Json, path: string[]): [string[], string][] {
  if (value === null || typeof value !== 'object') return [[path, `/${path.join('/')}`]];
  const names = Object.keys(value);
  const shown = Array.isArray(value) ? [...new Set([...names.slice(0, 2), ...names.slice(-1)])] : names;
  return shown.flatMap((name) => scalarsOf((value as Record<string, Json>)[name]!, [...path, name]));
}

/** One character in the middle turned into another of its kind. */
function turned(text: string): string {
  if (text === '') return '0';
  const at = text.length >> 1;
  const next: Readonly<Record<string, string>> = { '9': '8', z: 'y', Z: 'Y' };
  const old = text[at]!;
  return text.slice(0, at) + (next[old] ?? String.fromCharCode(old.charCodeAt(0) + 1)) + text.slice(at + 1);
}
