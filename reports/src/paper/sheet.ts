import PDFDocument from 'pdfkit';
import { fontFile, type Weight } from './fonts';
import { linesOf } from './lines';
import type { Paper, Tone } from './paper';
import { visibleText } from './visible-text';

export const colours: Readonly<Record<Tone | 'quiet' | 'line' | 'band', string>> = {
  plain: '#1a1a1a',
  good: '#1d6b35',
  warn: '#8a5200',
  bad: '#b3261e',
  quiet: '#595959',
  line: '#bfbfbf',
  band: '#f2f4f6',
};

export interface Style {
  readonly size?: number;
  readonly weight?: Weight;
  readonly colour?: string;
  readonly align?: 'left' | 'right' | 'center';
  /** Points between lines, beyond those of the font. */
  readonly gap?: number;
}

type Structure = PDFKit.PDFStructureElement;

const MARGIN = 56;
const FOOT = 40;
const SIZE = 10;
const LINE_GAP = 1.5;
const SPARE = 4;
const spareLeft = { left: 0, center: SPARE / 2, right: SPARE } as const;

const wideMarks: Readonly<Record<string, string>> = { '&': '＆', '<': '＜', '>': '＞' };

/**
 * A text for the properties of the file. They are written into its XML as they are, so that what is a mark there would leave no
 * XML (ISO 19005-3, 6.6.2.1): its wide form stands for it.
 */
function metadataText(text: string): string {
  return visibleText(text).replace(/[&<>]/g, (mark) => wideMarks[mark] ?? mark);
}

/** An A4 page after another, written from top to bottom; everything on it is tagged for readers that speak (ISO 19005-3, level A). */
export class Sheet {
  readonly document: PDFKit.PDFDocument;
  readonly root: Structure;
  readonly left = MARGIN;
  readonly #isEnglish: boolean;
  readonly width: number;

  constructor({ title, language, dated, keywords, subtitle }: Paper) {
    this.#isEnglish = language === 'en';
    const date = new Date(dated);
    this.document = new PDFDocument({
      size: 'A4',
      margins: { top: MARGIN, left: MARGIN, right: MARGIN, bottom: MARGIN + FOOT },
      bufferPages: true,
      subset: 'PDF/A-3a',
      pdfVersion: '1.7',
      tagged: true,
      lang: language === 'zh' ? 'zh-CN' : 'en',
      displayTitle: true,
      info: {
        Title: metadataText(title),
        Subject: metadataText(subtitle),
        Keywords: metadataText(keywords.join(' ')),
        Creator: 'Carbon Audit Ledger',
        Producer: 'Carbon Audit Ledger',
        CreationDate: date,
        ModDate: date,
      },
    });
    this.document.registerFont('regular', fontFile('regular'));
    this.document.registerFont('bold', fontFile('bold'));
    this.root = this.document.struct('Document');
    this.document.addStructure(this.root);
    this.width = this.document.page.width - 2 * MARGIN;
  }

  /** Where the next piece begins. */
  get y(): number {
    return this.document.y;
  }

  set y(y: number) {
    this.document.y = y;
  }

  /** Lowest line of the page that pieces may use. */
  get bottom(): number {
    return this.document.page.height - MARGIN - FOOT;
  }

  get pageHeight(): number {
    return this.bottom - MARGIN;
  }

  space(points: number): void {
    this.y += points;
  }

  /** Begins another page where so much does not fit on this one. @returns whether it did */
  ensure(points: number): boolean {
    if (this.y + points <= this.bottom) return false;
    this.document.addPage();
    return true;
  }

  use({ size = SIZE, weight = 'regular', colour = colours.plain }: Style): PDFKit.PDFDocument {
    return this.document.font(weight).fontSize(size).fillColor(colour);
  }

  /** As it is written: fonts for Chinese draw the apostrophe as wide as a character. */
  shown(text: string): string {
    return visibleText(this.#isEnglish ? text.replaceAll('’', "'") : text);
  }

  widthOf(text: string, style: Style = {}): number {
    return this.use(style).widthOfString(this.shown(text));
  }

  /** Height of a line with the gap under it. */
  lineHeight(style: Style = {}): number {
    return this.use(style).currentLineHeight(true) + (style.gap ?? LINE_GAP);
  }

  /** A text as it is broken into lines of a width. */
  linesOf(text: string, width: number, style: Style = {}): string[] {
    const known = new Map<string, number>();
    return linesOf(text, width, (piece) => {
      const points = known.get(piece) ?? this.widthOf(piece, style);
      known.set(piece, points);
      return points;
    });
  }

  heightOf(text: string, width: number, style: Style = {}): number {
    return this.linesOf(text, width, style).length * this.lineHeight(style);
  }

  /** Writes a text into a column at the line `y`, as one element of the structure. */
  write(parent: Structure, tag: string, text: string, place: Place, style: Style = {}): void {
    const { width = this.width } = place;
    this.writeLines(parent, tag, this.linesOf(text, width, style), place, style);
  }

  /** Writes lines that fit as they are. */
  writeLines(parent: Structure, tag: string, lines: readonly string[], place: Place, style: Style = {}): void {
    const { x = this.left, y = this.y, width = this.width } = place;
    const { align = 'left', gap = LINE_GAP } = style;
    // The library breaks what is wider than its column: by room to spare it finds nothing to break.
    const box = { width: width + SPARE, align, lineGap: gap };
    parent.add(
      this.document.struct(tag, {}, () => {
        this.use(style).text(this.shown(lines.join('\n')), x - spareLeft[align], y, box);
      }),
    );
  }

  /** Lines, bands and codes: seen, and left out by readers that speak. */
  decorate(draw: (document: PDFKit.PDFDocument) => void): void {
    this.document.markContent('Artifact');
    draw(this.document);
    this.document.endMarkedContent();
  }

  struct(parent: Structure, tag: string): Structure {
    const element = this.document.struct(tag);
    parent.add(element);
    return element;
  }
}

interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
}
