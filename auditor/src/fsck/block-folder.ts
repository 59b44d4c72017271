import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { readNamed } from '../stored';
import type { BlockSource } from './sources';

/** `12.block`, `audit_12.block`, `audit-000012.block`: the last number of the name says which block it is. */
const BLOCK_FILE = /(\d+)\.block$/;

function numberOf(name: string): number | undefined {
  const digits = BLOCK_FILE.exec(name)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

async function listBlocks(folder: string): Promise<Map<number, string>> {
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new LedgerError('FILE_UNREADABLE', `${folder} cannot be read`, { cause });
  });
  const files = new Map<number, string>();
  for (const name of names.sort()) {
    const number = numberOf(name);
    if (number !== undefined) files.set(number, join(folder, name));
  }
  if (files.size === 0) throw new LedgerError('FILE_UNREADABLE', `${folder} holds no files named NUMBER.block`);
  return files;
}

/**
 * A folder of block files, as `peer channel fetch` and Deliver clients write them. The name only says in which order to
 * read; what a file holds is checked like any other block.
 * @throws LedgerError FILE_UNREADABLE, FILE_FORBIDDEN
 */
export async function openBlockFolder(folder: string): Promise<BlockSource> {
  const files = await listBlocks(folder);
  const height = Math.max(...files.keys()) + 1;
  return {
    name: folder,
    height: () => Promise.resolve(height),
    blocks: async function* (from) {
      for (let number = from; number < height; number++) {
        const file = files.get(number);
        if (file === undefined) throw new LedgerError('FILE_UNREADABLE', `${folder} lacks block ${String(number)}`);
        yield await readNamed(file);
      }
    },
  };
}
