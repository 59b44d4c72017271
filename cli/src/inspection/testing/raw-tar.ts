/** A file of a tar as somebody writes it who means no good. */
export interface TarEntry {
  readonly name: string | Buffer;
  readonly data?: Buffer;
  /** POSIX 1003.1 typeflag: `0` a file, `2` a symbolic link, `x` an extended header. */
  readonly type?: string;
  readonly link?: string;
  /** The field that states its size, where it is another than its bytes. */
  readonly size?: string;
  /** Without `ustar`, as tars were before 1988. */
  readonly isOld?: boolean;
}

const block = 512;

function field(header: Buffer, at: number, text: string | Buffer): void {
  Buffer.from(text).copy(header, at);
}

function headerOf({ name, data = Buffer.of(), type = '0', link = '', size, isOld = false }: TarEntry): Buffer {
  const header = Buffer.alloc(block);
  const octal = (value: number, digits: number): string => value.toString(8).padStart(digits, '0');
  field(header, 0, name);
  field(header, 100, '0000644\u0000');
  field(header, 124, size ?? `${octal(data.length, 11)}\u0000`);
  field(header, 136, '00000000000\u0000');
  field(header, 148, ' '.repeat(8));
  field(header, 156, type);
  field(header, 157, link);
  if (!isOld) field(header, 257, 'ustar\u000000');
  const sum = header.reduce((total, byte) => total + byte, 0);
  field(header, 148, `${octal(sum, 6)}\u0000 `);
  return header;
}

function padded(data: Buffer): Buffer {
  return Buffer.concat([data, Buffer.alloc((block - (data.length % block)) % block)]);
}

/** One line of an extended header: its length, which counts itself, and what it says. */
export function paxLine(name: string, value: string): string {
  const rest = ` ${name}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + 1;
  while (String(length).length + bytes !== length) length += 1;
  return `${String(length)}${rest}`;
}

export function rawTar(entries: readonly TarEntry[], end: Buffer = Buffer.alloc(2 * block)): Buffer {
  const parts = entries.flatMap((entry) => [headerOf(entry), padded(entry.data ?? Buffer.of())]);
  return Buffer.concat([...parts, end]);
}
