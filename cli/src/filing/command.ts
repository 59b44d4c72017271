import type { Command } from 'commander';
import { withExample, type Tool } from '../tool';
import type { KnownVerb } from './verbs';
import { file, type FileOptions } from './file';

const collect = (value: string, before: readonly string[]): string[] => [...before, value];

/** Options of everything that files a record. */
export function withFilingOptions(command: Command): Command {
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
    .option(
      '--no-cells',
      'do not commit tables (CSV, XLSX) among the documents cell by cell, so that nobody can be shown a single cell later',
    )
    .option('--reader <USCC>', 'another party that may read the figures; may be repeated', collect, [])
    .option('--dry-run', 'only show what would be signed, and what the ledger would say')
    .option('--yes', 'sign without asking')
    .option('--lang <language>', 'zh or en (default: by the locale)')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)');
}

/** A command that files a record of one type, below the program or another command. */
export function registerVerb(program: Command, tool: Tool, verb: KnownVerb): void {
  const named = program
    .command(verb.verb)
    .summary(verb.summary)
    .description(
      `${verb.summary[0]?.toUpperCase() ?? ''}${verb.summary.slice(1)}: \`file ${verb.type}\` by its everyday name.`,
    );
  const command = withFilingOptions(verb.on === undefined ? named : named.argument('<record>', verb.on));
  command.action(function (this: Command, ...given: unknown[]) {
    const on = verb.on === undefined ? {} : { on: String(given[0]) };
    const options = given[verb.on === undefined ? 0 : 1] as FileOptions;
    return tool.run(this, (context) => file(context, verb.type, { ...options, ...on }));
  });
  withExample(command, verb.example);
}
