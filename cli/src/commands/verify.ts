import type { Command } from 'commander';
import type { Context } from '../context';
import { hashFiles } from '../files/hash-files';
import { writeWhole } from '../files/write-file';
import { firstAnchored } from '../migration/first-anchored';
import { exitCodes } from '../output/problem';
import { pad } from '../output/table';
import { plainText } from '../output/style';
import type { Service } from '../service/service';
import { assertListFile, listBytes } from '../sheets/write-list';
import { withExample, type Register } from '../tool';
import { Folders } from '../verification/folders';
import { alsoIn } from '../verification/also-in';
import { assertExtent, documentsOf, type Extent, type Lacking } from '../verification/lacking';
import { parseListed, verdictList, type Listed } from '../verification/report';
import {
  countVerdicts,
  verifyFiles,
  type FileVerdict,
  type Verdict,
  type VerdictCounts,
} from '../verification/verify-files';

interface VerifyOptions extends Extent {
  readonly only?: string;
  readonly output?: string;
}

function paintFor(context: Context, verdict: Verdict): (text: string) => string {
  const { style } = context.output;
  if (verdict === 'consistent') return (text) => style.good(text);
  return ['inconsistent', 'no-longer-stands', 'questioned'].includes(verdict)
    ? (text) => style.bad(text)
    : (text) => style.warn(text);
}

function formatVerdict(context: Context, file: FileVerdict): string {
  const label = paintFor(context, file.verdict)(pad(`${file.verdictZh} ${file.verdict}`, 20));
  const by = file.party === undefined ? undefined : `by ${file.party}`;
  const found = [file.key ?? file.record, by, file.anchoredAt, firstAnchored(file.earlier)];
  const about = found.filter((part) => part !== undefined);
  const tail = file.verdict === 'consistent' ? about : [...about, file.reason];
  const own = `${label}  ${plainText(file.path)}  ${plainText(tail.join('  '))}`.trimEnd();
  return [own, ...alsoIn(file.also, file.party)].join('\n');
}

function formatLacking(context: Context, { name, key, party }: Lacking): string {
  const label = context.output.style.bad(pad('缺失 lacking', 20));
  return `${label}  ${plainText([name, key, ...(party === undefined ? [] : [`by ${party}`])].join('  '))}`;
}

interface Verified {
  readonly counts: VerdictCounts;
  readonly files: readonly FileVerdict[];
  readonly lacking: readonly Lacking[];
  /** Documents that the ledger names of what the folder is to hold; null where nothing was said of that. */
  readonly named: number | null;
}

/**
 * 0 all the same · 1 one that differs, is unknown, lacks, or whose record is doubted or does not stand · 3 one that could not be
 * judged, or nothing at all, or a folder of which the ledger names nothing, and none worse.
 */
function exitCodeOf({ counts, files, lacking, named }: Verified): number {
  const noes = counts.inconsistent + counts['no-longer-stands'] + counts.questioned + counts['not-found'];
  if (noes + lacking.length > 0) return exitCodes.no;
  return counts.undecidable > 0 || files.length === 0 || named === 0 ? exitCodes.cannotTell : exitCodes.yes;
}

function formatCounts({ counts, files, lacking }: Verified): string {
  const parts = [
    `一致 ${String(counts.consistent)}`,
    ...(counts['no-longer-stands'] > 0 ? [`一致但记录已失效 ${String(counts['no-longer-stands'])}`] : []),
    ...(counts.questioned > 0 ? [`一致但记录存疑 ${String(counts.questioned)}`] : []),
    `不一致 ${String(counts.inconsistent)}`,
    `未找到 ${String(counts['not-found'])}`,
    `无法判定 ${String(counts.undecidable)}`,
    ...(lacking.length > 0 ? [`缺失 ${String(lacking.length)}`] : []),
  ];
  return files.length === 0 ? `无法判定: nothing was looked at. ${parts.join(' · ')}` : parts.join(' · ');
}

/** A folder that is complete because nobody knows of it is not told from one under a mistyped unit. */
const nothingNamed =
  '无法判定: the ledger names no document of this party, unit and period: whether the folder is complete cannot be told.';

