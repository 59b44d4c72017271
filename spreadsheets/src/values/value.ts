import { excerpt } from '../bounds';
import type { Cell } from '../model';
import { readChoice, yesNo, type Choices, type ChoiceSynonyms } from './choice';
import { readCode, readUscc, readWords } from './code';
import { readDay, readMonth, readYear } from './day';
import { readMoment } from './moment';
import { readDecimal } from './decimal';
import { refused, type Reading } from './reading';

/** What a column holds. */
export type ValueRule =
  | { readonly kind: 'decimal'; readonly decimals: number }
  | { readonly kind: 'day' | 'moment' | 'month' | 'year' | 'words' | 'uscc' | 'yes-no' }
  | { readonly kind: 'code'; readonly pattern?: RegExp }
  | { readonly kind: 'choice'; readonly choices: Choices; readonly synonyms?: ChoiceSynonyms };

type PlainKind = Exclude<ValueRule['kind'], 'decimal' | 'code' | 'choice'>;

const plain: Readonly<Record<PlainKind, (cell: Cell, from1904: boolean) => Reading>> = {
  day: readDay,
  moment: readMoment,
  month: readMonth,
  year: readYear,
  words: readWords,
  uscc: readUscc,
  'yes-no': (cell) => readChoice(cell, yesNo),
};

function readKind(cell: Cell, rule: ValueRule, unit: string | undefined, from1904: boolean): Reading {
  switch (rule.kind) {
    case 'decimal':
      return readDecimal(cell, unit === undefined ? rule : { ...rule, unit });
    case 'code':
      return readCode(cell, rule.pattern);
    case 'choice':
      return readChoice(cell, rule.choices, rule.synonyms);
    default:
      return plain[rule.kind](cell, from1904);
  }
}

/** Reads a cell by the rule of its column. What a formula gave is read as if it stood there. */
export function readValue(cell: Cell, rule: ValueRule, unit: string | undefined, from1904: boolean): Reading {
  if (cell.kind === 'error') return refused('CELL_FORMULA_ERROR', `the formula gives ${excerpt(cell.text)}`, 'a value');
  if (cell.formula !== undefined && cell.text === '')
    return refused('CELL_FORMULA_NOT_COMPUTED', `=${excerpt(cell.formula)} has no saved value`, 'a value');
  return readKind(cell, rule, unit, from1904);
}
