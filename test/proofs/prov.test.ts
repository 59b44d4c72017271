import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseFigureAddress, traceFigure, type Trace } from '@carbon-ledger/core';
import { provJson, provN } from '../../gateway-api/src/proofs/prov-notations';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';
import { trialYear } from '../support/trial-year';
import { enterprise } from '../support/trial-world';

const figure = `${enterprise.uscc}/PLANT/2024/annual-report#emission_tCO2`;
/** PROV_PYTHON names an interpreter that has the package `prov` (3.2: `pip install prov`). */
const python = process.env['PROV_PYTHON'] ?? 'python3';
const lacking =
  spawnSync(python, ['-c', 'import prov']).status === 0
    ? undefined
    : `${python} has no package prov (PROV_PYTHON names one)`;

let trace: Trace;

beforeAll(async () => {
  const { world } = await trialYear();
  const found = await traceFigure(world.ledger, parseFigureAddress(figure));
  // Files stand behind figures of reports, one of them behind several; a name may hold what a notation uses itself.
  const documents = [
    { name: '报告 "1", (a=b) [c]\\.pdf', sha256: `sha256:${'ab'.repeat(32)}` },
    { name: 'daily.csv', sha256: `sha256:${'cd'.repeat(32)}` },
  ] as Trace['nodes'][number]['documents'];
  const nodes = found.nodes.map((node) => (node.figure.includes('/test-report#') ? { ...node, documents } : node));
  trace = { ...found, nodes };
});

type Members = Record<string, Record<string, unknown>>;
const document = (): Record<string, Members> => provJson(trace) as Record<string, Members>;

describe('PROV-JSON', () => {
  test('has the sections of the submission and no other', () => {
    const sections = [
      'prefix',
      'entity',
      'activity',
      'agent',
      'used',
      'wasGeneratedBy',
      'wasAttributedTo',
      'wasDerivedFrom',
    ];
    expect(Object.keys(document()).sort()).toEqual(sections.sort());
  });

  test('names nothing that it does not hold', () => {
    const {
      entity = {},
      activity = {},
      agent = {},
      used = {},
      wasGeneratedBy = {},
      wasAttributedTo = {},
      wasDerivedFrom = {},
    } = document();
    const known = new Set([entity, activity, agent].flatMap(Object.keys));
    const named = [used, wasGeneratedBy, wasAttributedTo, wasDerivedFrom].flatMap((section) =>
      Object.values(section).flatMap((members) =>
        Object.entries(members).flatMap(([name, value]) =>
          /^prov:(?:activity|agent|.*[eE]ntity)$/.test(name) ? [String(value)] : [],
        ),
      ),
    );
    expect(named.filter((id) => !known.has(id))).toEqual([]);
    expect(named.length).toBeGreaterThan(100);
  });

  test('writes types as qualified names, and a primary source as a kind of derivation', () => {
    const { agent = {}, wasDerivedFrom = {} } = document();
    const qualified = (name: string): object => ({ $: name, type: 'prov:QUALIFIED_NAME' });
    expect(Object.values(agent)[0]).toEqual({ 'prov:type': qualified('prov:Organization') });
    const sources = Object.values(wasDerivedFrom).filter((one) => 'prov:type' in one);
    for (const source of sources) expect(source['prov:type']).toEqual(qualified('prov:PrimarySource'));
  });

  test('has no circle: nothing rests on itself', () => {
    const { used = {}, wasGeneratedBy = {}, wasDerivedFrom = {} } = document();
    const edges = [
      ...Object.values(used).map((one) => [one['prov:activity'], one['prov:entity']]),
      ...Object.values(wasGeneratedBy).map((one) => [one['prov:entity'], one['prov:activity']]),
      ...Object.values(wasDerivedFrom).map((one) => [one['prov:generatedEntity'], one['prov:usedEntity']]),
    ] as [string, string][];
    expect(circleIn(edges)).toBeUndefined();
    expect(circleIn([...edges, [edges[0]![1], edges[0]![0]]])).toBeDefined();
  });
});

/** A node that leads to itself, if there is one: what has no way on is taken away until nothing changes. */
function circleIn(edges: readonly [string, string][]): string | undefined {
  let rest = edges;
  for (;;) {
    const leading = new Set(rest.map(([from]) => from));
    const next = rest.filter(([, to]) => leading.has(to));
    if (next.length === rest.length) return rest[0]?.[0];
    rest = next;
  }
}

test('PROV-N has a line for each statement, between document and endDocument', () => {
  const lines = provN(trace).trimEnd().split('\n');
  expect([lines[0], lines.at(-1)]).toEqual(['document', 'endDocument']);
  const statements = Object.entries(document()).flatMap(([name, members]) =>
    name === 'prefix' ? [] : Object.keys(members),
  );
  expect(lines.filter((line) => /^ {2}(?:entity|activity|agent|used|was[A-Z]\w+)\(.+\)$/.test(line))).toHaveLength(
    statements.length,
  );
});

onlyWhere(lacking, 'the package prov', () => {
  test('loads the document, writes it again the same, and says the same in PROV-N', () => {
    const folder = temporaryFolder('prov');
    const file = join(folder, 'trace.json');
    writeFileSync(file, JSON.stringify(provJson(trace)));
    const program = `
import sys
from prov.model import ProvDocument
first = ProvDocument.deserialize(${JSON.stringify(file)}, format="json")
again = ProvDocument.deserialize(content=first.serialize(format="json"), format="json")
assert first == again, "the round trip changes it"
print(len(first.get_records()))
sys.stdout.write(first.get_provn())
`;
    const [count, ...notation] = execFileSync(python, ['-c', program], { encoding: 'utf8', maxBuffer: 1 << 28 }).split(
      '\n',
    );
    const statements = (text: readonly string[]): string[] =>
      text
        .map((line) =>
          line
            .trim()
            .replace(/, -(?=[,)])/g, '')
            .replace(/ %% xsd:\w+/g, ''),
        )
        .filter((line) => /^(?:entity|activity|agent|used|was[A-Z]\w+)\(/.test(line))
        .map((line) => line.replace(/\(-, /, '(').replace(/[ \\]/g, ''))
        .sort();
    expect(Number(count)).toBe(statements(notation).length);
    const kinds = (lines: readonly string[]): Record<string, number> => {
      const counts: Record<string, number> = {};
      for (const line of lines)
        counts[line.slice(0, line.indexOf('('))] = (counts[line.slice(0, line.indexOf('('))] ?? 0) + 1;
      return counts;
    };
    expect(kinds(statements(notation))).toEqual(kinds(statements(provN(trace).split('\n'))));
  });
});
