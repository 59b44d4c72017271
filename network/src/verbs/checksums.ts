import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The list in the format of sha256sum(1), so that it can also be checked without us. */
export const CHECKSUM_FILE = 'SHA256SUMS';

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** A line for every file under the folder but the list itself, sorted by name. */
export async function listChecksums(folder: string): Promise<string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name !== CHECKSUM_FILE && statSync(join(folder, name)).isFile())
    .sort();
  const lines: string[] = [];
  for (const name of names) lines.push(`${await digestOf(join(folder, name))}  ${name.split(sep).join('/')}\n`);
  return lines.join('');
}

/** What differs between the folder and its list, in words; empty when every file is as it was. */
export async function checkChecksums(folder: string): Promise<string[]> {
  const list = join(folder, CHECKSUM_FILE);
  if (!existsSync(list)) return [`${relative(process.cwd(), list)} is missing`];
  const stated = parseList(readFileSync(list, 'utf8'));
  const found = parseList(await listChecksums(folder));
  const faults: string[] = [];
  for (const [name, digest] of stated) {
    if (!found.has(name)) faults.push(`${name} is missing`);
    else if (found.get(name) !== digest) faults.push(`${name} was changed`);
  }
  for (const name of found.keys()) if (!stated.has(name)) faults.push(`${name} is not in the list`);
  return faults;
}

function parseList(text: string): Map<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]));
}
