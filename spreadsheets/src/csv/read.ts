import { decodeText, isLedgerError, LedgerError, type TextEncoding } from '@carbon-ledger/core';
import Papa from 'papaparse';
import type { Cell, Row, Workbook } from '../model';

interface Decoded {
  readonly text: string;
  readonly encoding: TextEncoding;
}

/**
 * Text in UTF-8 or GB18030 (which contains GBK). Chinese words in GB18030 are no valid UTF-8, so trying UTF-8 first does not
 * guess.
 * @throws LedgerError SHEET_UNREADABLE
 */
function decodeTable(bytes: Uint8Array): Decoded {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    try {
      return { text: decodeText(bytes, encoding), encoding };
    } catch (error) {
      if (!isLedgerError(error)) throw error;
    }
  }
  throw new LedgerError('SHEET_UNREADABLE', 'the text is neither UTF-8 nor GB18030');
}

/** Characters that no table has; where they stand, the file is something else. */
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function toRow(fields: readonly string[], index: number): Row[] {
  const number = index + 1;
  const cells = fields.flatMap((text, at): [number, Cell][] =>
    text.trim() === '' ? [] : [[at + 1, { row: number, column: at + 1, kind: 'text', text }]],
  );
  return cells.length === 0 ? [] : [{ number, hidden: false, cells: new Map(cells) }];
}

/**
 * Reads CSV text (RFC 4180; comma, tab or semicolon) as a workbook of one sheet. Rows are numbered as a spreadsheet program
 * shows them.
 * @param name of the sheet
 * @throws LedgerError SHEET_UNREADABLE with the row where quotes do not end
 */
export function readCsv(bytes: Uint8Array, name = 'CSV'): Workbook {
  const { text, encoding } = decodeTable(bytes);
  if (controls.test(text)) throw new LedgerError('SHEET_UNREADABLE', 'the file is no text');
  const { data, errors } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';'] });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) {
    const row = String((broken.row ?? 0) + 1);
    throw new LedgerError('SHEET_UNREADABLE', `row ${row}: ${broken.message}`, { details: { row } });
  }
  const sheet = { name, hidden: false, rows: data.flatMap(toRow), merges: [], hiddenColumns: [] };
  return { format: 'csv', encoding, from1904: false, sheets: [sheet] };
}
