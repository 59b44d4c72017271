import { recordTypeNames } from '@carbon-ledger/core';
import type { Command } from 'commander';
import { parseRecordType } from '../filing/facts';
import { file, type FileOptions } from '../filing/file';
import { knownVerbs, type Verb } from '../filing/verbs';
import { withExample, type Register, type Tool } from '../tool';

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** Options of everything that files a record. */
function withOptions(command: Command): Command {
  return command
    .option('--from <file>', 'JSON or YAML with the facts: subject, on, content, figures, cites, documents, readers')
    .option('--label <label>', 'label of the kind, for example "pre" for allowance-issuance.pre')
    .option('--subject <USCC>', 'the party that the record is about (default: the one that signs)')
    .option('--unit <unit>', 'unit, PLANT for the whole plant')
    .option('--period <period>', 'YYYY or YYYY-MM')
    .option(
      '--set <name=value>',
      'a field of its content, @FILE for what stands in a JSON file; may be repeated',
      collect,
      [],
    )
    .option('--figure <name=value>', 'a stated figure; may be repeated', collect, [])
    .option(
      '--cite <role=record>',
      'what it cites in a role (default: what the ledger proposes); may be repeated',
      collect,
      [],
    )
    .option('--document <file>', 'a document, hashed here and never sent; may be repeated', collect, [])
    .option('--reader <USCC>', 'another party that may read the figures; may be repeated', collect, [])
    .option('--dry-run', 'only show what would be signed, and what the ledger would say')
    .option('--yes', 'sign without asking')
    .option('--lang <language>', 'zh or en (default: by the locale)')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)');
}

const registerFileAlone: Register = (program, tool) => {
  const command = withOptions(
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

function registerVerb(
  program: Command,
  tool: Tool,
  verb: Verb & { readonly type: ReturnType<typeof parseRecordType> },
): void {
  const named = program
    .command(verb.verb)
    .summary(verb.summary)
    .description(
      `${verb.summary[0]?.toUpperCase() ?? ''}${verb.summary.slice(1)}: \`file ${verb.type}\` by its everyday name.`,
    );
  const command = withOptions(verb.on === undefined ? named : named.argument('<record>', verb.on));
  command.action(function (this: Command, ...given: unknown[]) {
    const on = verb.on === undefined ? {} : { on: String(given[0]) };
    const options = given[verb.on === undefined ? 0 : 1] as FileOptions;
    return tool.run(this, (context) => file(context, verb.type, { ...options, ...on }));
  });
  withExample(command, verb.example);
}

/** `file TYPE`, and the verbs that are a line of a table each. */
export const registerFile: Register = (program, tool) => {
  registerFileAlone(program, tool);
  for (const verb of knownVerbs) registerVerb(program, tool, verb);
};
