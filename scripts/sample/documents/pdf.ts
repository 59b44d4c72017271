/**
 * The smallest PDF that shows Chinese text: one A4 page, one of the standard CJK fonts that every viewer has or replaces
 * (STSong-Light with the predefined CMap UniGB-UCS2-H, ISO 32000-1 section 9.7.5.2), nothing compressed, no time and no
 * random id, so that the same text always gives the same bytes.
 */

export interface PdfLine {
  readonly text: string;
  /** Points; 10 by default. */
  readonly size?: number;
  /** Points from the left edge; 60 by default. */
  readonly indent?: number;
}

const page = { width: 595, height: 842, top: 780, step: 20 };

/** UTF-16BE in hex: the string form of UniGB-UCS2-H. Characters beyond the basic plane are not used in forms. */
function hexText(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
}

function contentOf(lines: readonly PdfLine[]): string {
  const shown = lines.map(({ text, size = 10, indent = 60 }, index) => {
    const y = page.top - index * page.step;
    return `BT /F1 ${String(size)} Tf ${String(indent)} ${String(y)} Td <${hexText(text)}> Tj ET`;
  });
  return shown.join('\n');
}

function objectsOf(lines: readonly PdfLine[], title: string): string[] {
  const content = contentOf(lines);
  return [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${String(page.width)} ${String(page.height)}] ` +
      '/Resources << /Font << /F1 4 0 R >> >> /Contents 7 0 R >>',
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light-UniGB-UCS2-H /Encoding /UniGB-UCS2-H ' +
      '/DescendantFonts [5 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light ' +
      '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /W [1 95 500] ' +
      '/FontDescriptor 6 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 ' +
      '/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
    `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
    `<< /Title <FEFF${hexText(title)}> >>`,
  ];
}

/** One page with a line of text each 20 points. @throws RangeError for more lines than the page has */
export function pdfPage(title: string, lines: readonly PdfLine[]): Uint8Array {
  if (lines.length > 36) throw new RangeError(`${String(lines.length)} lines do not fit on the page`);
  const objects = objectsOf(lines, title);
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = String(objects.length + 1);
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R /Info 8 0 R >>\nstartxref\n${String(body.length)}\n%%EOF\n`;
  return Buffer.from(`${body}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}
