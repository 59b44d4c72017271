import { processIo } from './process-io';
import { runCli } from './program';

/** Connections to a peer that is gone, or takes them and says nothing, may outlast the command; they get this long. */
const LAST_CALLS_MS = 200;
const io = processIo();

void runCli(process.argv.slice(2), io).then((code) => {
  process.exitCode = code;
  if (io.signal.aborted || code !== 0) endSoon();
});

/** Bytes that are still to go out; none where nobody is there to read them. */
function pending({ destroyed, writableLength }: NodeJS.WriteStream): number {
  return destroyed ? 0 : writableLength;
}

/** Ends the process once what was written is on its way to who reads it. */
function endSoon(): void {
  setTimeout(() => {
    if (pending(process.stdout) + pending(process.stderr) > 0) endSoon();
    else process.exit();
  }, LAST_CALLS_MS).unref();
}
