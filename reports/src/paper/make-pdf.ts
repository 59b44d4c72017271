import { encode } from 'uqr';
import { LedgerError } from '@carbon-ledger/core';
import type { Attachment, Block, Paper } from './paper';
import { colours, Sheet } from './sheet';
import { drawTable, headOfTable } from './table';
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
  for (const [at, block] of paper.blocks.entries()) draw(sheet, block, paper.blocks.slice(at + 1));
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

function draw(sheet: Sheet, block: Block, next: readonly Block[]): void {
  switch (block.kind) {
    case 'heading':
      drawHeading(sheet, block.text, next);
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
    case 'table':
      drawTable(sheet, block);
      return;
    case 'code':
      drawCode(sheet, block);
  }
}

const HEADING = { size: 12.5, weight: 'bold' } as const;
const HEADING_SPACE = { above: 6, below: 5 };

/** On the page of what stands under it: a heading alone at the foot of a page announces nothing. */
function drawHeading(sheet: Sheet, text: string, next: readonly Block[]): void {
  sheet.ensure(Math.min(headingHeight(sheet, text) + headOf(sheet, next), sheet.pageHeight));
  sheet.space(HEADING_SPACE.above);
  sheet.write(sheet.root, 'H2', text, {}, HEADING);
  sheet.space(HEADING_SPACE.below);
}

function headingHeight(sheet: Sheet, text: string): number {
  return HEADING_SPACE.above + sheet.heightOf(text, sheet.width, HEADING) + HEADING_SPACE.below;
}

/** Lines of a text that stand under its heading at the least. */
const FIRST_LINES = 2;

/** How much of what follows has to stand under a heading. */
function headOf(sheet: Sheet, [block, ...next]: readonly Block[]): number {
  if (block === undefined) return 0;
  return block.kind === 'heading' ? headingHeight(sheet, block.text) + headOf(sheet, next) : beginning(sheet, block);
}

/** How much of a block is never parted from what announces it. */
function beginning(sheet: Sheet, block: Exclude<Block, { kind: 'heading' }>): number {
  switch (block.kind) {
    case 'facts':
    case 'table':
      return headOfTable(sheet, block);
    case 'list':
      return itemHeight(sheet, block.items[0] ?? '');
    case 'verdict':
      return verdictHeight(sheet, block);
    case 'code':
      return CODE_POINTS + 8;
    case 'text':
      return Math.min(sheet.heightOf(block.text, sheet.width), FIRST_LINES * sheet.lineHeight());
  }
}

function drawText(sheet: Sheet, text: string, colour: string): void {
  sheet.write(sheet.root, 'P', text, {}, { colour });
  sheet.space(6);
}

const VERDICT = { size: 12, weight: 'bold' } as const;

type VerdictBlock = Extract<Block, { kind: 'verdict' }>;

function verdictHeight(sheet: Sheet, { text }: VerdictBlock): number {
  return sheet.heightOf(text, sheet.width - 24, VERDICT) + 14;
}

function drawVerdict(sheet: Sheet, block: VerdictBlock): void {
  const { text, tone } = block;
  const height = verdictHeight(sheet, block);
  sheet.ensure(height);
  const top = sheet.y;
  sheet.decorate((document) => {
    document.rect(sheet.left, top, sheet.width, height).fill(colours.band);
    document.rect(sheet.left, top, 4, height).fill(colours[tone]);
  });
  sheet.write(
    sheet.root,
    'P',
    text,
    { x: sheet.left + 14, y: top + 8, width: sheet.width - 24 },
    { ...VERDICT, colour: colours[tone] },
  );
  sheet.y = top + height + 10;
}

const BULLET_POINTS = 14;

function itemHeight(sheet: Sheet, item: string): number {
  return sheet.heightOf(item, sheet.width - BULLET_POINTS);
}

function drawList(sheet: Sheet, items: readonly string[]): void {
  const list = sheet.struct(sheet.root, 'L');
  for (const item of items) {
    const width = sheet.width - BULLET_POINTS;
    sheet.ensure(Math.min(itemHeight(sheet, item), sheet.pageHeight));
    const y = sheet.y;
    const entry = sheet.struct(list, 'LI');
    sheet.write(entry, 'Lbl', '·', { x: sheet.left + 2, y, width: 10 });
    sheet.write(entry, 'LBody', item, { x: sheet.left + BULLET_POINTS, y, width });
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
