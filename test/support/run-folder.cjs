// jest's globalSetup: what the test files of one run share (a ledger with the sample's year: trial-service.ts) lies in a folder
// that is made before the first of them and goes with the run, however it ends.
const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

module.exports = () => {
  const folder = mkdtempSync(join(tmpdir(), 'carbon-run-'));
  process.env.CARBON_LEDGER_TEST_RUN = folder;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, () => {
      remove();
      process.kill(process.pid, signal);
    });
  }
};
