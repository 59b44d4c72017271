import path from 'node:path';

/** Where the build of the console lies, if it was built: the gateway looks. */
export function siteDir(): string {
  return path.join(path.dirname(require.resolve('@carbon-ledger/console/package.json')), 'dist', 'site');
}
