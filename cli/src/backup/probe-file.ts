import { parseCheckpoint, parseNote, parsePolicy, toHex, verifyLogSignature, type Policy } from '@carbon-ledger/core';
import type { Probe } from '@carbon-ledger/auditor';
import { readTextFile } from '../files/read-file';

/** A checkpoint that somebody kept. With a policy its signature counts; without, only what it says. */
export async function readProbe(file: string, stated: Policy | undefined): Promise<Probe> {
  const note = await readTextFile(file);
  const policy = stated && parsePolicy(stated);
  const { origin, size, rootHash } =
    policy === undefined ? parseCheckpoint(parseNote(note).text) : verifyLogSignature(note, policy.checkpoint);
  return { source: file, origin, size: Number(size), root: toHex(rootHash) };
}
