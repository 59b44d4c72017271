import { existsSync } from 'node:fs';
import path from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import type { FsckOptions, FsckReport, ProjectionReader, PurgeMade } from '@carbon-ledger/auditor';
import type { Finding } from '@carbon-ledger/auditor';
import type { Command } from 'commander';
import { readProbe } from '../backup/probe-file';
import type { Context } from '../context';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';
import { readPinned } from './audit';

interface FsckCommandOptions {
  readonly data?: string;
  readonly blocks?: string;
  readonly peer?: string;
  readonly gateway?: string;
  readonly chaincode?: string;
  readonly state?: string;
  readonly checkpoint?: readonly string[];
  readonly policy?: string;
  readonly threads?: string;
}

/** Evidence that was opened, and how to close it. */
interface Evidence {
  readonly options: FsckOptions;
  /** What was wrong before a block was read. */
  readonly findings: readonly Finding[];
  close(): Promise<void>;
}

// Packages of the service are loaded where they are needed: every other command would pay for them.

async function openProjection(dataDir: string): Promise<ProjectionReader | undefined> {
  const { ProjectionReader } = await import('@carbon-ledger/auditor');
  const location = path.join(dataDir, 'projection');
  return existsSync(path.join(location, 'CURRENT')) ? ProjectionReader.open(location) : undefined;
}

/** Adds what a stopped gateway keeps in its data folder: projection, and what it signed. */
async function withGateway(evidence: Evidence, dataDir: string, peerDir?: string): Promise<Evidence> {
  const { checkFolder, readGuard } = await import('@carbon-ledger/auditor');
  try {
    const { probes, findings: ofGuard } = await readGuard(dataDir);
    const ofFolder = await checkFolder({ source: evidence.options.source, gatewayDir: dataDir, peerDir });
    const findings = [...evidence.findings, ...ofFolder, ...ofGuard];
    const projection = await openProjection(dataDir);
    const close = async (): Promise<void> => {
      await projection?.close();
      await evidence.close();
    };
    const options = { ...evidence.options, probes, ...(projection === undefined ? {} : { projection }) };
    return { options, findings, close };
  } catch (error) {
    await evidence.close();
    throw error;
  }
}

async function openData(dataDir: string): Promise<Evidence> {
  const { openLedgerReader } = await import('@carbon-ledger/embedded-peer');
  const reader = await openLedgerReader(dataDir);
  const options = { source: reader, figures: reader, peerState: reader, names: reader.names };
  return withGateway({ options, findings: [], close: () => reader.close() }, dataDir, dataDir);
}

async function openBlocks(folder: string): Promise<Evidence> {
  const { openBlockFolder } = await import('@carbon-ledger/auditor');
  const options = { source: await openBlockFolder(folder) };
  return { options, findings: [], close: () => Promise.resolve() };
}

async function openPeer(file: string): Promise<Evidence> {
  const { openPeerSource, readPeerProfile } = await import('@carbon-ledger/gateway-api');
  const profile = await readPeerProfile(file);
  const source = openPeerSource(profile);
  const close = (): Promise<void> => {
    source.close();
    return Promise.resolve();
  };
  return { options: { source, figures: source, names: { chaincode: profile.chaincodeName } }, findings: [], close };
}

/** Exactly one place to read blocks from. */
async function openEvidence(options: FsckCommandOptions): Promise<Evidence> {
  const evidence = await openSource(options);
  return options.gateway === undefined ? evidence : withGateway(evidence, options.gateway);
}

async function openSource({ data, blocks, peer }: FsckCommandOptions): Promise<Evidence> {
  const places = [data, blocks, peer].filter((place) => place !== undefined);
  if (places.length !== 1)
    throw new LedgerError('USAGE', 'say where the blocks are: --data FOLDER, --blocks FOLDER or --peer PROFILE');
  if (data !== undefined) return openData(data);
  return blocks === undefined ? openPeer(peer ?? '') : openBlocks(blocks);
}

function formatFinding(finding: Finding): string {
  const { block, transaction, record, field, code, message } = finding;
  const place = [
    ...(block === undefined ? [] : [`block ${String(block)}`]),
    ...(transaction === undefined ? [] : [`transaction ${transaction}`]),
    ...(record === undefined ? [] : [`record ${record}`]),
    field,
  ];
  return plainText(`✗ ${code}  ${place.join(' · ')}: ${message}`);
}

const verdicts = {
  ok: 'In order: everything that was looked at holds.',
  wrong: 'NOT IN ORDER.',
  incomplete: 'Stopped before the end; nothing wrong so far. The same command with the same --state goes on.',
} as const;

function formatPurge({ at, block, transaction, transactions, msp, party, keyId, years }: PurgeMade): string {
  const what = `private figures of ${String(transactions)} transactions, kept ${String(years)} years`;
  const who = `by order of ${party} (key ${keyId}) through ${msp}`;
  return plainText(`purged ${at} ${who}: ${what} (block ${String(block)} · transaction ${transaction})`);
}

