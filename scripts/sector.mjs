// The year of one sector, told through on a trial ledger of its own: import, trace, check, screening, a tampered value named, a proof
// verified offline; and, of a year by a balance value, that it is solved, filed, and found again by somebody else.
//   npm run sector -- cement        (after a build; or coal, coal-2020, gas, merged, steel, aluminium, battery)
import { startService, stopService } from './ci/outside.mjs';
import { isSectorName, sectorNames, tellThrough } from './ci/sectors.mjs';
import { prepare, root } from './lib/prepare.mjs';
import path from 'node:path';

const sector = process.argv[2] ?? '';
if (!isSectorName(sector)) {
  process.stderr.write(`which sector? one of ${sectorNames.join(', ')}, or one of its years: coal-2020\n`);
  process.exit(2);
}
prepare();
const service = await startService(process.execPath, path.join(root, 'scripts', 'start.mjs'));
const failed = await tellThrough(sector, (line) => process.stdout.write(`${line}\n`)).then(
  () => undefined,
  (error) => error,
);
await stopService(service, 'SIGTERM');
if (failed !== undefined) process.stderr.write(`✗ ${failed.message}\n`);
process.exit(failed === undefined ? 0 : 1);
