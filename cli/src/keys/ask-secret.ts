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

/** Asks one question on the terminal and reads the answer without echo. */
export function askSecretOn(
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): (question: string) => Promise<string> {
  return (question) =>
    new Promise((resolve) => {
      output.write(question);
      const reader = createInterface({ input, output: mute(), terminal: true });
      reader.once('SIGINT', () => {
        reader.close();
        process.kill(process.pid, 'SIGINT');
      });
      reader.question('', (answer) => {
        reader.close();
        output.write('\n');
        resolve(answer);
      });
    });
}
