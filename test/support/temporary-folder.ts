import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for the test file that asks; its environment (own-folder-environment.cjs) removes it when the file is through. */
export function temporaryFolder(name: string): string {
  const ofTests = join(tmpdir(), 'of-tests');
  mkdirSync(ofTests, { recursive: true });
  return mkdtempSync(join(ofTests, `${name}-`));
}
