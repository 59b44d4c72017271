import { LedgerError } from '@carbon-ledger/core/errors';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Swallows what readline echoes, so that a passphrase never shows. */
function mute(): Writable {
  return new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
}

function readLine(
  question: string,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
  echo: NodeJS.WritableStream,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (echo !== output) output.write(question);
    const reader = createInterface({ input, output: echo, terminal: true });
    reader.once('SIGINT', () => {
      reader.close();
      process.kill(process.pid, 'SIGINT');
    });
    // At Ctrl-D, and where the terminal goes away: without an answer nothing may seem to have been done.
    reader.once('close', () => {
      reject(new LedgerError('INTERRUPTED', 'the question was not answered; nothing was done'));
    });
    reader.question(echo === output ? question : '', (answer) => {
      resolve(answer);
      reader.close();
      if (echo !== output) output.write('\n');
    });
  });
}

/** Asks one question on the terminal. */
export function askOn(input: NodeJS.ReadStream, output: NodeJS.WriteStream): (question: string) => Promise<string> {
  return (question) => readLine(question, input, output, output);
}

/** Asks one question on the terminal and reads the answer without echo. */
export function askSecretOn(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): (question: string) => Promise<string> {
  return (question) => readLine(question, input, output, mute());
}
