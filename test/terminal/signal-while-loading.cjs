'use strict';

// Preloaded: the process tells itself to stop at the moment at which the program begins to be loaded.
const Module = require('node:module');

const load = Module._load;
Module._load = function loadAndSignal(request, ...rest) {
  const signal = process.env.SIGNAL_WHILE_LOADING;
  if (request.endsWith('main.js') && signal !== undefined) {
    delete process.env.SIGNAL_WHILE_LOADING;
    process.kill(process.pid, signal);
  }
  return load.call(this, request, ...rest);
};
