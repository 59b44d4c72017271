import { crc32, deflateRawSync } from 'node:zlib';

/** A file of an archive as somebody writes it who means no good. */
export interface RawEntry {
  readonly name: string | Buffer;
  readonly data: Buffer;
  /** Its name in front of its bytes, where that is another one. */
  readonly localName?: string;
  readonly method?: number;
  /** General purpose bits of the directory, and in front of its bytes. */
  readonly flags?: number;
  readonly localFlags?: number;
  readonly crc?: number;
  /** Size that is stated. */
  readonly size?: number;
  /** Kind and rights as Unix has them. */
  readonly mode?: number;
  /** It lies where the file of this number lies, and takes no bytes of its own. */
  readonly at?: number;
}

interface Placed {
  readonly entry: RawEntry;
  readonly packed: Buffer;
  readonly offset: number;
}

function numbers(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  return Buffer.concat(
    fields.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

const utf8 = 0x800;

/** What stands in front of the bytes and in the directory alike (APPNOTE 4.3.7, 4.3.12), from the version that is needed on. */
function common({ entry, packed }: Placed, flags: number, name: Buffer): Buffer {
  const { data, method = 8, crc = crc32(data), size = data.length } = entry;
  const sizes = [[crc, 4] as const, [packed.length, 4] as const, [size, 4] as const];
  return numbers([20, 2], [flags, 2], [method, 2], [0, 4], ...sizes, [name.length, 2], [0, 2]);
}

function localPart(placed: Placed): Buffer {
  const { name, localName = name, flags = utf8, localFlags = flags } = placed.entry;
  const text = Buffer.from(localName);
  return Buffer.concat([numbers([0x04034b50, 4]), common(placed, localFlags, text), text, placed.packed]);
}

function directoryPart(placed: Placed): Buffer {
  const { name, flags = utf8, mode = 0o100644 } = placed.entry;
  const text = Buffer.from(name);
  const rest = numbers([0, 2], [0, 2], [0, 2], [mode * 65536, 4], [placed.offset, 4]);
  return Buffer.concat([numbers([0x02014b50, 4], [0x0314, 2]), common(placed, flags, text), rest, text]);
}

/** @param before bytes in front of the first file, which the directory does not name */
export function rawZip(entries: readonly RawEntry[], before: Buffer = Buffer.of()): Buffer {
  const parts = [before];
  const placed: Placed[] = [];
  let offset = before.length;
  for (const entry of entries) {
    const { data, method = 8, at } = entry;
    const packed = method === 0 ? data : deflateRawSync(data);
    const one = { entry, packed, offset: (at === undefined ? undefined : placed[at]?.offset) ?? offset };
    placed.push(one);
    if (at !== undefined) continue;
    const part = localPart(one);
    parts.push(part);
    offset += part.length;
  }
  const directory = Buffer.concat(placed.map(directoryPart));
  const count = placed.length;
  const end = [[0, 2] as const, [0, 2] as const, [count, 2] as const, [count, 2] as const];
  return Buffer.concat([
    ...parts,
    directory,
    numbers([0x06054b50, 4], ...end, [directory.length, 4], [offset, 4], [0, 2]),
  ]);
}
