// Every test file has its modules to itself, and jest compiles each of them anew for it: of a file that loads the gateway, two
// thousand. What V8 made of a module's text the first time is kept here, for all later files of the same worker: a quarter of
// the time that loading takes. V8 itself knows a text again by its length alone, so the text is compared.
const vm = require('node:vm');

const { compileFunction } = vm;
const compiled = new Map();

function compileAndKeep(code, params, options) {
  const made = compileFunction(code, params, { ...options, produceCachedData: true });
  if (made.cachedDataProduced) compiled.set(options.filename, { code, cachedData: made.cachedData });
  return made;
}

/** jest's modules are the ones that have a name and a context of their own. */
vm.compileFunction = function compileOnce(code, params, options = {}) {
  if (options.filename === undefined || options.parsingContext === undefined)
    return compileFunction(code, params, options);
  const known = compiled.get(options.filename);
  if (known?.code !== code) return compileAndKeep(code, params, options);
  return compileFunction(code, params, { ...options, cachedData: known.cachedData });
};
