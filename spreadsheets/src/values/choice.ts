import type { Cell } from '../model';
import { plainWidth, quoted, refused, type Reading } from './reading';

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

const noSynonyms: ChoiceSynonyms = {};
const words = new WeakMap<Choices, WeakMap<ChoiceSynonyms, ReadonlyMap<string, string>>>();

/** Codes by every way to write them, folded once a list and not once a cell. The first choice that has a word keeps it. */
function codesByWord(choices: Choices, synonyms: ChoiceSynonyms): ReadonlyMap<string, string> {
  const ofChoices = words.get(choices) ?? new WeakMap<ChoiceSynonyms, ReadonlyMap<string, string>>();
  words.set(choices, ofChoices);
  const known = ofChoices.get(synonyms);
  if (known) return known;
  const written = Object.entries(choices).flatMap(([code, { zh, en }]) =>
    [code, zh, en, ...(synonyms[code] ?? [])].map((one) => [folded(one), code] as const),
  );
  const codes = new Map([...written].reverse());
  ofChoices.set(synonyms, codes);
  return codes;
}

/** One of a list, by its code or its words in either language. */
export function readChoice(cell: Cell, choices: Choices, synonyms: ChoiceSynonyms = noSynonyms): Reading {
  const written = cell.kind === 'boolean' ? (cell.text === '1' ? 'true' : 'false') : folded(cell.text);
  const found = codesByWord(choices, synonyms).get(written);
  if (found !== undefined) return { value: found };
  const all = Object.values(choices).map(({ zh }) => zh);
  return refused('CELL_NOT_A_CHOICE', `${quoted(cell.text)} cannot be chosen`, all.join(' | '));
}
