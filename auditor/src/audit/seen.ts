import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError, LedgerError, parseStrict, policyId } from '@carbon-ledger/core';
import { z } from 'zod';
import { isAbsent } from '../fsck';
import { readGiven } from '../stored';

export const SEEN_SCHEMA = 'carbon-ledger/audit-seen/v1';

const seenSchema = z.strictObject({
  schema: z.literal(SEEN_SCHEMA),
  /** The policy under which everything here was checked. */
  policy: z.looseObject({ schema: z.string() }),
  /** Signed checkpoints in the order in which they were seen; every one continues the one before. */
  checkpoints: z
    .array(
      z.strictObject({
        size: z.string().regex(/^(?:0|[1-9][0-9]{0,19})$/),
        /** Hex. */
        root: z.string().regex(/^[0-9a-f]{64}$/),
        note: z.string().max(32_768),
        source: z.string(),
        seenAt: z.string(),
      }),
    )
    .max(100_000),
});

/** An auditor's own memory of one log: small, kept by the auditor, and worth as much as the place where it is kept. */
export type Seen = z.infer<typeof seenSchema>;
export type SeenCheckpoint = Seen['checkpoints'][number];

/** @throws LedgerError BAD_FILE */
export function parseSeen(text: string | Uint8Array, file: string): Seen {
  const result = seenSchema.safeParse(parseStrict(text));
  if (result.success) return result.data;
  throw new LedgerError('BAD_FILE', `${file} is no audit state`);
}

/** Undefined for a first audit. @throws LedgerError BAD_FILE, FILE_UNREADABLE */
export async function readSeen(file: string): Promise<Seen | undefined> {
  try {
    return parseSeen(await readGiven(file), file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw fileError(error, file, 'read');
  }
}

/** Whole old or whole new content, whatever happens while it is written. */
export async function writeSeen(file: string, seen: Seen): Promise<void> {
  const temporary = `${file}.new`;
  const handle = await open(temporary, 'w', 0o600);
  try {
    await handle.writeFile(`${JSON.stringify(seen, null, 2)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(temporary, file);
  const folder = await open(dirname(file), 'r');
  await folder.sync().finally(() => folder.close());
}

/** @throws LedgerError BAD_FILE when the state was kept under another policy than the one given */
export function assertSamePolicy(seen: Seen, policy: unknown, file: string): void {
  if (policyId(seen.policy) === policyId(policy)) return;
  throw new LedgerError('BAD_FILE', `${file} was kept under another policy: use another state file for another log`);
}
