import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The version in this workspace's package.json. */
export function ownVersion(): string {
  const manifest = readFileSync(path.join(__dirname, '..', '..', 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { readonly version: string }).version;
}
