// Every test file has the system's temporary folder for itself, and it goes when the file is through, however it ended. What
// its tests made with temporaryFolder() needs no further care; whatever else lies there fails the file, because the code under
// test or a process it started, shipped code as a rule, did not clean up behind itself.
const { mkdtempSync, mkdirSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/** Where temporaryFolder() of temporary-folder.ts makes its folders. */
const OF_TESTS = 'of-tests';

const open = new Set();

function remove(folder) {
  rmSync(folder, { recursive: true, force: true });
  open.delete(folder);
}

// A run that is broken off leaves nothing either.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    open.forEach(remove);
    process.kill(process.pid, signal);
  });
}

class OwnFolderEnvironment extends TestEnvironment {
  #before;
  #folder;
  #failed = false;

  constructor(config, context) {
    const folder = mkdtempSync(join(tmpdir(), 'carbon-jest-'));
    open.add(folder);
    const before = process.env.TMPDIR;
    process.env.TMPDIR = folder;
    // The tests' copy of process.env is made here, so it names the folder already.
    super(config, context);
    this.#before = before;
    this.#folder = folder;
    mkdirSync(join(folder, OF_TESTS));
  }

  handleTestEvent(event) {
    const { name } = event;
    this.#failed ||= name === 'test_fn_failure' || name === 'hook_failure' || name === 'error';
  }

  async teardown() {
    await super.teardown();
    const left = readdirSync(this.#folder).filter((name) => name !== OF_TESTS);
    remove(this.#folder);
    if (this.#before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = this.#before;
    // A test that failed half-way may well leave something; its own failure says more.
    if (left.length > 0 && !this.#failed) throw new Error(`left in the system's temporary folder: ${left.join(', ')}`);
  }
}

module.exports = OwnFolderEnvironment;
