import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { canonicalize, LedgerError, policyAfter, statedPolicy, type Policy } from '@carbon-ledger/core';
import type { AuditReport, LogSource, Seen } from '@carbon-ledger/auditor';
import type { Command } from 'commander';
import type { Context } from '../context';
import { readBytes, readTextFile } from '../files/read-file';
import { writeWhole } from '../files/write-file';
import { exitCodes } from '../output/problem';
import { plainText } from '../output/style';
import { withExample, type Register } from '../tool';

interface AuditCommandOptions {
  readonly state: string;
  readonly policy?: string;
  readonly samples: string;
  readonly seed?: string;
  readonly all?: boolean;
  readonly handover?: readonly string[];
  readonly saveNote?: string;
}

// The package of the service is loaded where it is needed: every other command would pay for it.

/** An address or a folder. */
export async function openLog(place: string): Promise<LogSource> {
  const { openFolderLog, openServiceLog } = await import('@carbon-ledger/auditor');
  if (/^https?:\/\//.test(place)) return openServiceLog(place);
  if (existsSync(place)) return openFolderLog(place);
  throw new LedgerError('USAGE', `${JSON.stringify(place)} is neither an http(s) address nor a folder`);
}

/** @throws LedgerError PROOF_MALFORMED, FILE_UNREADABLE */
export async function readPinned(file: string): Promise<Policy> {
  return statedPolicy(await readBytes(file));
}

/** From --policy, or as it was pinned at the first audit. Never from the service. */
async function policyFor(options: AuditCommandOptions, seen: Seen | undefined): Promise<Policy> {
  if (options.policy === undefined) {
    if (seen === undefined) throw new LedgerError('POLICY_NOT_PINNED', 'the first audit needs --policy');
    return statedPolicy(canonicalize(seen.policy));
  }
  const { assertSamePolicy } = await import('@carbon-ledger/auditor');
  const policy = await readPinned(options.policy);
  if (seen !== undefined) assertSamePolicy(seen, policy, options.state);
  return policy;
}

/** What was seen under the old key goes on under the new one, on the old one's word. */
async function takenOver(seen: Seen | undefined, { handover = [] }: AuditCommandOptions): Promise<Seen | undefined> {
  if (seen === undefined || handover.length === 0) return seen;
  const notes = await Promise.all(handover.map((file) => readTextFile(file)));
  return { ...seen, policy: { ...notes.reduce(policyAfter, statedPolicy(canonicalize(seen.policy))) } };
}

function countOf(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new LedgerError('USAGE', `${JSON.stringify(text)} is not a number of records`);
}

const verdicts = {
  ok: 'In order: everything that was looked at holds.',
  wrong: 'NOT IN ORDER.',
  'rule-broken': 'The log is as it was signed, but a record on it breaks a rule.',
  'cannot-tell': 'Nothing is wrong, but something that the policy asks for is not there yet.',
} as const;

function formatReport(report: AuditReport): string {
  const findings = report.findings.map(({ code, record, field, message }) =>
    plainText(`✗ ${code}  ${record === undefined ? '' : `${record} · `}${field}: ${message}`),
  );
  return [
    verdicts[report.result],
    `log ${plainText(report.origin)}`,
    `${report.size} records, root ${report.root}, ${String(report.witnesses.length)} of ${String(report.quorum)} witnesses`,
    `drawn with the seed ${report.seed}: ${report.sample.indexes.join(', ') || 'nothing'}`,
    ...findings,
    'Checked:',
    ...report.checked.map((line) => `  ${line}`),
    'Not checked:',
    ...report.notChecked.map((line) => `  ${line}`),
  ].join('\n');
}

const exitCodeOfResult = {
  ok: exitCodes.yes,
  wrong: exitCodes.no,
  'rule-broken': exitCodes.no,
  'cannot-tell': exitCodes.cannotTell,
} as const;

async function run(context: Context, place: string, options: AuditCommandOptions): Promise<number> {
  const { audit, readSeen, writeSeen } = await import('@carbon-ledger/auditor');
  const kept = await readSeen(options.state);
  const seen = await takenOver(kept, options);
  const outcome = await audit({
    source: await openLog(place),
    policy: await policyFor(options, seen),
    seen,
    samples: countOf(options.samples),
    seed: options.seed ?? randomBytes(16).toString('hex'),
    allLeaves: options.all === true,
    now: context.now(),
  });
  if (outcome.seen !== undefined && outcome.seen !== kept) await writeSeen(options.state, outcome.seen);
  if (options.saveNote !== undefined) await writeWhole(options.saveNote, outcome.note);
  context.output.result(outcome.report, () => formatReport(outcome.report));
  return exitCodeOfResult[outcome.report.result];
}

export const registerAudit: Register = (program, tool) => {
  const command = program
    .command('audit')
    .summary('check a service that you do not trust')
    .description(
      'Check a service from outside: its signed checkpoint, that it continues what you saw before, its tiles, and records drawn by lot with their receipts. What you saw is kept in your own small state file; the log key comes from the pinned policy.\nExits 0 when all holds, 1 when something is wrong or a record breaks a rule, 3 when it cannot be told.',
    )
    .argument('<place>', 'address of the service, or a folder with a copy of its log')
    .option('--state <file>', 'what you saw before', 'audit-state.json')
    .option('--policy <file>', 'the pinned policy; needed at the first audit')
    .option('--handover <file...>', "the log's new key, on the word of the one that you knew (keys rotate log)")
    .option('--samples <number>', 'records to draw', '20')
    .option('--seed <text>', 'what the draw is made from (default: new random bytes)')
    .option('--all', 'recompute the root from every leaf')
    .option('--save-note <file>', 'keep the checkpoint, to compare with others')
    .action(function (this: Command, place: string, options: AuditCommandOptions) {
      return tool.run(this, (context) => run(context, place, options));
    });
  withExample(command, 'carbon-ledger audit https://ledger.example.org --policy policy.json --state my-audit.json');
};
