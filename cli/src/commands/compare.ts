import type { Comparison, KeptCheckpoint } from '@carbon-ledger/auditor';
import type { Policy } from '@carbon-ledger/core';
import type { Command } from 'commander';
import type { Context } from '../context';
import { readTextFile } from '../files/read-file';
import { exitCodes } from '../output/problem';
import { withExample, type Register } from '../tool';
import { openLog, readPinned } from './audit';

interface CompareOptions {
  readonly policy?: string;
  readonly log?: string;
}

async function keptIn(file: string, policy: Policy | undefined): Promise<readonly KeptCheckpoint[]> {
  const { readKept } = await import('@carbon-ledger/auditor');
  return readKept(await readTextFile(file), file, policy).kept;
}

const verdicts = {
  same: 'One log: both were shown the same.',
  split: 'SPLIT VIEW: different histories were shown.',
  'cannot-tell': 'It cannot be told from what is here.',
} as const;

function describe({ file, size, note }: KeptCheckpoint): { file: string; size: string; note: string } {
  return { file, size: String(size), note };
}

function formatComparison({ result, reason, proof }: Comparison): string {
  const notes = (proof ?? []).flatMap(({ file, note }) => [`--- ${file}`, note.trimEnd()]);
  const keep = proof === undefined ? [] : ['Keep both notes: the log’s own signatures on them are the proof.'];
  return [verdicts[result], reason, ...keep, ...notes].join('\n');
}

const exitCodeOfResult = { same: exitCodes.yes, split: exitCodes.no, 'cannot-tell': exitCodes.cannotTell } as const;

async function run(context: Context, files: readonly [string, string], options: CompareOptions): Promise<number> {
  const policy = options.policy === undefined ? undefined : await readPinned(options.policy);
  const [a, b] = await Promise.all([keptIn(files[0], policy), keptIn(files[1], policy)]);
  const { compareKept } = await import('@carbon-ledger/auditor');
  const log = options.log === undefined ? undefined : await openLog(options.log);
  const comparison = await compareKept(a, b, log?.tile);
  const { result, reason, proof } = comparison;
  const code = result === 'split' ? { code: 'SPLIT_VIEW', proof: proof?.map(describe) } : {};
  context.output.result({ result, reason, ...code }, () => formatComparison(comparison));
  return exitCodeOfResult[result];
}

export const registerCompare: Register = (program, tool) => {
  const command = program
    .command('compare')
    .summary('find out whether two auditors were shown one log')
    .description(
      'Compare what two auditors saw: state files of audit, or signed checkpoints. Two roots for one size are a split view and prove it; where the sizes differ, --log gives the tiles that lead from one to the other.\nExits 0 for one log, 1 for a split view, 3 when it cannot be told.',
    )
    .argument('<a>', 'audit state or checkpoint of one auditor')
    .argument('<b>', 'audit state or checkpoint of the other')
    .option('--policy <file>', 'the pinned policy; needed for checkpoints')
    .option('--log <place>', 'address of the service, or a folder with a copy of its log')
    .action(function (this: Command, a: string, b: string, options: CompareOptions) {
      return tool.run(this, (context) => run(context, [a, b], options));
    });
  withExample(command, 'carbon-ledger compare mine.json theirs.json --log https://ledger.example.org');
};
