import type { Command } from 'commander';
import type { Context } from '../context';
import { hashFiles } from '../files/hash-files';
import { filesOf } from '../files/walk';
import { firstAnchored } from '../migration/first-anchored';
import { exitCodes } from '../output/problem';
import { pad } from '../output/table';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';
import {
  countVerdicts,
  verifyFiles,
  type FileVerdict,
  type Verdict,
  type VerdictCounts,
} from '../verification/verify-files';

interface VerifyOptions {
  readonly party?: string;
  readonly record?: string;
}

function paintFor(context: Context, verdict: Verdict): (text: string) => string {
  const { style } = context.output;
  if (verdict === 'consistent') return (text) => style.good(text);
  return verdict === 'inconsistent' ? (text) => style.bad(text) : (text) => style.warn(text);
}

function formatVerdict(context: Context, file: FileVerdict): string {
  const label = paintFor(context, file.verdict)(pad(`${file.verdictZh} ${file.verdict}`, 20));
  const by = file.party === undefined ? undefined : `by ${file.party}`;
  const found = [file.key ?? file.record, by, file.anchoredAt, firstAnchored(file.earlier)];
  const about = found.filter((part) => part !== undefined);
  const tail = file.verdict === 'consistent' ? about : [...about, file.reason];
  return `${label}  ${plainText(file.path)}  ${plainText(tail.join('  '))}`.trimEnd();
}

/** 0 all the same · 1 one that differs or is unknown · 3 one that could not be judged, and none worse. */
function exitCodeOfVerdicts(counts: VerdictCounts): number {
  if (counts.inconsistent + counts['not-found'] > 0) return exitCodes.no;
  return counts.undecidable > 0 ? exitCodes.cannotTell : exitCodes.yes;
}

async function verify(context: Context, places: readonly string[], scope: VerifyOptions): Promise<number> {
  const service = await context.service();
  const counter = context.output.counter('Verified', 'files');
  const files: FileVerdict[] = [];
  for await (const file of verifyFiles(hashFiles(filesOf(places)), scope, (items) => service.verify(items))) {
    context.io.signal.throwIfAborted();
    files.push(file);
    counter.update(files.length);
    if (!context.output.json) context.output.data(`${formatVerdict(context, file)}\n`);
  }
  counter.stop();
  const counts = countVerdicts(files);
  if (context.output.json) context.output.result({ counts, files }, () => '');
  context.output.note(
    `一致 ${String(counts.consistent)} · 不一致 ${String(counts.inconsistent)} · 未找到 ${String(counts['not-found'])} · 无法判定 ${String(counts.undecidable)}`,
  );
  return exitCodeOfVerdicts(counts);
}

export const registerVerify: Register = (program, tool) => {
  const command = program
    .command('verify')
    .summary('compare files with what is anchored')
    .description(
      'Compare files, or every file below a folder, with what is anchored. Files are hashed here; only digests travel.\nAnswers 一致 (0), 不一致 or 未找到 (1), 无法判定 (3) for each, with record, party and time.',
    )
    .argument('<files...>', 'files or folders')
    .option('--party <USCC>', 'only records about this party')
    .option('--record <id>', 'only this record')
    .action(function (this: Command, places: string[], options: VerifyOptions) {
      return tool.run(this, (context) => verify(context, places, options));
    });
  withExample(command, 'carbon-ledger verify evidence/2024 --party 91140000MA0FAKE01X');
};
