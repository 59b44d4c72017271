import { zlibSync } from 'fflate';
import { concat, utf8Encode } from '../../bytes';

const ascii = utf8Encode;

/** Objects by number, as text or as text around bytes. */
export type Objects = Readonly<Record<number, string | readonly (string | Uint8Array)[]>>;

const bytesOf = (part: string | Uint8Array): Uint8Array => (typeof part === 'string' ? ascii(part) : part);

/** A PDF of these objects with one table of places; what it holds is for the test to say. */
export function pdfOf(objects: Objects, trailer = '/Root 1 0 R'): Uint8Array {
  return withPart(ascii('%PDF-1.7\n'), objects, trailer);
}

/** The same with a part added behind it, as a seal is. */
export function withPart(before: Uint8Array, objects: Objects, trailer: string): Uint8Array {
  let file = before;
  const lines: string[] = [];
  for (const [number, object] of Object.entries(objects)) {
    lines.push(`${number} 1\n${String(file.length).padStart(10, '0')} 00000 n \n`);
    const parts = typeof object === 'string' ? [object] : object;
    file = concat(file, ascii(`${number} 0 obj\n`), ...parts.map(bytesOf), ascii('\nendobj\n'));
  }
  return concat(
    file,
    ascii(`xref\n${lines.join('')}trailer\n<< ${trailer} >>\nstartxref\n${String(file.length)}\n%%EOF\n`),
  );
}

/** A stream of this content, packed. */
export function packed(content: Uint8Array, more = ''): readonly (string | Uint8Array)[] {
  const data = zlibSync(content, { level: 9 });
  return [`<< /Filter /FlateDecode /Length ${String(data.length)} ${more} >>\nstream\n`, data, '\nendstream'];
}

/** One attachment, at object 4. */
export function attaching(stream: Objects[number], name = '(a.receipt)'): Objects {
  return {
    1: '<< /Names << /EmbeddedFiles 2 0 R >> >>',
    2: `<< /Names [ ${name} 3 0 R ] >>`,
    3: `<< /F ${name} /EF << /F 4 0 R >> >>`,
    4: stream,
  };
}
