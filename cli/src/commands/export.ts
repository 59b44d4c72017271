import { LedgerError, parseCheckpoint, parseNote, parsePolicy, type Policy } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { exportedTransactions } from '../migration/exported';
import { exitCodes } from '../output/problem';
import { pinPolicy } from '../receipts/pin-policy';
import { withExample, type Register } from '../tool';
import { registerGraph } from './export-graph';
import { registerLists } from './export-lists';

async function exportLedger(context: Context, file: string): Promise<number> {
  const { EXPORT_SCHEMA, writeExport } = await import('@carbon-ledger/gateway-api');
  const asked = await context.service();
  const facts = await asked.ledger();
  if (facts.earlier !== undefined)
    throw new LedgerError('USAGE', `this ledger took over ${facts.earlier.ledger}: it cannot be carried over again`);
  const service = context.party === undefined ? await context.service({ reader: facts.founder }) : asked;
  const policy = await service.policy();
  parsePolicy(policy as object as Policy);
  const checkpoint = await service.checkpoint();
  const size = Number(parseCheckpoint(parseNote(checkpoint).text).size);
  const { ledger, founder } = facts;
  const header = { schema: EXPORT_SCHEMA, ledger, founder, policy: policy as object as Policy, checkpoint } as const;
  const bar = context.output.progress('Exporting', size, 'records');
  const summary = await writeExport(file, header, exportedTransactions(service.committedSubmissions(), size), {
    signal: context.io.signal,
    onProgress: (done) => {
      bar.update(done);
    },
  }).finally(() => {
    bar.stop();
  });
  await pinPolicy(context, policy);
  context.output.result({ status: 'exported', ledger, founder, file, ...summary }, () =>
    [
      `exported ${String(summary.records)} records of ${String(summary.transactions)} transactions`,
      `ledger  ${ledger}`,
      `founder ${founder}`,
      `digest  ${summary.digest}`,
      `${file}  holds private figures: keep it as you keep those`,
    ].join('\n'),
  );
  return exitCodes.yes;
}

export const registerExport: Register = (program, tool) => {
  const parent = program
    .command('export')
    .summary('write a whole ledger, or lists of what it holds, to a file')
    .description('Write a whole ledger to a file, to carry it into another one; or lists for a spreadsheet program.');
  const command = parent
    .command('ledger')
    .description(
      'Write every submission as its party signed it, with transaction, time and private figures, under the last signed checkpoint. Everything is verified while it is written. Needs a party to which all figures are open: the founder of the ledger.',
    )
    .requiredOption('-o, --output <file>', 'where to write it')
    .action(function (this: Command, options: { readonly output: string }) {
      return tool.run(this, (context) => exportLedger(context, options.output));
    });
  const example = 'carbon-ledger export ledger -o pilot.jsonl --as 11100000MA0TRYA01Y';
  withExample(command, example);
  withExample(parent, example);
  registerLists(parent, tool);
  registerGraph(parent, tool);
};
