import { isDrawn } from './fonts';

/** Characters that the fonts lack and others say as well. */
const SUBSTITUTES: ReadonlyMap<string, string> = new Map([
  ...Array.from('₀₁₂₃₄₅₆₇₈₉', (character, digit) => [character, String(digit)] as const),
  // Never alone: 10⁴ is not 104.
  ...Array.from('⁰⁴⁵⁶⁷⁸⁹', (character, at) => [character, `^${at === 0 ? '0' : String(at + 3)}`] as const),
  ['\u00a0', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['\u2011', '-'],
  ['✕', '×'],
]);

/** What steers a text without being seen: control characters, marks of direction and joining, tags. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;

/**
 * A text as a paper shows it. Names come from anybody: what is not seen, turns the direction of writing, or is in no font is
 * written out by its number, so that no paper says one thing to the eye and another to a copy.
 */
export function visibleText(text: string): string {
  return Array.from(text.replaceAll('\t', ' '), shown).join('');
}

function shown(character: string): string {
  if (character === '\n') return character;
  const known = SUBSTITUTES.get(character) ?? character;
  const isShown = Array.from(known).every((one) => !UNSEEN.test(one) && isDrawn(one.codePointAt(0) ?? 0));
  return isShown ? known : `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`;
}
