import path from 'node:path';
import {
  digestBytes,
  formatBusinessKey,
  packReceipt,
  type Policy,
  type Trace,
  verifyReceipt,
} from '@carbon-ledger/core';
import type { NamedParty } from '@carbon-ledger/plant-year';
import { writeWhole } from '../files/write-file';
import { countNodes } from '../commands/trace';
import { defaultUrl } from '../context';
import type { ImportSummary } from '../importing/run';
import { enterpriseOf } from '../importing/year-file';
import type { Style } from '../output/style';
import { formatTable, type Column } from '../output/table';
import type { Service } from '../service/service';
import { changeOneDigit, fileOf, type Sample, type SampleFile } from './sample';
import { partyNames } from './parties';

/** What a chapter needs to be told. */
export interface Telling {
  readonly service: Service;
  readonly sample: Sample;
  readonly policy: Policy;
  readonly dataDir: string;
  readonly style: Style;
}

interface FiledLine {
  readonly party: string;
  readonly records: number;
}

function filedColumns(names: ReadonlyMap<string, NamedParty>): readonly Column<FiledLine>[] {
  return [
    { title: '  RECORDS', value: ({ records }) => String(records), align: 'right' },
    { title: 'SIGNED BY', value: ({ party }) => party },
    { title: 'KIND', value: ({ party }) => names.get(party)?.kind ?? '' },
    { title: 'NAME', value: ({ party }) => names.get(party)?.name ?? '' },
  ];
}

export function tellAnchored({ sample, style }: Telling, summary: ImportSummary): string {
  const { year, enterprise } = sample.plantYear;
  const name = enterprise.fields.get('name') ?? enterpriseOf(sample.plantYear);
  return [
    style.bold(`1  Anchored: report year ${year} of ${name}`),
    `   ${String(summary.anchored)} records that name ${String(summary.documents)} files, in ${String(summary.submissions)} signed submissions.`,
    '   Each party signed its own; the ledger recomputed every figure before it took them.',
    formatTable(filedColumns(partyNames(sample.plantYear)), summary.parties),
  ].join('\n');
}

/** One line of inputs from the plant's total down to a laboratory value: at each step the first input that leads there. */
export function pathToLab(trace: Trace): string[] {
  const inputs = new Map<string, string[]>();
  for (const { from, to } of trace.edges) inputs.set(to, [...(inputs.get(to) ?? []), from]);
  const seen = new Set<string>();
  const find = (figure: string): string[] | undefined => {
    if (figure.endsWith('/test-report#Cad_pct')) return [figure];
    if (seen.has(figure)) return undefined;
    seen.add(figure);
    for (const input of inputs.get(figure) ?? []) {
      const rest = find(input);
      if (rest !== undefined) return [figure, ...rest];
    }
    return undefined;
  };
  return find(trace.figure) ?? [trace.figure];
}

export async function tellTrace({ service, sample, style }: Telling): Promise<string> {
  const uscc = enterpriseOf(sample.plantYear);
  const key = formatBusinessKey({ uscc, unit: 'PLANT', period: sample.plantYear.year }, 'annual-report');
  const trace = await service.trace(`${key}#emission_tCO2`);
  const nodes = new Map(trace.nodes.map((node) => [node.figure, node]));
  const steps = pathToLab(trace).map((figure, depth) => {
    const node = nodes.get(figure);
    const value = style.bold(`${node?.value ?? '?'} ${node?.unit ?? ''}`.trim());
    const formula = node?.formula === undefined ? 'stated' : `= ${node.formula}`;
    return `   ${'   '.repeat(depth)}${depth === 0 ? '' : '└─ '}${figure.slice(uscc.length + 1)}  ${value}  ${style.dim(formula)}`;
  });
  const verdict = trace.status === 'intact' ? style.good('intact 完整') : style.bad(trace.status);
  return [
    style.bold(`2  Where does the plant's annual emission of ${trace.value ?? '?'} t come from?`),
    ...steps,
    `   ${verdict}: ${countNodes(trace)}. This is one of the paths down to a laboratory test.`,
  ].join('\n');
}

