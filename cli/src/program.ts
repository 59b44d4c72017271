import { LedgerError, visibleJson } from '@carbon-ledger/core';
import { Command, CommanderError } from 'commander';
import { registerCheck } from './commands/check';
import { registerCompletion } from './commands/completion';
import { registerAgent } from './commands/agent';
import { registerAnchor } from './commands/anchor';
import { registerCertificate } from './commands/certificate';
import { registerAudit } from './commands/audit';
import { registerBackup } from './commands/backup';
import { registerCompare } from './commands/compare';
import { registerCrossCheck } from './commands/cross-check';
import { registerExport } from './commands/export';
import { registerFile } from './commands/file';
import { registerFsck } from './commands/fsck';
import { registerReconcile } from './commands/reconcile';
import { registerRetention } from './commands/retention';
import { registerRestore } from './commands/restore';
import { registerImport } from './commands/import';
import { registerImpact } from './commands/impact';
import { registerInbox } from './commands/inbox';
import { registerInspect } from './commands/inspect';
import { registerKeys } from './commands/keys';
import { registerList } from './commands/list';
import { registerLog } from './commands/log';
import { registerMethodology } from './commands/methodology';
import { registerOutside } from './commands/outside';
import { registerProve } from './commands/prove';
import { registerPublic } from './commands/public';
import { registerReads } from './commands/reads';
import { registerReadings } from './commands/readings';
import { registerReceipt } from './commands/receipt';
import { registerScreen } from './commands/screen';
import { registerServe } from './commands/serve';
import { registerStatus } from './commands/status';
import { registerSubmissions } from './commands/submissions';
import { registerTemplate } from './commands/template';
import { registerTrace } from './commands/trace';
import { registerVerify } from './commands/verify';
import { registerVerifyProof } from './commands/verify-proof';
import { registerVerifyReceipt } from './commands/verify-receipt';
import { registerWebhooks } from './commands/webhooks';
import type { Io } from './io';
import { languageAsked } from './output/language';
import { exitCodeOf, exitCodes, formatProblem, isInterruption, problemDocument, toLedgerError } from './output/problem';
import { ownVersion } from './service/version';
import { Tool, type Register } from './tool';

/** Every command of the tool, in the order in which help lists them. */
const commands: readonly Register[] = [
  registerServe,
  registerKeys,
  registerImport,
  registerExport,
  registerCheck,
  registerScreen,
  registerTemplate,
  registerReconcile,
  registerCrossCheck,
  registerInbox,
  registerFile,
  registerReadings,
  registerInspect,
  registerList,
  registerSubmissions,
  registerAnchor,
  registerAgent,
  registerVerify,
  registerPublic,
  registerTrace,
  registerImpact,
  registerReceipt,
  registerCertificate,
  registerVerifyReceipt,
  registerProve,
  registerVerifyProof,
  registerStatus,
  registerLog,
  registerMethodology,
  registerOutside,
  registerAudit,
  registerCompare,
  registerFsck,
  registerBackup,
  registerRestore,
  registerRetention,
  registerWebhooks,
  registerReads,
  registerCompletion,
];

const about = `The command line of the Carbon Audit Ledger (碳审计账本).

Exit codes: 0 yes or done · 1 no or refused · 2 called wrongly · 3 cannot tell or unreachable · 130 stopped by Ctrl-C.
Data goes to stdout, everything else to stderr.`;

function configure(program: Command, io: Io): void {
  program.exitOverride();
  program.configureHelp({ showGlobalOptions: true, helpWidth: 110 });
  program.configureOutput({
    writeOut: (text) => io.stdout.write(text),
    writeErr: (text) => io.stderr.write(text),
    // Usage errors are reported once, by `reportFailure`.
    outputError: () => undefined,
  });
}

function buildProgram(io: Io, tool: Tool): Command {
  const program = new Command('carbon-ledger').description(about).version(ownVersion());
  configure(program, io);
  program
    .option('--url <address>', 'the service (or CARBON_LEDGER_URL; default http://127.0.0.1:8080)')
    .option('--as <USCC>', 'the party to act as')
    .option('--keystore <folder>', 'where keys are kept (or CARBON_LEDGER_KEYSTORE; default ~/.carbon-ledger/keys)')
    .option('--signer <command>', 'signs for the party of --as in place of the keystore (or CARBON_LEDGER_SIGNER)')
    .option('--json', 'answer in JSON');
  for (const register of commands) register(program, tool);
  return program;
}

/** What a command that was told to stop could no longer ask or do is no failure of the service, nor of ours. */
function asStopped(error: unknown, { signal }: Io): unknown {
  if (!signal.aborted || isInterruption(error)) return error;
  const { code } = toLedgerError(error);
  return code === 'UNREACHABLE' || code === 'INTERNAL'
    ? new LedgerError('INTERRUPTED', undefined, { cause: error })
    : error;
}

function reportFailure(failure: unknown, io: Io, argv: readonly string[]): number {
  const json = argv.includes('--json');
  const error = asStopped(failure, io);
  const known = toLedgerError(error);
  const text = json
    ? visibleJson(JSON.stringify({ error: problemDocument(known) }, null, 2))
    : formatProblem(known, languageAsked(argv, io.env));
  io.stderr.write(isInterruption(error) && !json ? 'Stopped.\n' : `${text}\n`);
  return exitCodeOf(error);
}

/** Runs one command line and gives its exit code; never throws. `argv` without node and script. */
export async function runCli(argv: readonly string[], io: Io): Promise<number> {
  const tool = new Tool(io);
  const program = buildProgram(io, tool);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return tool.exitCode;
  } catch (error) {
    // Help and version that were asked for are answers; help for want of a command is a usage error.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.yes;
    if (error instanceof CommanderError && error.code === 'commander.help') return exitCodes.usage;
    return reportFailure(error, io, argv);
  }
}
