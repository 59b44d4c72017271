import { plainWidth } from '../values/reading';
import type { ColumnSpec } from './spec';

/** Chinese names of units. Tonnes of CO2 and of coal are both 吨: which is meant is said by the column. */
const unitNames: Readonly<Record<string, readonly string[]>> = {
  吨: ['t', 'tco2', 'tco2e'],
  吨二氧化碳: ['tco2'],
  吨二氧化碳当量: ['tco2e', 'tco2'],
  t: ['t', 'tco2', 'tco2e'],
  tco2: ['tco2', 'tco2e'],
  tco2e: ['tco2e', 'tco2'],
  兆瓦时: ['mwh'],
  吉焦: ['gj'],
  '吉焦/吨': ['gj/t'],
  小时: ['h'],
  兆瓦: ['mw'],
  千瓦时: ['kwh'],
};

const bareUnit = (text: string): string => plainWidth(text).replace(/\s/g, '').replaceAll('₂', '2').toLowerCase();

function isUnit(found: string, expected: string): boolean {
  const bare = bareUnit(found);
  return bare === bareUnit(expected) || (unitNames[bare] ?? []).includes(bareUnit(expected));
}

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
