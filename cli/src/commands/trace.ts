import { LedgerError, parseFigureAddress, type Trace } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { firstAnchoredCount } from '../migration/first-anchored';
import { paperLanguage } from '../output/paper-language';
import { exitCodes } from '../output/problem';
import { formatTree } from '../output/tree';
import type { Service } from '../service/service';
import { withExample, type Register } from '../tool';
import { formatBreak, traceTree } from '../trace/trace-tree';

interface TraceOptions {
  readonly svg?: string;
  readonly prov?: string;
  readonly provn?: string;
  readonly pdf?: string;
  readonly language: string;
  readonly depth: string;
  readonly asOf?: string;
}

function parseDepth(text: string): number {
  if (/^[0-9]{1,3}$/.test(text)) return Number(text);
  throw new LedgerError('USAGE', `--depth ${text}: give a number of levels`);
}

/** How much of the trace was computed anew, and how much could not be, because it is not open to who asks. */
export function countNodes({ nodes, hidden }: Pick<Trace, 'nodes' | 'hidden'>): string {
  const computed = nodes.filter((node) => node.recomputed !== undefined).length;
  const closed = hidden > 0 ? `, ${String(hidden)} not open to you` : '';
  return `${String(nodes.length)} figures, ${String(computed)} of them computed anew from what they rest on${closed}`;
}

function formatTrace(context: Context, trace: Trace, depth: number): string {
  const { style } = context.output;
  const tree = formatTree(traceTree(trace, { style, depth }));
  const carried = firstAnchoredCount(trace.nodes);
  const count = carried === undefined ? countNodes(trace) : `${countNodes(trace)}; ${carried}`;
  if (trace.status === 'intact') return `${tree}\n${style.good(`intact 完整: ${count}`)}`;
  if (trace.status === 'undecidable') return `${tree}\n${style.warn(`undecidable 无法判定: ${count}`)}`;
  if (trace.status === 'questioned')
    return [tree, style.warn(`questioned 存疑: ${count}`), ...(trace.doubts ?? []).map(formatDoubt)].join('\n');
  const breaks = trace.breaks.map((one) => `  ${one.figure}: ${formatBreak(one)}`);
  return [tree, style.bad(`${trace.status}: ${count}`), ...breaks].join('\n');
}

function formatDoubt({ figure, step, by }: NonNullable<Trace['doubts']>[number]): string {
  return `  ${figure}: ${step}${by === undefined ? '' : ` (${by})`}`;
}

const exitOf = {
  ...{ intact: exitCodes.yes, broken: exitCodes.no },
  ...{ questioned: exitCodes.no, undecidable: exitCodes.cannotTell },
} as const;

/** A trace shows private figures. */
const hasFigures = { isPrivate: true } as const;

/** 追溯报告, where it is asked for. */
async function writeReport(
  context: Context,
  service: Service,
  found: Trace,
  { pdf, asOf, ...options }: TraceOptions,
): Promise<void> {
  if (pdf === undefined) return;
  const language = paperLanguage(options.language);
  const { trial: isTrial } = await service.ledger();
  const { makeTraceReport } = await import('@carbon-ledger/reports');
  const report = await makeTraceReport(found, { language, isTrial, ...(asOf === undefined ? {} : { asOf }) });
  await writeWhole(pdf, report, hasFigures);
  context.output.note(`Written to ${pdf}.`);
}

async function trace(context: Context, figure: string, options: TraceOptions): Promise<number> {
  const depth = parseDepth(options.depth);
  const { key } = parseFigureAddress(figure);
  const service = await context.service({ reader: key.split('/')[0] });
  const drawn = { depth, ...(options.asOf === undefined ? {} : { asOf: options.asOf }) };
  const found = await service.trace(figure, options.asOf);
  for (const format of ['svg', 'prov', 'provn'] as const) {
    const file = options[format];
    if (file === undefined) continue;
    await writeWhole(file, await service.traceAs(figure, format, drawn), hasFigures);
    context.output.note(`Written to ${file}.`);
  }
  await writeReport(context, service, found, options);
  context.output.result(found, () => formatTrace(context, found, depth));
  return exitOf[found.status];
}

export const registerTrace: Register = (program, tool) => {
  const command = program
    .command('trace')
    .summary('a figure, recomputed down to its sources')
    .description(
      'Trace a figure down to its sources and recompute every one on the way. Exits 1 where the chain is broken or a record on it is in doubt, 3 where part of it is not open to who asks.\nA figure is addressed USCC/UNIT/PERIOD/KIND#figure; the plant as a whole is unit PLANT.',
    )
    .argument('<figure>', 'USCC/UNIT/PERIOD/KIND#figure')
    .option('--as-of <time>', 'as it was believed then: a day (Asia/Shanghai) or an instant')
    .option('--depth <levels>', 'levels of the tree that are drawn', '4')
    .option('--svg <file>', 'draw the graph to a file')
    .option('--prov <file>', 'write W3C PROV-JSON to a file')
    .option('--provn <file>', 'write W3C PROV-N to a file')
    .option('--pdf <file>', 'write it as a report for people (追溯报告, PDF/A-3)')
    .option('--language <language>', 'of the report: zh or en', 'zh')
    .action(function (this: Command, figure: string, options: TraceOptions) {
      return tool.run(this, (context) => trace(context, figure, options));
    });
  withExample(command, "carbon-ledger trace '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2'");
};
