import type { Cell } from '../model';
import { plainWidth, refused, type Reading } from './reading';

/** Words in both languages. */
export interface Title {
  readonly en: string;
  readonly zh: string;
}

export type Choices = Readonly<Record<string, Title>>;

/** Other words under which systems write a choice, by its code. */
export type ChoiceSynonyms = Readonly<Record<string, readonly string[]>>;

export const yesNo: Choices = { true: { zh: '是', en: 'yes' }, false: { zh: '否', en: 'no' } };

const folded = (text: string): string => plainWidth(text).toLowerCase();

/** One of a list, by its code or its words in either language. */
export function readChoice(cell: Cell, choices: Choices, synonyms: ChoiceSynonyms = {}): Reading {
  const written = cell.kind === 'boolean' ? (cell.text === '1' ? 'true' : 'false') : folded(cell.text);
  const found = Object.entries(choices).find(([code, { zh, en }]) =>
    [code, zh, en, ...(synonyms[code] ?? [])].some((one) => folded(one) === written),
  );
  if (found) return { value: found[0] };
  const all = Object.values(choices).map(({ zh }) => zh);
  return refused('CELL_NOT_A_CHOICE', `${JSON.stringify(cell.text)} cannot be chosen`, all.join(' | '));
}
