import { canonicalize } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { pinPolicy } from '../receipts/pin-policy';
import { withExample, type Register } from '../tool';

async function receipt(context: Context, name: string, file: string): Promise<number> {
  const service = await context.service();
  const found = await service.recordNamed(name);
  const text = canonicalize(await service.receipt(found.id));
  await writeWhole(file, text);
  await pinPolicy(context, await service.policy());
  const size = Buffer.byteLength(text);
  context.output.result(
    { record: found.id, key: found.key, file, size },
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
    .action(function (this: Command, name: string, options: { readonly output: string }) {
      return tool.run(this, (context) => receipt(context, name, options.output));
    });
  withExample(command, 'carbon-ledger receipt 91140000MA0FAKE01X/PLANT/2024/annual-report -o annual.receipt.json');
};
