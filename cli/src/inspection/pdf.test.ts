import { comparePdf } from './pdf';

/** Pages of Latin text in a standard font, as small as a PDF may be. */
function pdf(...pages: readonly string[]): Uint8Array {
  const kids = pages.map((_, index) => `${String(4 + 2 * index)} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${String(pages.length)} >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...pages.flatMap((text, index) => {
      const content = `BT /F1 12 Tf 60 700 Td (${text}) Tj ET`;
      const own = `/Resources << /Font << /F1 3 0 R >> >> /Contents ${String(5 + 2 * index)} 0 R`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] ${own} >>`,
        `<< /Length ${String(content.length)} >>\nstream\n${content}\nendstream`,
      ];
    }),
  ];
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = String(body.length).padStart(10, '0');
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return `${place} 00000 n \n`;
  });
  const size = String(objects.length + 1);
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.join('')}`;
  return Buffer.from(
    `${body}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${String(body.length)}\n%%EOF\n`,
  );
}

describe('what a changed PDF tells', () => {
  const anchored = pdf('Carbon content 56.33 percent', 'signed');

  it('is pages, and where the text parts, against a copy of what was anchored', async () => {
    const found = pdf('Carbon content 51.33 percent');
    const told = await comparePdf(anchored, found, String(anchored.length));
    expect(told[1]).toBe('2 pages were anchored, 1 are here');
    const parts = '" content 56.33 percent signed" became " content 51.33 percent"';
    expect(told[2]).toBe(`text from letter 17 on: ${parts}`);
  });

  it('is its own size and pages without one', async () => {
    expect(await comparePdf(undefined, anchored, '9')).toEqual([
      `9 bytes were anchored, ${String(anchored.length)} are here`,
      '2 pages here',
    ]);
  });

  it('is nothing where it cannot be read', async () => {
    await expect(comparePdf(undefined, Buffer.from('no PDF'), '9')).rejects.toMatchObject({ code: 'FILE_UNREADABLE' });
  });
});
