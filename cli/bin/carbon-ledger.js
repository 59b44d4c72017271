#!/usr/bin/env node
'use strict';

const { existsSync } = require('node:fs');
const path = require('node:path');

const main = path.join(__dirname, '..', 'dist', 'main.js');
if (!existsSync(main)) {
  process.stderr.write(
    'carbon-ledger is not built yet: run "npm install" and "npm run build" in the checkout, or "npm start" once.\n',
  );
  process.exit(3);
}
// A signal that comes while the program is loaded is taken like a later one, and does not kill it before it can say 130.
const wait = () => undefined;
process.on('SIGINT', wait).on('SIGTERM', wait);
require(main);
