import { processIo } from './process-io';
import { runCli } from './program';

/** Calls to a peer that is gone may outlast the command that was told to stop; they get this long. */
const LAST_CALLS_MS = 1_000;
const io = processIo();

void runCli(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
  if (io.signal.aborted) setTimeout(() => process.exit(code), LAST_CALLS_MS).unref();
});
