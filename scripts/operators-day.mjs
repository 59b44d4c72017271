// npm run operators-day: what an operator does in the life of a ledger, on one day: install, upgrade, backup under load,
// rotation of certificates and of the log's key, a lost disk, and a verification of all of it. The last line is "N passed, N failed".
import { check, totals } from './ci/checks.mjs';
import { prepare } from './lib/prepare.mjs';

prepare();

const { backUp, handOver, install, loseDisk, record, rotate, upgrade, verify } =
  await import('./operators-day/chapters.mjs');
const { openAuthority } = await import('./operators-day/tls.mjs');
const authority = await openAuthority();

async function day() {
  const service = await install(authority);
  await upgrade();
  await backUp(service);
  await rotate(service, authority);
  await verify(await loseDisk(await handOver(service)));
}

if (process.argv.includes('--record')) await record(authority);
else {
  await check('the day came to its end', day);
  process.stdout.write(`${totals.passed} passed, ${totals.failed} failed\n`);
}
process.exit(totals.failed === 0 ? 0 : 1);