async function verdictOn(service: Service, file: SampleFile, bytes: Uint8Array): Promise<string> {
  const [answer] = await service.verify([{ name: path.basename(file.path), ...digestBytes(bytes) }]);
  if (answer === undefined) return '无法判定 undecidable';
  const where = answer.key === undefined ? '' : `  ${answer.key}`;
  const by = answer.party === undefined ? '' : `, signed by ${answer.party}`;
  const when = answer.anchoredAt === undefined ? '' : `, anchored ${answer.anchoredAt}`;
  return `${answer.verdictZh} ${answer.verdict}${where}${by}${when}`;
}

export async function tellFile(telling: Telling): Promise<string> {
  const { service, sample, style } = telling;
  const file = await fileOf(sample, firstMonth(sample, 'monthly-evidence'), /\.(?:csv|txt)$/);
  if (file === undefined) return style.bold('3  The sample has no text file to show.');
  const changed = changeOneDigit(file.bytes);
  return [
    style.bold(`3  Is this file still what was anchored?  ${path.basename(file.path)}`),
    `   ${style.good(await verdictOn(service, file, file.bytes))}`,
    style.bold('4  The same file with one digit changed'),
    `   ${changed.before}  →  ${changed.after}`,
    `   ${style.bad(await verdictOn(service, file, changed.bytes))}`,
  ].join('\n');
}

/** Key of a record about the first unit's first month. */
function firstMonth({ plantYear }: Sample, kind: string): string {
  const subject = { uscc: enterpriseOf(plantYear), unit: plantYear.units[0]?.id ?? '', period: `${plantYear.year}-01` };
  return formatBusinessKey(subject, kind);
}

/** Fetches a receipt, keeps it beside the policy, and verifies it with the service out of the picture. */
export async function tellReceipt({ service, sample, policy, dataDir, style }: Telling): Promise<string> {
  const key = firstMonth(sample, 'test-report');
  const file = await fileOf(sample, key, /./);
  const { id } = await service.recordNamed(key);
  const receipt = packReceipt(await service.receipt(id));
  const place = path.join(dataDir, 'sample.receipt');
  await writeWhole(place, receipt);
  const verdict = verifyReceipt({
    receipt,
    policy,
    ...(file === undefined ? {} : { document: digestBytes(file.bytes) }),
  });
  const mark = verdict.result === 'PASS' ? style.good(verdict.result) : style.bad(verdict.result);
  const steps = verdict.steps.filter(({ outcome }) => outcome === 'ok').map(({ name }) => name);
  const [limit] = verdict.doesNotProve;
  return [
    style.bold(
      `5  The receipt of the laboratory's report (${String(receipt.length)} bytes), verified offline: no service is asked`,
    ),
    `   ${mark}  ${steps.join(' · ')}`,
    `   It does not prove: ${limit?.en ?? ''}`,
    `   ${place}`,
  ].join('\n');
}

/** As a person in this folder would write it. */
function here(place: string): string {
  const relative = path.relative(process.cwd(), place);
  return relative.startsWith('..') ? place : relative;
}

export function tellNext({ sample, dataDir, style }: Telling, url: string): string {
  const uscc = enterpriseOf(sample.plantYear);
  const elsewhere = url === defaultUrl ? [] : [`                 export CARBON_LEDGER_URL=${url}`];
  return [
    style.bold('6  Where to look next'),
    `   in a browser  ${url}/  ·  the interface: ${url}/docs`,
    '   command line, in another terminal',
    ...elsewhere,
    `                 npx carbon-ledger trace '${uscc}/U2/2024-09/monthly-evidence#emission_tCO2'`,
    `                 npx carbon-ledger impact ${uscc}/U1/2024-03/test-report --assume withdrawn`,
    `                 npx carbon-ledger verify ${here(path.join(sample.documentsDir, 'reports'))}`,
    `                 npx carbon-ledger check plant-year ${here(sample.file)}    (change a figure in a copy first)`,
    `                 npx carbon-ledger verify-receipt ${here(path.join(dataDir, 'sample.receipt'))} --policy ${here(path.join(dataDir, 'policy.json'))}`,
    '   to read       README.md, docs/',
  ].join('\n');
}
