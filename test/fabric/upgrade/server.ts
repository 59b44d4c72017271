import { serveContracts } from '../../../chaincode/src/serve';
import { UpgradedContract } from '../../editions/second-edition';

// The bundle's entry of a contract that knows a second edition of the rules (chaincode/build.mjs ENTRY).
serveContracts([UpgradedContract], { name: 'CarbonAuditLedger', version: '0.2.0' }, process.env).catch(
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
