import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { unzipSync, type UnzipFileInfo } from 'fflate';
import type { Tally } from '../bounds';

/** Bounds on what a workbook may unpack to. A million cells come to some 60 MB of XML. */
export interface UnpackLimits {
  readonly bytes: number;
  readonly parts: number;
}

export const defaultLimits: UnpackLimits = { bytes: 256 * 1024 * 1024, parts: 2000 };

/** Sheets of cells unpack to 10 to 60 times their size; what is made to burst, to a thousand times. Small parts may do what they like. */
const greatestRatio = 200;
const freeOfRatio = 16 * 1024 * 1024;

const oleHeader = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

function beginsWith(bytes: Uint8Array, header: readonly number[]): boolean {
  return header.every((byte, index) => bytes[index] === byte);
}

export function isZip(bytes: Uint8Array): boolean {
  return beginsWith(bytes, [0x50, 0x4b, 0x03, 0x04]);
}

export function isOle(bytes: Uint8Array): boolean {
  return beginsWith(bytes, oleHeader);
}

/** The names of streams in an OLE container are UTF-16; a password makes the whole workbook the stream EncryptedPackage. */
function holdsName(bytes: Uint8Array, name: string): boolean {
  const wanted = Array.from(name).flatMap((letter) => [letter.charCodeAt(0), 0]);
  for (let at = bytes.indexOf(wanted[0] ?? 0); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
    if (wanted.every((byte, index) => bytes[at + index] === byte)) return true;
  }
  return false;
}

/** An OLE file is an encrypted workbook, or one in the binary format of before 2007 (.xls, .et). */
export function refusalOfOle(bytes: Uint8Array): LedgerError {
  if (holdsName(bytes, 'EncryptedPackage'))
    return new LedgerError('SHEET_PASSWORD', 'the workbook is encrypted with a password');
  return new LedgerError('SHEET_UNREADABLE', 'the workbook is in the old binary format (.xls or .et), not .xlsx');
}

function tooLarge(why: string): LedgerError {
  return new LedgerError('SHEET_TOO_LARGE', why);
}

const codeParts =
  /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|macrosheets\/|dialogsheets\/|activeX\/)|\.(?:exe|dll|vbs|js)$/i;

/** Names that are there twice mean different things to different programs. */
class Directory {
  readonly #names = new Set<string>();
  readonly #limits: UnpackLimits;
  #bytes = 0;

  constructor(limits: UnpackLimits) {
    this.#limits = limits;
  }

  /** @throws LedgerError SHEET_UNREADABLE, SHEET_TOO_LARGE, SHEET_MACROS */
  admit({ name, size, originalSize }: UnzipFileInfo): boolean {
    if (codeParts.test(name)) throw new LedgerError('SHEET_MACROS', `the workbook holds ${name}`);
    if (this.#names.has(name)) throw new LedgerError('SHEET_UNREADABLE', `the workbook holds its part ${name} twice`);
    this.#names.add(name);
    if (!/\.(?:xml|rels)$/i.test(name)) return false;
    this.#bytes += originalSize;
    const { bytes, parts } = this.#limits;
    if (this.#names.size > parts) throw tooLarge(`the workbook holds more than ${String(parts)} parts`);
    if (this.#bytes > bytes)
      throw tooLarge(`the workbook unpacks to more than ${String(Math.floor(bytes / 1024 / 1024))} MB`);
    if (originalSize > freeOfRatio && originalSize > size * greatestRatio)
      throw tooLarge(`its part ${name} unpacks to more than ${String(greatestRatio)} times its size`);
    return true;
  }
}

function unzip(bytes: Uint8Array, isWanted: (file: UnzipFileInfo) => boolean): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes, { filter: isWanted });
  } catch (error) {
    if (isLedgerError(error)) throw error;
    throw new LedgerError('SHEET_UNREADABLE', 'the workbook is damaged: it cannot be unpacked', { cause: error });
  }
}

/** The XML parts of a workbook, each unpacked when it is read: what nobody asks for (drawings, links, comments) takes no memory. */
export class Package {
  readonly #bytes: Uint8Array;
  readonly #names: ReadonlySet<string>;
  readonly #tally: Tally;

  /** @throws LedgerError SHEET_UNREADABLE, SHEET_TOO_LARGE, SHEET_MACROS for what its directory says */
  constructor(bytes: Uint8Array, tally: Tally, limits: UnpackLimits = defaultLimits) {
    const directory = new Directory(limits);
    const names = new Set<string>();
    unzip(bytes, (file) => {
      if (directory.admit(file)) names.add(file.name);
      return false;
    });
    this.#bytes = bytes;
    this.#names = names;
    this.#tally = tally;
  }

  get tally(): Tally {
    return this.#tally;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /**
   * A part is unpacked into as many bytes as the directory says, and those are bounded: a directory that lies gives a part that is cut
   * off, never more memory.
   * @throws LedgerError SHEET_UNREADABLE
   */
  part(name: string): Uint8Array | undefined {
    return this.has(name) ? unzip(this.#bytes, (file) => file.name === name)[name] : undefined;
  }
}

/** Bytes of a part as text, in pieces that the XML parser takes one after the other. */
export function* textOf(part: Uint8Array): Generator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const size = 1 << 20;
  for (let at = 0; at < part.length; at += size) {
    yield decoder.decode(part.subarray(at, at + size), { stream: at + size < part.length });
  }
}
