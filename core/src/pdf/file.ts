import { LedgerError } from '../errors';
import { adler32 } from '../packing/adler32';
import { inflateWithin } from '../packing/inflate';
import { unreadable, ValueReader, type PdfDictionary, type PdfValue, type Work } from './values';

/** Versions of the file that were added behind it, as seals and signatures are. */
const MOST_UPDATES = 32;
const MOST_OBJECTS = 200_000;
/** One line of a table of places: offset, generation, use. */
const ENTRY_BYTES = 20;
/** Where `startxref` must stand, from the end. */
const TAIL_BYTES = 1024;
/** A certificate is gone over once at most. */
const WORK_BY_BYTE = 4;
const ZLIB_HEAD = 2;
const CHECKSUM_BYTES = 4;

interface Part {
  readonly entries: PdfDictionary;
  readonly before: number | undefined;
}

const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

/**
 * A PDF whose objects stand in the open and are found by tables of places (ISO 32000-1, 7.5.4): as certificates are written, and as
 * they stay when a seal is added behind them. Files that another program wrote anew are told as such.
 */
export class PdfFile {
  readonly #bytes: Uint8Array;
  readonly #places = new Map<number, number | undefined>();
  readonly #work: Work;
  readonly trailer: PdfDictionary;

  /** @throws LedgerError CERTIFICATE_MALFORMED */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#work = { left: WORK_BY_BYTE * bytes.length };
    if (!isPdf(bytes)) throw unreadable('it does not begin as a PDF');
    this.trailer = this.#readParts();
    if (this.trailer.entries.has('Encrypt')) throw unreadable('it is encrypted');
  }

  /** The value itself, or what it refers to. */
  resolve(value: PdfValue | undefined): PdfValue | undefined {
    if (!isOf(value, 'reference')) return value;
    const found = this.#reader(value.number)?.value();
    // A reference to a reference is not allowed, so none can go in a circle.
    return isOf(found, 'reference') ? undefined : found;
  }

  dictionary(value: PdfValue | undefined): PdfDictionary | undefined {
    const found = this.resolve(value);
    return isOf(found, 'dictionary') ? found : undefined;
  }

  array(value: PdfValue | undefined): readonly PdfValue[] | undefined {
    const found = this.resolve(value);
    return isOf(found, 'array') ? found.items : undefined;
  }

  /** Content of a stream, unpacked. @throws LedgerError PROOF_OVERSIZED where it is longer; CERTIFICATE_MALFORMED */
  stream(value: PdfValue | undefined, maxBytes: number): Uint8Array {
    if (!isOf(value, 'reference')) throw unreadable('an attachment stands nowhere');
    const reader = this.#reader(value.number);
    const head = reader?.value();
    if (reader === undefined || !isOf(head, 'dictionary')) throw unreadable('an attachment is missing');
    return unpack(this.#rawStream(reader, head), this.#filterOf(head), maxBytes);
  }

  #rawStream(reader: ValueReader, head: PdfDictionary): Uint8Array {
    const length = this.resolve(head.entries.get('Length'));
    reader.expect('stream');
    const lineEnd = this.#bytes[reader.at] === 13 ? 2 : 1;
    if (this.#bytes[reader.at + lineEnd - 1] !== 10) throw unreadable('an attachment does not begin on a line');
    const from = reader.at + lineEnd;
    if (typeof length !== 'number' || !Number.isSafeInteger(length) || length < 0)
      throw unreadable('an attachment has no length');
    const raw = this.#bytes.subarray(from, from + length);
    if (raw.length !== length) throw unreadable('it is cut short');
    // Counted as gone over, though it is unpacked elsewhere: one stream may be named by every attachment.
    reader.at = from + length;
    reader.expect('endstream');
    return raw;
  }

  #filterOf({ entries }: PdfDictionary): string | undefined {
    const filter = this.resolve(entries.get('Filter'));
    const [single, ...more] = isOf(filter, 'array') ? filter.items : [filter];
    if (more.length > 0 || entries.has('DecodeParms')) throw unreadable('an attachment is packed in more than one way');
    return isOf(single, 'name') ? single.name : undefined;
  }

  #readerAt(place: number): ValueReader {
    return new ValueReader(this.#bytes, place, this.#work);
  }

  #reader(number: number): ValueReader | undefined {
    const place = this.#places.get(number);
    if (place === undefined) return undefined;
    const reader = this.#readerAt(place);
    if (reader.value() !== number) throw unreadable('a table of places is wrong');
    reader.value();
    reader.expect('obj');
    return reader;
  }

  /** The newest part first: what it says of an object is what counts. */
  #readParts(): PdfDictionary {
    const seen = new Set<number>();
    let newest: PdfDictionary | undefined;
    for (let place: number | undefined = this.#start(); place !== undefined;) {
      if (seen.has(place)) throw unreadable('its parts lead in a circle');
      if (seen.size >= MOST_UPDATES) throw unreadable('it has too many parts');
      seen.add(place);
      const { entries, before } = this.#readPart(place);
      newest ??= entries;
      place = before;
    }
    return newest ?? { kind: 'dictionary', entries: new Map() };
  }

  #start(): number {
    const tail = latin(this.#bytes.subarray(-TAIL_BYTES));
    const found = /startxref\s+(\d{1,10})\s+%%EOF\s*$/.exec(tail)?.[1];
    if (found === undefined) throw unreadable('it is cut short, or something stands behind its end');
    return Number(found);
  }

  #readPart(place: number): Part {
    const reader = this.#readerAt(place);
    reader.skip();
    if (reader.keyword() !== 'xref')
      throw unreadable('another program wrote it anew; take the attachment out of the original, or with a PDF reader');
    for (let count = this.#heading(reader); count !== undefined; count = this.#heading(reader)) {
      for (let at = 0; at < count.entries; at++) this.#readEntry(reader, count.first + at);
    }
    const entries = reader.value();
    if (!isOf(entries, 'dictionary')) throw unreadable('it has no trailer');
    const before = entries.entries.get('Prev');
    return { entries, before: typeof before === 'number' ? before : undefined };
  }

  /** `first count`, or undefined at the trailer. */
  #heading(reader: ValueReader): { readonly first: number; readonly entries: number } | undefined {
    reader.skip();
    const first = reader.keyword();
    if (first === 'trailer') return undefined;
    reader.skip();
    const counted = reader.keyword();
    if (!/^\d{1,10}$/.test(first) || !/^\d{1,6}$/.test(counted) || Number(counted) > MOST_OBJECTS)
      throw unreadable('a table of places is damaged');
    reader.skip();
    return { first: Number(first), entries: Number(counted) };
  }

  #readEntry(reader: ValueReader, number: number): void {
    const line = latin(this.#bytes.subarray(reader.at, reader.at + ENTRY_BYTES));
    const found = /^(\d{10}) \d{5} ([nf])[ \r][\r\n]$/.exec(line);
    if (found === null) throw unreadable('a table of places is damaged');
    reader.at += ENTRY_BYTES;
    if (!this.#places.has(number)) this.#places.set(number, found[2] === 'n' ? Number(found[1]) : undefined);
  }
}

