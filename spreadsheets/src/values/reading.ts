import type { ErrorCode } from '@carbon-ledger/core';
import { excerpt } from '../bounds';

/** What a cell was taken for, or why it cannot be taken. */
export type Reading =
  | { readonly value: string; readonly note?: string }
  | { readonly fault: ErrorCode; readonly message: string; readonly expected: string };

export function refused(fault: ErrorCode, message: string, expected: string): Reading {
  return { fault, message, expected };
}

export function isRefused(reading: Reading): reading is Extract<Reading, { readonly fault: ErrorCode }> {
  return 'fault' in reading;
}

/** What stands in a cell, in quotes, as far as it is needed to know it again. */
export const quoted = (text: string): string => JSON.stringify(excerpt(text));

const beyondKeyboard = /[^\u0000-\u007f]/;

/** Full-width ASCII (`１２．５`), ideographic and no-break spaces, and signs that print nothing, as input methods leave them. */
export function plainWidth(text: string): string {
  // Nearly every cell of a large sheet.
  if (!beyondKeyboard.test(text)) return text.trim();
  return text
    .replace(/[\u200b-\u200d\u2060\ufeff]/g, '')
    .replace(/[\u3000\u00a0]/g, ' ')
    .replace(/[\uff01-\uff5e]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0xfee0))
    .replace(/\u2212/g, '-')
    .trim();
}
