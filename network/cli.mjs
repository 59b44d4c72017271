// The verbs of the network: node network/cli.mjs VERB [OPTIONS]. In a checkout the sources are compiled first when needed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

if (existsSync(join(home, 'src'))) {
  const compiled = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '-b', home], {
    stdio: 'inherit',
  });
  if (compiled.status !== 0) process.exit(1);
}
// A reader that has seen enough (`| head`) is no error.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));
// Node's code for a program that waits for what can no longer come: without a word it would look like a verb that was done.
process.on('exit', (code) => {
  if (code === 13) process.stderr.write('The verb ended before it was done. Verbs may be repeated: run it again.\n');
});
const { main } = require('./dist/main.js');
process.exitCode = await main(home, process.argv.slice(2));
