import { extents, LedgerError, parseFigureAddress, type Extent } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { pinPolicy } from '../receipts/pin-policy';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';

interface ProveOptions {
  readonly output: string;
  readonly extent: string;
}

function parseExtent(text: string): Extent {
  const known = extents.find((extent) => extent === text);
  if (known === undefined) throw new LedgerError('USAGE', `--extent ${text} is not one of ${extents.join(', ')}`);
  return known;
}

async function prove(context: Context, figure: string, options: ProveOptions): Promise<number> {
  const extent = parseExtent(options.extent);
  const { key } = parseFigureAddress(figure);
  const service = await context.service({ reader: key.split('/')[0] });
  const proof = await service.prove(figure, extent);
  await writeWhole(options.output, proof, { isPrivate: true });
  await pinPolicy(context, await service.policy());
  // A proof is of what was anchored: it passes also where what the figure rests on was withdrawn since, or is in doubt.
  const { status: chain, breaks, doubts = [] } = await service.trace(figure);
  for (const { figure: at, step } of breaks) context.output.note(plainText(`The chain is broken at ${at} (${step}).`));
  for (const { figure: at, step, by } of doubts)
    context.output.note(plainText(`The chain is in doubt at ${at} (${by === undefined ? step : `${step}: ${by}`}).`));
  const answer = { figure, extent, file: options.output, size: proof.length, chain };
  context.output.result(answer, () => `${figure}  (${extent})\n${options.output}  ${String(proof.length)} bytes`);
  return exitCodes.yes;
}

export const registerProve: Register = (program, tool) => {
  const command = program
    .command('prove')
    .summary('open one figure and its path, and nothing else')
    .description(
      'Write a proof of one figure: it opens the figure and its path down to the sources, and leaves everything else hidden. Whoever has the pinned policy recomputes it offline with verify-proof.',
    )
    .argument('<figure>', 'USCC/UNIT/PERIOD/KIND#figure')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--extent <extent>', `how much to open: ${extents.join(', ')}`, 'full')
    .action(function (this: Command, figure: string, options: ProveOptions) {
      return tool.run(this, (context) => prove(context, figure, options));
    });
  withExample(
    command,
    "carbon-ledger prove '91140000MA0FAKE01X/PLANT/2024/annual-report#emission_tCO2' -o emission.proof",
  );
};