async function verdictsOf(
  context: Context,
  service: Service,
  found: Folders,
  scope: Extent,
  isListed: (verdict: Listed) => boolean,
): Promise<FileVerdict[]> {
  const counter = context.output.counter('Verified', 'files');
  const files: FileVerdict[] = [];
  for await (const file of verifyFiles(hashFiles(found.documents()), scope, (items) => service.verify(items))) {
    context.io.signal.throwIfAborted();
    files.push(file);
    counter.update(files.length);
    if (!context.output.json && isListed(file.verdict)) context.output.data(`${formatVerdict(context, file)}\n`);
  }
  counter.stop();
  return files;
}

/** What the ledger and the manifests name and no file is, and how much the ledger names at all. */
async function missing(
  service: Service,
  found: Folders,
  scope: Extent,
  files: readonly FileVerdict[],
): Promise<Pick<Verified, 'lacking' | 'named'>> {
  const digests = new Set(files.flatMap(({ sha256 }) => sha256 ?? []));
  const extent = (await found.hasFolder()) ? await documentsOf(service, scope) : undefined;
  const ofLedger = extent?.filter(({ sha256 }) => sha256 === undefined || !digests.has(sha256)) ?? [];
  return { lacking: [...found.lacking(), ...ofLedger], named: extent?.length ?? null };
}

/** What is listed is less than what was looked at where only some verdicts are asked for; the counts are of all. */
function tell(context: Context, all: Verified, lists: readonly string[], isListed: (verdict: Listed) => boolean): void {
  const { output } = context;
  const files = all.files.filter(({ verdict }) => isListed(verdict));
  const verified = { ...all, lacking: isListed('lacking') ? all.lacking : [] };
  if (output.json) output.result({ ...verified, files, lists }, () => '');
  else for (const one of verified.lacking) output.data(`${formatLacking(context, one)}\n`);
  for (const list of lists) output.note(`${plainText(list)}: the list of this folder, not a document.`);
  if (verified.named === 0) output.note(nothingNamed);
  output.note(formatCounts(all));
}

async function verify(context: Context, places: readonly string[], asked: VerifyOptions): Promise<number> {
  assertExtent(asked);
  const { only, output: report } = asked;
  const listed = only === undefined ? undefined : parseListed(only);
  const isListed = (verdict: Listed): boolean => listed?.has(verdict) ?? true;
  if (report !== undefined) assertListFile(report);
  const service = await context.service();
  const scope = asked.record === undefined ? asked : { ...asked, record: await service.idOf(asked.record) };
  const found = new Folders(places);
  const files = await verdictsOf(context, service, found, scope, isListed);
  const verified = { counts: countVerdicts(files), files, ...(await missing(service, found, scope, files)) };
  if (report !== undefined) await writeWhole(report, listBytes(report, [verdictList(files, verified.lacking)]));
  tell(context, verified, found.lists, isListed);
  return exitCodeOf(verified);
}

export const registerVerify: Register = (program, tool) => {
  const command = program
    .command('verify')
    .summary('compare files with what is anchored')
    .description(
      'Compare files, or every file below a folder, with what is anchored. Files are hashed here; only digests travel.\nAnswers 一致 (0), 一致但记录已失效 (the record was withdrawn, returned or replaced), 一致但记录存疑 (an authority questions it, a finding is open, it rests on what does not stand, or its key was in other hands), 不一致 or 未找到 (1), 无法判定 (3) for each, with record, party and time; what is not looked at (links, pipes, what cannot be read, an empty folder) is 无法判定. With --party and a folder, documents that the ledger names and the folder lacks are 缺失 (1).',
    )
    .argument('<files...>', 'files or folders')
    .option('--party <USCC>', 'only records about this party; a folder must hold all their documents')
    .option('--unit <unit>', 'with --party: the folder must hold those of this unit')
    .option('--period <period>', 'with --party: the folder must hold those of this year (2024) or month (2024-01)')
    .option('--record <record>', 'only this record (its id or business key)')
    .option(
      '--only <verdicts>',
      'list only files of these verdicts, divided by commas: consistent, no-longer-stands, questioned, inconsistent, not-found, undecidable, lacking; counts and exit code are of all',
    )
    .option('-o, --output <file>', 'write the verdict of every file as a list: .xlsx or .csv')
    .action(function (this: Command, places: string[], options: VerifyOptions) {
      return tool.run(this, (context) => verify(context, places, options));
    });
  withExample(command, 'carbon-ledger verify evidence/2024 --party 91140000MA0FAKE01X --period 2024');
};
