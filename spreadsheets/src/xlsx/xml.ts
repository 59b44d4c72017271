import { isLedgerError, LedgerError } from '@carbon-ledger/core';
import { SaxesParser } from 'saxes';
import { textOf, type Package } from './unpack';

/** An element as it opens. Names come without the prefix of their namespace: some programs write `x:row`, others `row`. */
export interface Element {
  readonly name: string;
  attribute(name: string): string | undefined;
}

export interface Handler {
  readonly open?: (element: Element) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** What the parser gives while it does not look at namespaces. */
interface PlainTag {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

class OpenElement implements Element {
  readonly name: string;
  readonly #attributes: Readonly<Record<string, string>>;

  constructor({ name, attributes }: PlainTag) {
    this.name = localName(name);
    this.#attributes = attributes;
  }

  attribute(name: string): string | undefined {
    const own = this.#attributes[name];
    if (own !== undefined) return own;
    for (const key in this.#attributes)
      if (key.charAt(key.length - name.length - 1) === ':' && key.endsWith(name)) return this.#attributes[key];
    return undefined;
  }
}

/** No program nests the elements of a workbook so deep; the parser keeps every element that is open. */
const deepest = 64;

/**
 * Reads a part as strict XML. A document type is refused: entities that unfold into gigabytes are declared there, and no
 * program writes one into a workbook.
 * @throws LedgerError SHEET_UNREADABLE naming the part
 */
export function readXml(parts: Package, name: string, handler: Handler): void {
  const part = parts.part(name);
  if (part === undefined) throw new LedgerError('SHEET_UNREADABLE', `the workbook lacks its part ${name}`);
  const parser = new SaxesParser({ xmlns: false });
  const fail = (what: string): never => {
    throw new LedgerError('SHEET_UNREADABLE', `the workbook is damaged in its part ${name}: ${what}`);
  };
  parser.on('error', (error) => fail(error.message));
  parser.on('doctype', () => fail('it declares a document type'));
  let depth = 0;
  parser.on('opentag', (tag) => {
    parts.tally.element();
    depth += 1;
    if (depth > deepest) fail(`its elements are nested more than ${String(deepest)} deep`);
    handler.open?.(new OpenElement(tag));
  });
  parser.on('closetag', (tag) => {
    depth -= 1;
    handler.close?.(localName(tag.name));
  });
  if (handler.text) {
    parser.on('text', handler.text);
    parser.on('cdata', handler.text);
  }
  try {
    for (const piece of textOf(part)) parser.write(piece);
    parser.close();
  } catch (error) {
    if (isLedgerError(error)) throw error;
    fail(error instanceof Error ? error.message : String(error));
  }
}

/** `_x000D_` in a cell's text stands for the character, and `_x005F_` for the line of such an escape (ECMA-376, 22.9.2.19). */
export function unescapeText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
