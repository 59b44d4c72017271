import { LedgerError } from '@carbon-ledger/core';
import { defaultLimits, type Package } from './unpack';
import { readXml, unescapeText } from './xml';

/** Target of each relationship of a part, as a path in the package. */
function relationships(parts: Package, of: string): Map<string, { readonly type: string; readonly target: string }> {
  const slash = of.lastIndexOf('/') + 1;
  const folder = of.slice(0, slash);
  const found = new Map<string, { type: string; target: string }>();
  const name = `${folder}_rels/${of.slice(slash)}.rels`;
  if (!parts.has(name)) return found;
  readXml(parts, name, {
    open: (element) => {
      const id = element.attribute('Id');
      const target = element.attribute('Target');
      if (element.name !== 'Relationship' || id === undefined || target === undefined) return;
      if (element.attribute('TargetMode') === 'External') return;
      const type = (element.attribute('Type') ?? '').replace(/^.*\//, '');
      if (found.size > defaultLimits.parts)
        throw new LedgerError('SHEET_TOO_LARGE', `the workbook holds more than ${String(defaultLimits.parts)} parts`);
      found.set(id, { type, target: target.startsWith('/') ? target.slice(1) : withoutDots(folder + target) });
    },
  });
  return found;
}

/** `xl/worksheets/../tables/a.xml` → `xl/tables/a.xml`. */
function withoutDots(path: string): string {
  const kept: string[] = [];
  for (const step of path.split('/')) {
    if (step === '..') kept.pop();
    else if (step !== '.') kept.push(step);
  }
  return kept.join('/');
}

export interface SheetPart {
  readonly name: string;
  readonly hidden: boolean;
  readonly part: string;
}

/** What the workbook part and its relations say. */
export interface WorkbookParts {
  readonly sheets: readonly SheetPart[];
  readonly from1904: boolean;
  readonly sharedStrings: string | undefined;
  readonly styles: string | undefined;
}

function partOfType(related: ReturnType<typeof relationships>, type: string): string | undefined {
  return [...related.values()].find((one) => one.type === type)?.target;
}

/** A sheet for each day of a year is kept by some; a thousand by nobody. */
const mostSheets = 1000;

/** @throws LedgerError SHEET_UNREADABLE where the package is no workbook, SHEET_TOO_LARGE */
export function readWorkbookParts(parts: Package): WorkbookParts {
  const main = partOfType(relationships(parts, ''), 'officeDocument');
  if (main === undefined || !parts.has(main))
    throw new LedgerError('SHEET_UNREADABLE', 'the file is a ZIP archive, but no workbook');
  const related = relationships(parts, main);
  const sheets: SheetPart[] = [];
  let from1904 = false;
  readXml(parts, main, {
    open: (element) => {
      if (element.name === 'workbookPr') from1904 = isTrue(element.attribute('date1904'));
      if (element.name !== 'sheet') return;
      const target = related.get(element.attribute('id') ?? '');
      if (target?.type !== 'worksheet') return;
      if (sheets.some(({ part }) => part === target.target))
        throw new LedgerError('SHEET_UNREADABLE', 'the workbook is damaged: two of its sheets are one part');
      const name = element.attribute('name') ?? '';
      if (sheets.some((one) => one.name.toLowerCase() === name.toLowerCase()))
        throw new LedgerError('SHEET_UNREADABLE', `the workbook is damaged: two of its sheets are called ${name}`);
      const hidden = (element.attribute('state') ?? 'visible') !== 'visible';
      sheets.push({ name, hidden, part: target.target });
    },
  });
  if (sheets.length > mostSheets)
    throw new LedgerError('SHEET_TOO_LARGE', `the workbook has more than ${String(mostSheets)} sheets`);
  if (sheets.length === 0) throw new LedgerError('SHEET_UNREADABLE', 'the workbook has no sheet');
  return {
    sheets,
    from1904,
    sharedStrings: partOfType(related, 'sharedStrings'),
    styles: partOfType(related, 'styles'),
  };
}

export function isTrue(attribute: string | undefined): boolean {
  return attribute === '1' || attribute === 'true';
}

/** Texts that cells refer to by number. Phonetic guides (`rPh`) are no part of a text. */
export function readSharedStrings(parts: Package, name: string | undefined): string[] {
  const texts: string[] = [];
  if (name === undefined || !parts.has(name)) return texts;
  let text = '';
  let isText = false;
  let phonetic = 0;
  readXml(parts, name, {
    open: (element) => {
      if (element.name === 'si') text = '';
      if (element.name === 'rPh') phonetic += 1;
      isText = element.name === 't' && phonetic === 0;
    },
    text: (piece) => {
      if (isText) text += piece;
    },
    close: (closed) => {
      if (closed === 'rPh') phonetic -= 1;
      if (closed === 't') isText = false;
      if (closed === 'si') texts.push(unescapeText(text));
    },
  });
  return texts;
}

/** What a style makes of a number, by the style's index. */
export type Styles = readonly ('date' | 'percent' | undefined)[];

/** Formats that come with the program (ECMA-376 part 1, 18.8.30, and those of Chinese locales). */
const dateFormats = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
] as const;

function builtIn(id: number): 'date' | 'percent' | undefined {
  if (id === 9 || id === 10) return 'percent';
  return dateFormats.some(([first, last]) => id >= first && id <= last) ? 'date' : undefined;
}

function meaningOf(code: string): 'date' | 'percent' | undefined {
  // Quoted words, escaped characters and conditions in brackets say nothing of the number. No bracket is looked for beyond the next that
  // opens: a format of a million that never close would be read a million times.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\][]*\]/gi, '');
  if (/[yd]|m[-/年月]|[-/年]m|h/i.test(bare)) return 'date';
  return bare.includes('%') ? 'percent' : undefined;
}

export function readStyles(parts: Package, name: string | undefined): Styles {
  if (name === undefined || !parts.has(name)) return [];
  const formats = new Map<number, 'date' | 'percent' | undefined>();
  const styles: ('date' | 'percent' | undefined)[] = [];
  let inCellFormats = false;
  readXml(parts, name, {
    open: (element) => {
      const id = Number(element.attribute('numFmtId') ?? 0);
      if (element.name === 'numFmt') formats.set(id, meaningOf(element.attribute('formatCode') ?? ''));
      if (element.name === 'cellXfs') inCellFormats = true;
      if (element.name === 'xf' && inCellFormats) styles.push(formats.has(id) ? formats.get(id) : builtIn(id));
    },
    close: (closed) => {
      if (closed === 'cellXfs') inCellFormats = false;
    },
  });
  return styles;
}
