import { encode } from 'uqr';
import { LedgerError } from '@carbon-ledger/core';
import type { Attachment, Block, Paper } from './paper';
import { colours, Sheet } from './sheet';
import { drawFacts, drawTable } from './table';
import { visibleText } from './visible-text';

/** A QR code with what is written beside it. */
const CODE_POINTS = 92;
const CODE_GAP = 14;

/**
 * A paper as PDF/A-3a (ISO 19005-3): its fonts inside, tagged, its attachments along. The same paper always gives the same bytes.
 * @throws LedgerError BAD_REQUEST for a date that is none
 */
export function makePdf(paper: Readonly<Paper>): Promise<Uint8Array> {
  if (Number.isNaN(Date.parse(paper.dated))) throw new LedgerError('BAD_REQUEST', `${paper.dated} is no date`);
  const sheet = new Sheet(paper);
  const whole = collect(sheet.document);
  drawTitle(sheet, paper);
  for (const block of paper.blocks) draw(sheet, block);
  sheet.root.end();
  drawFeet(sheet, paper);
  for (const attachment of paper.attachments) attach(sheet, attachment, paper.dated);
  sheet.document.end();
  return whole;
}

function collect(document: PDFKit.PDFDocument): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => {
      resolve(Buffer.concat(chunks));
    });
    document.on('error', reject);
  });
}

function drawTitle(sheet: Sheet, { title, subtitle }: Paper): void {
  sheet.write(sheet.root, 'H1', title, {}, { size: 20, weight: 'bold', align: 'center' });
  sheet.space(4);
  sheet.write(sheet.root, 'P', subtitle, {}, { size: 11, align: 'center', colour: colours.quiet });
  sheet.space(14);
}

function draw(sheet: Sheet, block: Block): void {
  switch (block.kind) {
    case 'heading':
      drawHeading(sheet, block.text);
      return;
    case 'text':
      drawText(sheet, block.text, block.quiet === true ? colours.quiet : colours.plain);
      return;
    case 'verdict':
      drawVerdict(sheet, block);
      return;
    case 'list':
      drawList(sheet, block.items);
      return;
    case 'facts':
      drawFacts(sheet, block);
      return;
    case 'table':
      drawTable(sheet, block);
      return;
    case 'code':
      drawCode(sheet, block);
  }
}

function drawHeading(sheet: Sheet, text: string): void {
  // With room for something to stand under it.
  sheet.ensure(64);
  sheet.space(6);
  sheet.write(sheet.root, 'H2', text, {}, { size: 12.5, weight: 'bold' });
  sheet.space(5);
}

function drawText(sheet: Sheet, text: string, colour: string): void {
  sheet.write(sheet.root, 'P', text, {}, { colour });
  sheet.space(6);
}

function drawVerdict(sheet: Sheet, { text, tone }: Extract<Block, { kind: 'verdict' }>): void {
  const style = { size: 12, weight: 'bold', colour: colours[tone] } as const;
  const height = sheet.heightOf(text, sheet.width - 24, style) + 14;
  sheet.ensure(height);
  const top = sheet.y;
  sheet.decorate((document) => {
    document.rect(sheet.left, top, sheet.width, height).fill(colours.band);
    document.rect(sheet.left, top, 4, height).fill(colours[tone]);
  });
  sheet.write(sheet.root, 'P', text, { x: sheet.left + 14, y: top + 8, width: sheet.width - 24 }, style);
  sheet.y = top + height + 10;
}

function drawList(sheet: Sheet, items: readonly string[]): void {
  const list = sheet.struct(sheet.root, 'L');
  for (const item of items) {
    const width = sheet.width - 14;
    sheet.ensure(Math.min(sheet.heightOf(item, width), sheet.pageHeight));
    const y = sheet.y;
    const entry = sheet.struct(list, 'LI');
    sheet.write(entry, 'Lbl', '·', { x: sheet.left + 2, y, width: 10 });
    sheet.write(entry, 'LBody', item, { x: sheet.left + 14, y, width });
    sheet.space(2);
  }
  sheet.space(6);
}

function drawCode(sheet: Sheet, { content, text }: Extract<Block, { kind: 'code' }>): void {
  sheet.ensure(CODE_POINTS + 8);
  const top = sheet.y;
  const { size, data } = encode(content, { ecc: 'M', border: 2 });
  const module = CODE_POINTS / size;
  sheet.decorate((document) => {
    for (const [row, cells] of data.entries())
      for (const [column, isDark] of cells.entries())
        if (isDark) document.rect(sheet.left + column * module, top + row * module, module, module);
    document.fill('#000000');
  });
  const place = { x: sheet.left + CODE_POINTS + CODE_GAP, y: top + 6, width: sheet.width - CODE_POINTS - CODE_GAP };
  sheet.write(sheet.root, 'P', text, place);
  sheet.y = Math.max(sheet.y, top + CODE_POINTS) + 8;
}

/** Foot and page number of each page, when it is known how many there are. */
function drawFeet(sheet: Sheet, { foot }: Paper): void {
  const { document } = sheet;
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page);
    const y = document.page.height - document.page.margins.bottom + 16;
    // Nothing that is written below the last line may begin another page.
    document.page.margins.bottom = 0;
    sheet.decorate(() => {
      const style = { size: 7.5, colour: colours.quiet };
      const wide = sheet.width - 60;
      sheet.use(style).text(visibleText(foot), sheet.left, y, { width: wide, height: 22, ellipsis: true });
      const number = `${String(page - start + 1)} / ${String(count)}`;
      sheet.use(style).text(number, sheet.left + wide, y, { width: 60, align: 'right', lineBreak: false });
    });
  }
}

function attach({ document }: Sheet, { name, mediaType, bytes, description }: Attachment, dated: string): void {
  const date = new Date(dated);
  // PDF/A-3 asks what the file is to the paper; the type declarations do not know it yet.
  const options = { name, type: mediaType, description, creationDate: date, modifiedDate: date, relationship: 'Data' };
  document.file(Buffer.from(bytes), options);
}
