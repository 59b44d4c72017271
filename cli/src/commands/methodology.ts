import type { Command } from 'commander';
import { balance, type BalanceOptions } from '../methodology/balance';
import { diff, lint, show, test, type DiffOptions, type ShowOptions } from '../methodology/commands';
import { file, type FileOptions } from '../methodology/file';
import { withExample, type Register } from '../tool';

const folder = 'folder of the methodology (docs/methodologies.md)';

export const registerMethodology: Register = (program, tool) => {
  const group = program
    .command('methodology')
    .summary('check, test, compare, show and file a methodology')
    .description(
      'Work with a methodology folder: plain files that say which figures a sector reports and how each is computed.',
    );
  withExample(group, 'carbon-ledger methodology lint sectors/power/2023-2024');

  const lintCommand = group
    .command('lint')
    .description(
      'Find what is wrong with a methodology: unknown names, units that do not fit through a formula, cases that are never reached or missing, circles, missing roundings, parameters without a value. Exits 1 where there is a fault.',
    )
    .argument('<folder>', folder)
    .action(function (this: Command, place: string) {
      return tool.run(this, (context) => lint(context, place));
    });
  withExample(lintCommand, 'carbon-ledger methodology lint sectors/cement/2024');

  const testCommand = group
    .command('test')
    .description('Run the test vectors of a methodology; every step that differs is named. Exits 1 where one does.')
    .argument('<folder>', folder)
    .action(function (this: Command, place: string) {
      return tool.run(this, (context) => test(context, place));
    });
  withExample(testCommand, 'carbon-ledger methodology test sectors/steel/2024');

  const diffCommand = group
    .command('diff')
    .description(
      'Tell what a second methodology says otherwise than a first; with --ledger also which figures of the anchored years would change, and by how much. Exits 1 where the rules differ.',
    )
    .argument('<before>', folder)
    .argument('<after>', folder)
    .option(
      '--year <year>',
      'report year (default: every year that both folders have, else the last of each; with --ledger every year of the first)',
    )
    .option('--ledger', 'compute the anchored records of these years under both')
    .option('--party <USCC>', 'only the records about this party')
    .action(function (this: Command, before: string, after: string, options: DiffOptions) {
      return tool.run(this, (context) => diff(context, [before, after], options));
    });
  withExample(
    diffCommand,
    'carbon-ledger methodology diff sectors/power/2023-2024 sectors/power/2025-2026-draft --ledger --year 2024',
  );

  const fileCommand = group
    .command('file')
    .description(
      'File methodology and parameters of a year on the ledger as the party of --as. What has faults or fails a vector is not filed; what is there already is left alone.',
    )
    .argument('<folder>', folder)
    .option('--year <year>', 'report year (default: the last one of the folder)')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, place: string, options: FileOptions) {
      return tool.run(this, (context) => file(context, place, options));
    });
  withExample(fileCommand, 'carbon-ledger methodology file sectors/cement/2024 --as 11100000000013426R');

  const balanceCommand = group
    .command('balance')
    .description(
      'Solve the balance value of a year anew over everything that is verified, and hold it to what is anchored; anybody may. With --file the party of --as files it as a benchmark and in the next version of the parameters, with the root of its data. Exits 1 where another value or root is anchored.',
    )
    .argument('<methodology>', 'id of the methodology on the ledger: CN-ETS-CEMENT')
    .requiredOption('--year <year>', 'report year')
    .option('--file', 'file it as the party of --as')
    .option('--trial-keys', 'sign with the trial key of the party (trial ledgers only)')
    .action(function (this: Command, id: string, options: BalanceOptions) {
      return tool.run(this, (context) => balance(context, id, options));
    });
  withExample(balanceCommand, 'carbon-ledger methodology balance CN-ETS-CEMENT --year 2025');

  const showCommand = group
    .command('show')
    .description(
      'Show a methodology as a readable page: figures, formulas, parameters, fields. With --html as a page with formulas typeset.',
    )
    .argument('<folder>', folder)
    .option('--year <year>', 'report year (default: the last one of the folder)')
    .option('--html <file>', 'write a page that stands alone (no script; formulas as MathML)')
    .action(function (this: Command, place: string, options: ShowOptions) {
      return tool.run(this, (context) => show(context, place, options));
    });
  withExample(showCommand, 'carbon-ledger methodology show sectors/aluminium/2024 --html aluminium.html');
};
