import { LedgerError } from '../errors';
import { isOf, PdfFile } from './file';
import { unreadable, type PdfDictionary, type PdfValue } from './values';

/** A file inside a PDF. */
export interface PdfAttachment {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface AttachmentLimits {
  /** Longest file as a whole, in bytes. */
  readonly file: number;
  /** Most attachments. */
  readonly count: number;
  /** Longest that all attachments together may unpack to, in bytes. */
  readonly content: number;
}

const MOST_DEPTH = 8;

/**
 * The files that a PDF carries (ISO 32000-1, 7.11.4), in the order of their names. Nothing else of it is read.
 * @throws LedgerError CERTIFICATE_MALFORMED, PROOF_OVERSIZED; PROOF_MALFORMED for what cannot be unpacked
 */
export function attachmentsOf(bytes: Uint8Array, limits: Readonly<AttachmentLimits>): PdfAttachment[] {
  if (bytes.length > limits.file)
    throw new LedgerError('PROOF_OVERSIZED', `The PDF has more than ${String(limits.file)} bytes.`);
  const file = new PdfFile(bytes);
  const catalog = file.dictionary(file.trailer.entries.get('Root'));
  const names = file.dictionary(catalog?.entries.get('Names'));
  const tree = file.dictionary(names?.entries.get('EmbeddedFiles'));
  const leaves = tree === undefined ? [] : leavesOf(file, tree, { left: limits.count }, 0);
  let left = limits.content;
  return leaves.map((leaf) => {
    const attachment = readLeaf(file, leaf, left);
    left -= attachment.bytes.length;
    return attachment;
  });
}

/** Bounded in depth and in number, so that a tree that leads back to itself ends. */
function leavesOf(file: PdfFile, node: PdfDictionary, room: { left: number }, depth: number): PdfValue[] {
  if (depth > MOST_DEPTH) throw unreadable('its list of attachments is too deep');
  const own = (file.array(node.entries.get('Names')) ?? []).filter((_value, at) => at % 2 === 1);
  const kids = file.array(node.entries.get('Kids')) ?? [];
  room.left -= own.length + kids.length;
  if (room.left < 0) throw unreadable('it has too many attachments');
  const deeper = kids.flatMap((kid) => {
    const inner = file.dictionary(kid);
    return inner === undefined ? [] : leavesOf(file, inner, room, depth + 1);
  });
  return [...own, ...deeper];
}

function readLeaf(file: PdfFile, leaf: PdfValue, maxBytes: number): PdfAttachment {
  const specification = file.dictionary(leaf);
  const embedded = file.dictionary(specification?.entries.get('EF'));
  const content = embedded?.entries.get('UF') ?? embedded?.entries.get('F');
  const name = specification?.entries.get('UF') ?? specification?.entries.get('F');
  return { name: textOf(file.resolve(name)), bytes: file.stream(content, maxBytes) };
}

/** A text string: UTF-16 with its mark, or one byte a character. */
function textOf(value: PdfValue | undefined): string {
  if (!isOf(value, 'string')) return '';
  const { bytes } = value;
  if (bytes[0] !== 0xfe || bytes[1] !== 0xff) return String.fromCharCode(...bytes.subarray(0, 512));
  const units = Array.from({ length: Math.min(Math.floor(bytes.length / 2) - 1, 512) }, (_, at) => {
    return (bytes[2 * at + 2] ?? 0) * 256 + (bytes[2 * at + 3] ?? 0);
  });
  return String.fromCharCode(...units);
}
