// npm start: a trial ledger on this machine. PORT (default 8080) and DATA_DIR (default data/trial) come from the environment.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './lib/prepare.mjs';

prepare();

const story = await import(pathToFileURL(path.join(root, 'cli', 'dist', 'story', 'main.js')).href);
process.exitCode = await story.runStory({
  dataDir: path.resolve(process.env.DATA_DIR ?? path.join(root, 'data', 'trial')),
  port: process.env.PORT ?? '8080',
  sampleDir: path.join(root, 'scripts', 'sample'),
});
