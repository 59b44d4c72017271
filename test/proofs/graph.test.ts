import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { digestBytes, usccCheckDigit } from '@carbon-ledger/core';
import { trialPartyRecord } from '@carbon-ledger/plant-year/trial';
import { graphMl } from '../../gateway-api/src/graph/graphml';
import { jsonLd } from '../../gateway-api/src/graph/json-ld';
import type { GraphPart } from '../../gateway-api/src/graph/elements';
import { FakeGateway, problem } from '../../gateway-api/src/testing/fake-gateway';
import {
  enterprise,
  lab,
  national,
  province,
  sampleReceipt,
  testReport,
} from '../../gateway-api/src/testing/trial-world';
import { onlyWhere } from '../support/only-where';
import { temporaryFolder } from '../support/temporary-folder';

/** GRAPH_PYTHON names an interpreter that has `rdflib`, `prov` and `networkx`. */
const python = process.env['GRAPH_PYTHON'] ?? 'python3';
const lacking =
  spawnSync(python, ['-c', 'import rdflib, prov, networkx']).status === 0
    ? undefined
    : `${python} has not all of rdflib, prov and networkx (GRAPH_PYTHON names one)`;

const hostile = `"/></node><!-- ' ]]> &amp; {"@id":"x"} 报告😀.pdf`;
const documents = [
  { role: 'report', name: hostile, mediaType: 'application/pdf', size: '3', ...digestBytes(Buffer.from('one')) },
];
const january = sampleReceipt('U1');
const report = testReport(january, documents);
/** The same file behind another record: one node. */
const february = sampleReceipt('U1', '2024-02', documents);
const again = testReport(february);

let fake: FakeGateway;
beforeAll(async () => {
  fake = await FakeGateway.start();
  for (const { record, id, figures } of [january, report, february, again])
    await fake.client(lab).anchor({ records: [record], figures: figures.length === 0 ? {} : { [id]: figures } });
});
afterAll(() => fake.stop());

type Query = Parameters<ReturnType<FakeGateway['client']>['graph']>[0];

