// jest loads every module anew for every test file: hundreds of files load the same libraries and the same core, compile them again and run them cold,
// which took more than half of the time of a run. Here a worker loads them once: libraries, and the sources of the workspaces, which keep nothing
// between calls. Test files, what they share (test/, testing/), and the pages of the console are still loaded anew for each file, and so is jest itself.
const { compileFunction } = require('node:vm');
const path = require('node:path');
const { default: Runtime } = require('jest-runtime');

const root = path.resolve(__dirname, '..', '..') + path.sep;
const OF_JEST = /[\\/]node_modules[\\/](?:jest|@jest|expect|pretty-format)\b/;
const OF_WORKSPACE = /^(?!console[\\/])[a-z-]+[\\/]src[\\/]/;
const OF_TESTS = /\.test\.ts$|[\\/](?:testing|test)[\\/]/;

/** Whether a module is loaded once for all test files of a worker. */
function isShared(file) {
  if (typeof file !== 'string' || OF_JEST.test(file)) return false;
  if (/[\\/]node_modules[\\/]/.test(file)) return true;
  return file.startsWith(root) && OF_WORKSPACE.test(file.slice(root.length)) && !OF_TESTS.test(file);
}

const shared = new Map();

/** The modules of one test file, those that are shared among them. */
class Registry extends Map {
  get(file) {
    return isShared(file) ? shared.get(file) : super.get(file);
  }

  has(file) {
    return isShared(file) ? shared.has(file) : super.has(file);
  }

  set(file, module) {
    if (isShared(file)) shared.set(file, module);
    else super.set(file, module);
    return this;
  }

  delete(file) {
    return isShared(file) ? shared.delete(file) : super.delete(file);
  }
}

/** Where the lines of a module stand in its source: of shared modules also after the file that loaded them. */
class SourceMaps extends Map {
  clear() {
    // Kept: a failure of a later file is told by it.
  }
}

const sourceMaps = new SourceMaps();

/** The test file that is running: what a shared module loads later is loaded for this one. */
let running;

function isolates(name) {
  return () => {
    throw new Error(
      `jest.${name} does nothing here: modules are shared by the test files of a worker. Hand the module what it needs instead.`,
    );
  };
}

class SharedModulesRuntime extends Runtime {
  setMock = isolates('mock');
  setModuleMock = isolates('unstable_mockModule');
  isolateModules = isolates('isolateModules');
  isolateModulesAsync = isolates('isolateModulesAsync');

  constructor(...parts) {
    super(...parts);
    running = this;
    const registry = new Registry();
    this.registries.getActiveCjsRegistry = () => registry;
    this.requireBuilder.requireDispatch = (from, name) => running.requireModuleOrMock(from, name);
    this.transformCache.sourceMaps = sourceMaps;
    // In the realm of the worker itself: a shared module and the test that calls it must mean the same by Error and Object.
    this.executor.compile = (source, filename) =>
      compileFunction(source, this.executor.injectedModuleParameters, { filename });
  }
}

module.exports = { __esModule: true, default: SharedModulesRuntime };