function formatReport(report: FsckReport): string {
  const { counts, log, purges, findings, findingCount } = report;
  const unlisted = findingCount - findings.length;
  return [
    verdicts[report.result],
    `ledger ${report.ledger}`,
    `${String(report.height)} blocks, ${String(counts.transactions)} transactions (${String(counts.invalid)} invalid), ${String(counts.submissions)} submissions, ${String(log.size)} records, ${String(counts.figures)} private figures`,
    `log root ${log.root}`,
    ...(report.resumedFrom > 0 ? [`blocks before ${String(report.resumedFrom)} were checked by an earlier run`] : []),
    ...purges.map(formatPurge),
    ...findings.map(formatFinding),
    ...(unlisted > 0 ? [`… and ${String(unlisted)} more`] : []),
    'Not checked:',
    ...report.notChecked.map((line) => `  ${line}`),
  ].join('\n');
}

const exitCodeOfResult = { ok: exitCodes.yes, wrong: exitCodes.no, incomplete: exitCodes.interrupted } as const;

function threadsOf(text: string | undefined): { threads?: number } {
  if (text === undefined) return {};
  if (/^\d{1,2}$/.test(text)) return { threads: Number(text) };
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is not a number of threads`);
}

async function check(context: Context, options: FsckCommandOptions, evidence: Evidence): Promise<FsckReport> {
  const policy = options.policy === undefined ? undefined : await readPinned(options.policy);
  const notes = await Promise.all((options.checkpoint ?? []).map((file) => readProbe(file, policy)));
  const height = (await evidence.options.source.height()) ?? 0;
  const { fsck } = await import('@carbon-ledger/auditor');
  const progress = context.output.progress('Checking', height, 'blocks');
  try {
    const report = await fsck({
      ...evidence.options,
      ...threadsOf(options.threads),
      ...(options.chaincode === undefined ? {} : { names: { chaincode: options.chaincode } }),
      ...(options.state === undefined ? {} : { stateDir: options.state }),
      probes: [...(evidence.options.probes ?? []), ...notes],
      signal: context.io.signal,
      onProgress: (blocks) => {
        progress.update(blocks);
      },
    });
    return withFindings(report, evidence.findings);
  } finally {
    progress.stop();
  }
}

function withFindings(report: FsckReport, more: readonly Finding[]): FsckReport {
  if (more.length === 0) return report;
  const findings = [...more, ...report.findings];
  return { ...report, result: 'wrong', findings, findingCount: report.findingCount + more.length };
}

async function run(context: Context, options: FsckCommandOptions): Promise<number> {
  try {
    return await runOn(context, options);
  } catch (error) {
    const { toldAsCorrupt } = await import('@carbon-ledger/auditor');
    throw toldAsCorrupt(error, options.data ?? options.gateway ?? options.blocks ?? options.peer ?? '');
  }
}

async function runOn(context: Context, options: FsckCommandOptions): Promise<number> {
  const evidence = await openEvidence(options);
  try {
    const report = await check(context, options, evidence);
    context.output.result(report, () => formatReport(report));
    return exitCodeOfResult[report.result];
  } finally {
    await evidence.close();
  }
}

export const registerFsck: Register = (program, tool) => {
  const command = program
    .command('fsck')
    .summary('rebuild everything from blocks and compare')
    .description(
      'Rebuild the ledger from its blocks alone: header chain, data hashes, signatures of orderers, creators, endorsers and parties, outcomes, authority, figures, log, state; and compare with checkpoints, projection and peer state. Nothing is changed. A service that runs on --data must be stopped first; a running peer is read with --peer.\nExits 0 when all holds, 1 when something is wrong, 3 when the evidence cannot be read.',
    )
    .option('--data <folder>', 'data folder of an embedded ledger that is stopped')
    .option('--blocks <folder>', 'folder of block files (NUMBER.block)')
    .option('--peer <profile>', 'gateway profile of an organisation: read from its peer')
    .option(
      '--chaincode <name>',
      'name of the contract on the channel (default: as in the profile, or carbon-audit-ledger)',
    )
    .option('--gateway <folder>', 'data folder of a stopped gateway: hold its projection and signatures to the blocks')
    .option('--state <folder>', 'keep what was derived here, and go on from it the next time')
    .option('--checkpoint <file...>', 'signed checkpoints that must lead to the same log')
    .option('--policy <file>', 'the pinned policy that the checkpoints must be signed under')
    .option('--threads <number>', 'threads that check beside the replay (default: one for each core)')
    .action(function (this: Command, options: FsckCommandOptions) {
      return tool.run(this, (context) => run(context, options));
    });
  withExample(command, 'carbon-ledger fsck --data data/trial');
};
