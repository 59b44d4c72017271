import { canonicalBytes, sha256, toHex } from '@carbon-ledger/core';
import { z } from 'zod';

/** A record whose private figures were shown. */
const shown = z.strictObject({
  record: z.string(),
  /** USCC of the party that it is about, and of the one that filed it. */
  subject: z.string(),
  issuer: z.string(),
});
export type ShownRecord = z.infer<typeof shown>;

const read = {
  /** RFC 3339, UTC. */
  at: z.string(),
  /** USCC of the party that read, the key with which it signed in, and which of its sessions it was. */
  party: z.string(),
  key: z.string(),
  session: z.string(),
  /** Name of the route. */
  route: z.string(),
  /** What the party says it read them for. */
  purpose: z.string().optional(),
  requestId: z.string(),
  records: z.array(shown).min(1),
};

const line = z.strictObject({
  /** 1, 2, 3 … */
  n: z.int().min(1),
  /** Hash of the line before. */
  prev: z.string().regex(/^[0-9a-f]{64}$/),
  ...read,
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** One answer that showed private figures: who, when, of what; never the figures. */
export type PrivateRead = Omit<z.infer<typeof line>, 'n' | 'prev' | 'hash'>;
export type ReadLine = z.infer<typeof line>;

/** Where a chain stands. */
export type ReadHead = Pick<ReadLine, 'n' | 'hash'>;

/** Before the first line. */
export const NO_READS: ReadHead = { n: 0, hash: '0'.repeat(64) };

function hashOf(unhashed: Omit<ReadLine, 'hash'>): string {
  return toHex(sha256(canonicalBytes(unhashed)));
}

/** The next line of a chain: its hash covers the line before. */
export function nextLine(own: PrivateRead, { n, hash }: ReadHead): ReadLine {
  const unhashed = { n: n + 1, prev: hash, ...own };
  return { ...unhashed, hash: hashOf(unhashed) };
}

/** Undefined for what is no line. */
export function parseLine(text: string): ReadLine | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What is wrong with a line behind another, if anything. */
export function faultOfLine({ hash, ...unhashed }: ReadLine, before: ReadHead): string | undefined {
  if (hashOf(unhashed) !== hash) return 'it was changed: its hash is another';
  if (unhashed.n !== before.n + 1) return `number ${String(before.n + 1)} should stand here`;
  return unhashed.prev === before.hash ? undefined : 'it follows another line than the one before it';
}
