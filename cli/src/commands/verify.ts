import type { Command } from 'commander';
import type { Context } from '../context';
import { hashFiles } from '../files/hash-files';
import { firstAnchored } from '../migration/first-anchored';
import { exitCodes } from '../output/problem';
import { pad } from '../output/table';
import { plainText } from '../output/style';
import type { Service } from '../service/service';
import { withExample, type Register } from '../tool';
import { Folders } from '../verification/folders';
import { assertExtent, lackingDocuments, type Extent, type Lacking } from '../verification/lacking';
import {
  countVerdicts,
  verifyFiles,
  type FileVerdict,
  type Verdict,
  type VerdictCounts,
} from '../verification/verify-files';

type VerifyOptions = Extent;

function paintFor(context: Context, verdict: Verdict): (text: string) => string {
  const { style } = context.output;
  if (verdict === 'consistent') return (text) => style.good(text);
  return verdict === 'inconsistent' || verdict === 'no-longer-stands'
    ? (text) => style.bad(text)
    : (text) => style.warn(text);
}

function formatVerdict(context: Context, file: FileVerdict): string {
  const label = paintFor(context, file.verdict)(pad(`${file.verdictZh} ${file.verdict}`, 20));
  const by = file.party === undefined ? undefined : `by ${file.party}`;
  const found = [file.key ?? file.record, by, file.anchoredAt, firstAnchored(file.earlier)];
  const about = found.filter((part) => part !== undefined);
  const tail = file.verdict === 'consistent' ? about : [...about, file.reason];
  return `${label}  ${plainText(file.path)}  ${plainText(tail.join('  '))}`.trimEnd();
}

function formatLacking(context: Context, { name, key, party }: Lacking): string {
  const label = context.output.style.bad(pad('缺失 lacking', 20));
  return `${label}  ${plainText([name, key, ...(party === undefined ? [] : [`by ${party}`])].join('  '))}`;
}

interface Verified {
  readonly counts: VerdictCounts;
  readonly files: readonly FileVerdict[];
  readonly lacking: readonly Lacking[];
}

/** 0 all the same · 1 one that differs, is unknown or lacks · 3 one that could not be judged, or nothing at all, and none worse. */
function exitCodeOf({ counts, files, lacking }: Verified): number {
  if (counts.inconsistent + counts['no-longer-stands'] + counts['not-found'] + lacking.length > 0) return exitCodes.no;
  return counts.undecidable > 0 || files.length === 0 ? exitCodes.cannotTell : exitCodes.yes;
}

function formatCounts({ counts, files, lacking }: Verified): string {
  const parts = [
    `一致 ${String(counts.consistent)}`,
    ...(counts['no-longer-stands'] > 0 ? [`一致但记录已失效 ${String(counts['no-longer-stands'])}`] : []),
    `不一致 ${String(counts.inconsistent)}`,
    `未找到 ${String(counts['not-found'])}`,
    `无法判定 ${String(counts.undecidable)}`,
    ...(lacking.length > 0 ? [`缺失 ${String(lacking.length)}`] : []),
  ];
  return files.length === 0 ? `无法判定: nothing was looked at. ${parts.join(' · ')}` : parts.join(' · ');
}

async function verdictsOf(
  context: Context,
  service: Service,
  found: Folders,
  scope: VerifyOptions,
): Promise<FileVerdict[]> {
  const counter = context.output.counter('Verified', 'files');
  const files: FileVerdict[] = [];
  for await (const file of verifyFiles(hashFiles(found.documents()), scope, (items) => service.verify(items))) {
    context.io.signal.throwIfAborted();
    files.push(file);
    counter.update(files.length);
    if (!context.output.json) context.output.data(`${formatVerdict(context, file)}\n`);
  }
  counter.stop();
  return files;
}

async function verify(context: Context, places: readonly string[], scope: VerifyOptions): Promise<number> {
  assertExtent(scope);
  const service = await context.service();
  const found = new Folders(places);
  const files = await verdictsOf(context, service, found, scope);
  const digests = new Set(files.flatMap(({ sha256 }) => sha256 ?? []));
  const lacking = [
    ...found.lacking(),
    ...((await found.hasFolder()) ? await lackingDocuments(service, scope, digests) : []),
  ];
  const verified = { counts: countVerdicts(files), files, lacking };
  if (context.output.json) context.output.result({ ...verified, lists: found.lists }, () => '');
  else for (const one of lacking) context.output.data(`${formatLacking(context, one)}\n`);
  for (const list of found.lists) context.output.note(`${plainText(list)}: the list of this folder, not a document.`);
  context.output.note(formatCounts(verified));
  return exitCodeOf(verified);
}

export const registerVerify: Register = (program, tool) => {
  const command = program
    .command('verify')
    .summary('compare files with what is anchored')
    .description(
      'Compare files, or every file below a folder, with what is anchored. Files are hashed here; only digests travel.\nAnswers 一致 (0), 一致但记录已失效 (the record was withdrawn, returned or replaced), 不一致 or 未找到 (1), 无法判定 (3) for each, with record, party and time; what is not looked at (links, pipes, what cannot be read, an empty folder) is 无法判定. With --party and a folder, documents that the ledger names and the folder lacks are 缺失 (1).',
    )
    .argument('<files...>', 'files or folders')
    .option('--party <USCC>', 'only records about this party; a folder must hold all their documents')
    .option('--unit <unit>', 'with --party: the folder must hold those of this unit')
    .option('--period <period>', 'with --party: the folder must hold those of this year (2024) or month (2024-01)')
    .option('--record <id>', 'only this record')
    .action(function (this: Command, places: string[], options: VerifyOptions) {
      return tool.run(this, (context) => verify(context, places, options));
    });
  withExample(command, 'carbon-ledger verify evidence/2024 --party 91140000MA0FAKE01X --period 2024');
};
