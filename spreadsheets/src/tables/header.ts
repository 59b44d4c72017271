import { plainWidth } from '../values/reading';
import { isUnit } from '../values/units';
import type { ColumnSpec } from './spec';

/** Spaces, stars of required columns and punctuation say nothing in a header. */
export function bareHeader(text: string): string {
  return plainWidth(text)
    .replace(/[\s*:,.;，。、；：_\-—·]/g, '')
    .toLowerCase();
}

interface HeaderParts {
  readonly name: string;
  readonly unit: string | undefined;
}

/** `燃煤消耗量（t）` → name and unit; a unit may also stand behind a comma or a slash. */
function splitHeader(text: string): HeaderParts {
  const match = /^(.*?)\s*(?:[(\[【]([^()[\]【】]{1,20})[)\]】])\s*\*?$/s.exec(plainWidth(text));
  return { name: match?.[1] ?? text, unit: match?.[2] };
}

/** A cell that holds more is a remark. */
const longestHeader = 200;

/** How well a header names a column: not, by its name with another unit, or wholly. */
export type HeaderMatch = 'none' | 'other-unit' | 'same';

function namesOf({ id, title, synonyms = [] }: ColumnSpec): string[] {
  return [id, title.zh, title.en, ...synonyms].map(bareHeader);
}

/** Compares the text of a header cell with a column. */
export function matchHeader(text: string, column: ColumnSpec): HeaderMatch {
  if (text.length > longestHeader) return 'none';
  const names = namesOf(column);
  if (names.includes(bareHeader(text))) return 'same';
  const { name, unit } = splitHeader(text);
  if (unit === undefined || !names.includes(bareHeader(name))) return 'none';
  if (column.unit === undefined) return column.rule.kind === 'decimal' ? 'none' : 'same';
  return isUnit(unit, column.unit) ? 'same' : 'other-unit';
}

/** The unit that a header states. */
export function unitOfHeader(text: string): string | undefined {
  return text.length > longestHeader ? undefined : splitHeader(text).unit;
}
