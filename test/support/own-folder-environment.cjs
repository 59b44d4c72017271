// Every test file has the system's temporary folder for itself, and it goes when the file is through, however it ended. What
// its tests made with temporaryFolder() needs no further care; whatever else lies there fails the file, because the code under
// test or a process it started, shipped code as a rule, did not clean up behind itself.
//
// Test files of a worker run in one realm, its own, because they share modules (shared-modules-runtime.cjs). What a file did to the
// process and to its globals is undone behind it.
const { AsyncLocalStorage } = require('node:async_hooks');
const { mkdtempSync, mkdirSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** Where temporaryFolder() of temporary-folder.ts makes its folders. */
const OF_TESTS = 'of-tests';
/** What jest keeps on the global object of a realm and must find empty for the next file. */
const OF_JEST = /jest|EVENT_HANDLERS/i;

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

// jest makes a storage for each file and leaves it switched on: hundreds of them make every promise of a later file slower.
const storages = new Set();
const { _enable: enable } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype._enable = function () {
  storages.add(this);
  return enable.call(this);
};

function endStorages() {
  storages.forEach((storage) => storage.disable());
  storages.clear();
}

/** What stands on an object now, getters not called; the answer puts it back. */
function remember(object) {
  const before = new Map(Reflect.ownKeys(object).map((key) => [key, Object.getOwnPropertyDescriptor(object, key)]));
  return () => {
    for (const [key, { configurable, writable, value }] of before) {
      if (!writable || Object.getOwnPropertyDescriptor(object, key)?.value === value) continue;
      if (configurable) Object.defineProperty(object, key, before.get(key));
      else object[key] = value;
    }
    for (const key of Reflect.ownKeys(object)) {
      if (!before.has(key) && OF_JEST.test(String(key))) Reflect.deleteProperty(object, key);
    }
  };
}

/** What `expect` learnt in a file: it stands on the global object for good. */
function forgetMatchers() {
  const learnt = globalThis[Symbol.for('$$jest-matchers-object')];
  if (learnt === undefined) return;
  learnt.customEqualityTesters.length = 0;
  for (const name of Object.keys(learnt.matchers)) delete learnt.matchers[name];
  for (const name of Object.keys(learnt.state)) delete learnt.state[name];
  Object.assign(learnt.state, {
    assertionCalls: 0,
    isExpectingAssertions: false,
    numPassingAsserts: 0,
    suppressedErrors: [],
  });
}

function rememberProcess() {
  const [restore, env, cwd, argv] = [remember(process), { ...process.env }, process.cwd(), [...process.argv]];
  return () => {
    restore();
    process.exitCode = undefined;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
    process.argv.splice(0, process.argv.length, ...argv);
    process.chdir(cwd);
  };
}

class OwnFolderEnvironment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null;
  #restore = [...[globalThis, Date, JSON, Math, Object, Promise].map(remember), rememberProcess()];
  #folder = mkdtempSync(join(tmpdir(), 'carbon-jest-'));
  #failed = false;

  constructor({ projectConfig }) {
    open.add(this.#folder);
    process.env.TMPDIR = this.#folder;
    mkdirSync(join(this.#folder, OF_TESTS));
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup() {}

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return globalThis;
  }

  handleTestEvent(event) {
    const { name } = event;
    this.#failed ||= name === 'test_fn_failure' || name === 'hook_failure' || name === 'error';
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.fakeTimersModern = null;
    endStorages();
    forgetMatchers();
    for (const restore of this.#restore) restore();
    const left = readdirSync(this.#folder).filter((name) => name !== OF_TESTS);
    remove(this.#folder);
    // A test that failed half-way may well leave something; its own failure says more.
    if (left.length > 0 && !this.#failed) throw new Error(`left in the system's temporary folder: ${left.join(', ')}`);
  }
}

module.exports = OwnFolderEnvironment;