async function exported(query: Query, party?: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of fake.client(party).graph(query)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

interface Listed {
  readonly nodes: string[];
  readonly edges: string[];
}

/** Ids of nodes, and both ends of each edge. */
function listed(graphml: string): Listed {
  return {
    nodes: [...graphml.matchAll(/^<node id="([^"]*)">/gm)].map(([, id = '']) => id),
    edges: [...graphml.matchAll(/^<edge source="([^"]*)" target="([^"]*)">/gm)].flatMap((match) => match.slice(1, 3)),
  };
}

const queries: readonly (readonly [string, Query])[] = [
  ['all', {}],
  ['one party', { party: enterprise }],
  ['a region', { region: '140000' }],
  ['a month of a region', { region: '140000', from: '2024-02', to: '2024-02' }],
  ['a year of an authority', { party: province, from: '2024', to: '2024' }],
];

describe('a graph of the ledger', () => {
  it.each(queries)('has every node that it names, once: %s', async (_name, query) => {
    const { nodes, edges } = listed(await exported({ ...query, format: 'graphml' }, enterprise));
    expect(new Set(nodes).size).toBe(nodes.length);
    expect(edges.filter((end) => !nodes.includes(end))).toEqual([]);
  });

  it.each(queries)('says the same in both forms: %s', async (_name, query) => {
    const { nodes, edges } = listed(await exported({ ...query, format: 'graphml' }, enterprise));
    const lines = (await exported(query, enterprise)).trimEnd().split('\n').slice(2, -1);
    const objects = lines.map((line) => JSON.parse(line.replace(/,$/, '')) as Record<string, unknown>);
    const typed = objects.filter((one) => '@type' in one);
    expect(typed.map((one) => one['@id'])).toEqual(nodes);
    expect(objects.length - typed.length).toBe(edges.length / 2);
  });

  it('leads from unit to enterprise, group and region, each once', async () => {
    const members = ['91140600MA0TRYC0', '91140700MA0TRYC0'].map((first, at) => {
      const uscc = first + String(at);
      return {
        uscc: uscc + usccCheckDigit(uscc),
        name: `（虚构）${uscc}`,
        kind: 'enterprise',
        region: uscc.slice(2, 8),
      } as const;
    });
    const group = '（虚构）晋能集团';
    const records = members.map((one) => trialPartyRecord({ ...one, group }, national, ['TestMSP']).record);
    await fake.client(national).anchor({ records, figures: {} });
    const text = await exported({ format: 'graphml', region: '140000' });
    const node = `urn:carbon-audit-ledger:group/${encodeURIComponent(group)}`;
    expect(text.split(`<node id="${node}">`)).toHaveLength(2);
    for (const { uscc, region } of members) {
      expect(text).toContain(`<edge source="urn:uscc:${uscc}" target="${node}"><data key="e.kind">belongs</data>`);
      expect(text).toContain(`<edge source="urn:uscc:${uscc}" target="urn:carbon-audit-ledger:region/${region}">`);
    }
  });

  it('shows figures to those to whom they are open, and their records to everybody', async () => {
    const carbon = report.figures.find(({ name }) => name === 'Cad_pct')?.value;
    const figure = `figure/${report.id.slice(4)}/Cad_pct`;
    const [open, closed] = [await exported({}, enterprise), await exported({})];
    expect(open).toContain(figure);
    expect(open).toContain(`"value":"${String(carbon)}"`);
    expect(closed).not.toContain(figure);
    expect(closed).toContain(`record/${report.id.slice(4)}`);
  });

  it('shows of a period what is about it, and names what that rests on', async () => {
    const text = await exported({ format: 'graphml', party: enterprise, from: '2024-02', to: '2024-02' });
    expect(text).toContain(`<data key="n.label">${again.key} v1</data>`);
    expect(text).not.toContain(`<data key="n.label">${report.key} v1</data>`);
  });

  it('has a file behind two records as one node', async () => {
    const text = await exported({ format: 'graphml', party: enterprise });
    const document = `document/sha256-${documents[0]!.sha256.slice(7)}`;
    const edges = [...text.matchAll(new RegExp(`target="[^"]*${document}"`, 'g'))];
    expect(edges.length).toBeGreaterThanOrEqual(2);
  });

  it('refuses a party that is not registered, and a period that ends before it begins', async () => {
    const first = async (query: Query): Promise<unknown> => problem(fake.client().graph(query).next());
    expect(await first({ party: '91350100M000100Y43' })).toMatchObject({ code: 'PARTY_UNKNOWN' });
    expect(await first({ from: '2024-05', to: '2024-04' })).toMatchObject({ faults: [{ path: '/query/to' }] });
    expect(await first({ from: '2024-13' })).toMatchObject({ faults: [{ path: '/query/from' }] });
  });
});

async function whole(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one part
async function* partOf(label: string, field: string): AsyncGenerator<GraphPart> {
  yield {
    nodes: [{ id: 'urn:a', kind: 'record', attributes: { label } }],
    edges: [{ from: 'urn:a', to: 'urn:a', kind: 'names', attributes: { field } }],
  };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function readXml(text: string): string {
  return text.replace(/&(?:#(\d+)|(\w+));/g, (_all, code: string | undefined, name: string) =>
    code === undefined ? (entities[name] ?? '?') : String.fromCharCode(Number(code)),
  );
}

test('whatever stands in a name stays in it', async () => {
  const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('\u0000\uFFFF\uD800]]>&#0;'));
  await fc.assert(
    fc.asyncProperty(anything, anything, async (label, field) => {
      const xml = await whole(graphMl(partOf(label, field)));
      const data = [...xml.matchAll(/<data key="(?:n\.label|e\.field)">([^<]*)<\/data>/g)].map(([, text = '']) => text);
      const writable = (text: string): string =>
        text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
      expect(data.map(readXml)).toEqual([writable(label), writable(field)]);
      const document = JSON.parse(await whole(jsonLd(partOf(label, field)))) as { '@graph': Record<string, unknown>[] };
      const [node, edge] = document['@graph'];
      expect(node).toMatchObject({ label });
      expect(edge).toMatchObject({ 'prov:qualifiedInfluence': { field } });
    }),
    { numRuns: 50 },
  );
});

onlyWhere(lacking, 'rdflib, prov and networkx', () => {
  const program = `
import sys, json, networkx, rdflib
from prov.model import ProvDocument
graph = networkx.read_graphml(sys.argv[1])
triples = rdflib.Graph().parse(sys.argv[2], format="json-ld")
PROV = "http://www.w3.org/ns/prov#"
typed = set(triples.subjects(rdflib.RDF.type)) - set(s for s in triples.subjects() if isinstance(s, rdflib.BNode))
labels = sorted(str(o) for o in triples.objects(None, rdflib.RDFS.label))
document = ProvDocument.deserialize(sys.argv[2], format="rdf", rdf_format="json-ld")
print(json.dumps({
  "nodes": graph.number_of_nodes(), "edges": graph.number_of_edges(), "subjects": len(typed),
  "graphml": sorted(d["label"] for _, d in graph.nodes(data=True) if "label" in d), "labels": labels,
  "members": len(list(triples.triples((None, rdflib.URIRef(PROV + "hadMember"), None)))),
  "records": len(list(document.get_records())),
}))
`;

  test('read the same graph in both forms, hostile names and all', async () => {
    const folder = temporaryFolder('graph');
    const [graphml, jsonld] = [join(folder, 'graph.graphml'), join(folder, 'graph.jsonld')];
    const text = await exported({ format: 'graphml' }, enterprise);
    writeFileSync(graphml, text);
    writeFileSync(jsonld, await exported({}, enterprise));
    const read = JSON.parse(
      execFileSync(python, ['-W', 'ignore', '-c', program, graphml, jsonld], { encoding: 'utf8', maxBuffer: 1 << 28 }),
    ) as Record<string, unknown>;
    const { nodes, edges } = listed(text);
    expect(read).toMatchObject({ nodes: nodes.length, edges: edges.length / 2, subjects: nodes.length });
    expect(read['labels']).toEqual(read['graphml']);
    expect(read['labels']).toContain(hostile);
    expect(read['members']).toBeGreaterThan(0);
    expect(read['records']).toBeGreaterThan(nodes.length);
  });
});
