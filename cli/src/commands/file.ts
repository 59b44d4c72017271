import { recordTypeNames } from '@carbon-ledger/core';
import type { Command } from 'commander';
import { parseRecordType } from '../filing/facts';
import { registerVerb, withFilingOptions } from '../filing/command';
import { file, type FileOptions } from '../filing/file';
import { knownVerbs } from '../filing/verbs';
import { withExample, type Register } from '../tool';

const registerFileAlone: Register = (program, tool) => {
  const command = withFilingOptions(
    program
      .command('file')
      .summary('file a record: a guided form, or --from FILE')
      .description(
        'File a record of any type. On a terminal its fields are asked for one by one; the ledger proposes version, citations, computed figures and days. What will be signed is shown in words, and every fault at its field; the digest is computed here before it is signed.',
      )
      .argument('<type>', `type of record: ${recordTypeNames.join(', ')}`)
      .option('--on <record>', 'the record that it acts on or is about: rec:… or USCC/UNIT/PERIOD/KIND'),
  ).action(function (this: Command, type: string, options: FileOptions) {
    return tool.run(this, (context) => file(context, parseRecordType(type), options));
  });
  withExample(
    command,
    'carbon-ledger file monthly-evidence --unit U1 --period 2024-03 --from march.yaml --as 91140000MA0FAKE01X',
  );
};

/** `file TYPE`, and the verbs that are a line of a table each. */
export const registerFile: Register = (program, tool) => {
  registerFileAlone(program, tool);
  for (const verb of knownVerbs) registerVerb(program, tool, verb);
};
