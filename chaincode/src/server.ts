import { contracts } from './index';
import { serveContracts } from './serve';

// The entry of the bundle that every organisation runs (chaincode/build.mjs). A service that cannot listen must not
// stay up half-dead: its peers would wait for it instead of being told.
serveContracts(contracts, { name: 'CarbonAuditLedger', version: '0.1.0' }, process.env).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
