import { LedgerError } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { withExample, type Tool } from '../tool';

interface GraphOptions {
  readonly output: string;
  readonly format?: string;
  readonly region?: string;
  readonly party?: string;
  readonly from?: string;
  readonly to?: string;
}

const endings = { graphml: /\.graphml$/i, jsonld: /\.(?:jsonld|json)$/i } as const;
type Format = keyof typeof endings;

/** Said, or told by the ending of the file. @throws LedgerError USAGE */
function formatOf({ format, output }: GraphOptions): Format {
  const formats = Object.keys(endings) as Format[];
  const found = formats.find((name) => (format === undefined ? endings[name].test(output) : name === format));
  if (found !== undefined) return found;
  const said = format === undefined ? `${output}: ends neither in .graphml nor in .jsonld` : `--format ${format}`;
  throw new LedgerError('USAGE', `${said}; give --format graphml or --format jsonld`);
}

async function* counted(
  chunks: AsyncIterable<Uint8Array>,
  tell: (bytes: number) => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.byteLength;
    tell(bytes);
    yield chunk;
  }
}

async function exportGraph(context: Context, options: GraphOptions): Promise<number> {
  const { output, region, party, from, to } = options;
  const query = {
    format: formatOf(options),
    ...(region === undefined ? {} : { region }),
    ...(party === undefined ? {} : { party }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const reader = context.party ?? party;
  const service = await context.service(reader === undefined ? {} : { reader });
  const counter = context.output.counter('Exporting:', 'bytes');
  let bytes = 0;
  const chunks = counted(service.graph(query), (now) => {
    bytes = now;
    counter.update(now);
  });
  await writeWhole(output, chunks, { isPrivate: true }).finally(() => {
    counter.stop();
  });
  context.output.result({ file: output, format: query.format, bytes }, () => `${output}  ${String(bytes)} bytes`);
  return exitCodes.yes;
}

/** `export graph`. */
export function registerGraph(parent: Command, tool: Tool): void {
  const command = parent
    .command('graph')
    .summary('relations as PROV-O (JSON-LD) or GraphML')
    .description(
      'Write who is related to whom and what rests on what: parties, units, records, documents, figures and the formulas between them, as far as they are open. PROV-O in JSON-LD or GraphML, by the ending of the file; written as it comes.',
    )
    .requiredOption('-o, --output <file>', 'where to write it: .jsonld or .graphml')
    .option('--format <format>', 'jsonld or graphml, whatever the file is called')
    .option('--region <code>', 'the parties of a region (GB/T 2260)')
    .option('--party <USCC>', 'one party')
    .option('--from <period>', 'the first year or month (YYYY, YYYY-MM)')
    .option('--to <period>', 'the last year or month')
    .action(function (this: Command, options: GraphOptions) {
      return tool.run(this, (context) => exportGraph(context, options));
    });
  withExample(
    command,
    'carbon-ledger export graph --region 140000 --from 2024 --to 2024 -o shanxi.graphml --as 11140000MB0FAKE14J',
  );
}
