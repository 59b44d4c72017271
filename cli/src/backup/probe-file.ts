import { parseCheckpoint, parseNote, parsePolicy, toHex, verifyLogSignature } from '@carbon-ledger/core';
import type { Probe } from '@carbon-ledger/auditor';
import { readBytes, readTextFile } from '../files/read-file';

/** A checkpoint that somebody kept. With a policy its signature counts; without, only what it says. */
export async function readProbe(file: string, policyFile: string | undefined): Promise<Probe> {
  const note = await readTextFile(file);
  const policy = policyFile === undefined ? undefined : parsePolicy(await readBytes(policyFile));
  const { origin, size, rootHash } =
    policy === undefined ? parseCheckpoint(parseNote(note).text) : verifyLogSignature(note, policy.checkpoint);
  return { source: file, origin, size: Number(size), root: toHex(rootHash) };
}
