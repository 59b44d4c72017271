/**
 * Characters that are not seen and yet are there: controls, formatting marks (zero-width, bidirectional, tags), whatever a
 * font leaves out (Unicode Default_Ignorable_Code_Point: fillers, variation selectors), line and paragraph separators, and
 * halves of surrogate pairs. With them two names look alike and are not, or a text reads other than it stands (UTS 39, UTS 55).
 * A space is seen; which one it is does not matter here.
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
/**
 * ASCII, Chinese characters, their punctuation and ours (the dash of a signed note among it) are all seen: where nothing else
 * stands, the tables of Unicode need not be asked.
 */
const EVERYDAY = /^[ -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u3001-\u3020\u4e00-\u9fff\uff01-\uff5e]*$/;
const EACH_UNSEEN = new RegExp(UNSEEN, 'gu');
/** In JSON text, where its own line ends are no part of any value. */
const UNSEEN_IN_JSON = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800\u007f-\u009f]/u;
const EACH_UNSEEN_IN_JSON = new RegExp(UNSEEN_IN_JSON, 'gu');

/** One that stands in a text. */
export interface UnseenCharacter {
  /** `U+200B` */
  readonly character: string;
  /** Characters before it, counted as people do (code points). */
  readonly at: number;
}

/** Whether everything in a text is seen: what names in new records must be. */
export function isPlainText(text: string): boolean {
  return EVERYDAY.test(text) || !UNSEEN.test(text);
}

/** Every character of a text that is not seen, in order. */
export function unseenCharacters(text: string): UnseenCharacter[] {
  return Array.from(text, (character, at) => ({ character, at }))
    .filter(({ character }) => UNSEEN.test(character))
    .map(({ character, at }) => ({ character: codePointName(character), at }));
}

/** What is wrong with a text that is not plain, in words; undefined for one that is. */
export function plainTextFault(text: string): string | undefined {
  if (isPlainText(text)) return undefined;
  const places = unseenCharacters(text.slice(0, LONGEST_TOLD)).map(
    ({ character, at }) => `${character} as character ${at + 1}`,
  );
  const told = places.slice(0, MOST_TOLD).join(', ');
  return `holds characters that are not seen: ${told === '' ? 'far behind' : told}${places.length > MOST_TOLD ? ', …' : ''}`;
}

const MOST_TOLD = 5;
const LONGEST_TOLD = 10_000;

/** The same text with whatever is not seen written out, as `‹U+200B›`: for people to read. */
export function visibleText(text: string): string {
  return UNSEEN.test(text) ? text.replace(EACH_UNSEEN, (character) => `‹${codePointName(character)}›`) : text;
}

/** The same JSON value with whatever is not seen escaped, as `\u200b`. @param json well-formed JSON text */
export function visibleJson(json: string): string {
  return !EVERYDAY.test(json) && UNSEEN_IN_JSON.test(json) ? json.replace(EACH_UNSEEN_IN_JSON, escaped) : json;
}

function codePointName(character: string): string {
  return `U+${hex(character.codePointAt(0) ?? 0).toUpperCase()}`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => `\\u${hex(character.charCodeAt(unit))}`).join('');
}

function hex(code: number): string {
  return code.toString(16).padStart(4, '0');
}
