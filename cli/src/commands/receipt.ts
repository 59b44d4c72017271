import { canonicalize, formatReceiptAsTlogProof, packReceipt } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { pinPolicy } from '../receipts/pin-policy';
import { noteStanding } from '../verification/standing';
import { withExample, type Register } from '../tool';

interface ReceiptOptions {
  readonly output: string;
  readonly text?: boolean;
  readonly earlier?: boolean;
  readonly tlogProof?: string;
}

async function receipt(context: Context, name: string, options: ReceiptOptions): Promise<number> {
  const { output: file, text, tlogProof } = options;
  const service = await context.service();
  const found = await service.recordNamed(name);
  const made = await service.receipt(found.id, options.earlier === true ? 'earlier' : 'own');
  const content = text === true ? canonicalize(made) : packReceipt(made);
  await writeWhole(file, content);
  if (tlogProof !== undefined) await writeWhole(tlogProof, formatReceiptAsTlogProof(made));
  // The policy of an earlier ledger is pinned when its records are carried over: this service cannot speak for it.
  if (options.earlier !== true) await pinPolicy(context, await service.policy());
  noteStanding(context, found);
  const { status, state } = found;
  const size = Buffer.byteLength(content);
  context.output.result(
    { record: found.id, key: found.key, status, state, file, size },
    () => `${found.key}\n${found.id}\n${file}  ${String(size)} bytes`,
  );
  return exitCodes.yes;
}

export const registerReceipt: Register = (program, tool) => {
  const command = program
    .command('receipt')
    .summary('make the receipt of a record')
    .description('Fetch the receipt of a record: proof that it stands in the log, to be verified offline at any time.')
    .argument('<record>', 'record id (rec:…) or business key USCC/UNIT/PERIOD/KIND')
    .requiredOption('-o, --output <file>', 'where to write it')
    .option('--text', 'as JSON text that can be read without any tool, two to three times as long')
    .option('--earlier', 'as the earlier ledger would give it, where the record was carried over from one')
    .option('--tlog-proof <file>', 'the same for tools of transparency logs (C2SP tlog-proof), also into this file')
    .action(function (this: Command, name: string, options: ReceiptOptions) {
      return tool.run(this, (context) => receipt(context, name, options));
    });
  withExample(command, 'carbon-ledger receipt 91140000MA0FAKE01X/PLANT/2024/annual-report -o annual.receipt');
};
