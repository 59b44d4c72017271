// The bundle of bench:fabric: the contract as it is, and beside it one that does nothing but put a value under a key.
import { Contract } from 'fabric-contract-api';
import { contracts } from '../src/index';
import { serveContracts } from '../src/serve';

class Bare extends Contract {
  constructor() {
    super('Bare');
  }

  async put(ctx, key, value) {
    await ctx.stub.putState(key, Buffer.from(value));
  }
}

serveContracts([...contracts, Bare], { name: 'CarbonAuditLedger', version: '0.1.0' }, process.env).catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
