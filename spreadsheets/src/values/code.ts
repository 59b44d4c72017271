import { isUscc, plainTextFault } from '@carbon-ledger/core';
import { excerpt } from '../bounds';
import type { Cell } from '../model';
import { plainWidth, quoted, refused, type Reading } from './reading';

const exponent = /^[0-9](?:\.[0-9]+)?E\+?[0-9]{1,3}$/i;

function lost(text: string): Reading {
  const message = `${excerpt(text)}: a number this long was kept in 15 digits, the others are lost`;
  return refused('CELL_SCIENTIFIC', message, 'the whole number, in a cell formatted as text');
}

/** Words are kept as they were written, （虚构） with its own parentheses; signs of a code are those of a keyboard. */
function asCode(text: string): string {
  return /\p{Script=Han}/u.test(text) ? wordsOf(text) : plainWidth(text);
}

const wordsOf = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** A number of a document, an account, a project, or a name: text. A spreadsheet program keeps 15 digits of one that it takes for a number. */
export function readCode(cell: Cell, pattern?: RegExp): Reading {
  const text = asCode(cell.text);
  if (exponent.test(text)) return lost(text);
  if (cell.kind === 'number' && text.replace(/\D/g, '').length > 15) return lost(text);
  if (cell.kind === 'boolean' || cell.shownAs === 'date' || !isWhole(cell, text) || (pattern && !pattern.test(text)))
    return refused('CELL_BAD_CODE', `${quoted(cell.text)} is no such code`, 'the code as its source writes it');
  return { value: text };
}

function isWhole({ kind }: Cell, text: string): boolean {
  return kind === 'number'
    ? /^[0-9]+$/.test(text)
    : text !== '' && text.length <= 300 && plainTextFault(text) === undefined;
}

/** GB 32100, with its check character. */
export function readUscc(cell: Cell): Reading {
  const reading = readCode(cell);
  if ('fault' in reading) return reading;
  const uscc = reading.value.toUpperCase();
  if (isUscc(uscc)) return { value: uscc };
  const message = `${quoted(cell.text)} is not a unified social credit code: its check character does not fit`;
  return refused('CELL_BAD_CODE', message, '18 characters by GB 32100');
}

/** A line of words as people wrote it. */
export function readWords(cell: Cell): Reading {
  const text = wordsOf(cell.text);
  const fault = text.length > 300 ? 'longer than 300 characters' : plainTextFault(text);
  if (fault === undefined) return { value: text };
  return refused('CELL_BAD_CODE', fault, 'a line of text of at most 300 characters, in which every character is seen');
}