export function isPdf(bytes: Uint8Array): boolean {
  return latin(bytes.subarray(0, 5)) === '%PDF-';
}

type OfKind<Kind> = Extract<PdfValue, { readonly kind: Kind }>;

/** Whether a value is of this kind. */
export function isOf<Kind extends Exclude<PdfValue, null | boolean | number>['kind']>(
  value: PdfValue | undefined,
  kind: Kind,
): value is OfKind<Kind> {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

/** Plain, or zlib (RFC 1950), read by the inflater of proofs, which stops where it becomes too long. */
function unpack(raw: Uint8Array, filter: string | undefined, maxBytes: number): Uint8Array {
  if (filter === undefined) return within(raw, maxBytes);
  const [method = 0, flags = 0] = raw;
  const isZlib = filter === 'FlateDecode' && (method & 0x0f) === 8 && (method * 256 + flags) % 31 === 0;
  if (!isZlib || (flags & 0x20) !== 0) throw unreadable('an attachment is packed in a way that is not known here');
  const content = inflateWithin(raw.subarray(ZLIB_HEAD, -CHECKSUM_BYTES), maxBytes);
  const sum = raw.subarray(-CHECKSUM_BYTES).reduce((total, byte) => total * 256 + byte, 0);
  if (adler32(content) !== sum) throw unreadable('an attachment is damaged');
  return content;
}

function within(raw: Uint8Array, maxBytes: number): Uint8Array {
  if (raw.length <= maxBytes) return raw;
  throw new LedgerError('PROOF_OVERSIZED');
}
