/**
 * Capital letters of other scripts that are printed like Latin ones (a subset of the Unicode confusables, UTS #39): on a
 * stamped page nobody can tell them apart, so they may not make a second number.
 */
const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹϺ', 'ABEZHIKMNOPTYXCM'],
    ['АВЕЅІЈКМНОРСТУХԚԜҮ', 'ABESIJKMHOPCTYXQWY'],
  ].flatMap(([from = '', to = '']) => Array.from(from).map((letter, index) => [letter, to.charAt(index)])),
);

/** What prints nothing: format characters, controls, fillers, variation selectors. White space is told apart before. */
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}]/gu;
const plainAscii = /^[ -~]*$/;
const separators = /[^\p{L}\p{N}\p{M}]+/gu;

const digit = /\p{Nd}/u;

/** A digit of any script (٣, ३) as 0 to 9: Unicode gives each script its ten in a row, from zero on. */
function plainDigit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  let first = code;
  while (digit.test(String.fromCodePoint(first - 1))) first -= 1;
  return String((code - first) % 10);
}

function foldLetter(letter: string): string {
  return lookAlikes[letter] ?? (digit.test(letter) ? plainDigit(letter) : letter);
}

function foldLetters(text: string): string {
  return Array.from(text.normalize('NFKC').toUpperCase().normalize('NFKC'), foldLetter).join('');
}

/** Width, case, digits and look-alikes. Twice, because a capital may itself have another compatible form. */
function fold(text: string): string {
  return foldLetters(foldLetters(text));
}

function withoutLeadingZeros(text: string): string {
  return text.replace(/(?<![0-9])0+(?=[0-9])/g, '');
}

/**
 * The identity of a number that people write by hand: a report number, a unit id, the block of a serial number, a project
 * reference. Two texts are the same number exactly when this gives the same text. Width (NFKC), case, digits of other scripts, letters that look
 * alike, signs that print nothing, white space, kinds of hyphens and separators, and leading zeros make no difference;
 * a separator counts only where it stands between two runs of digits, so `2024-1-11` is not `2024-11-1`.
 * @returns letters, digits, and `-` between digits; empty where the text has neither letter nor digit: that is no number
 */
export function normaliseIdentifier(text: string): string {
  return plainAscii.test(text) ? normaliseAscii(text) : normaliseAny(text);
}

/** Nearly every number is written so, and it spares the tables of Unicode. */
function normaliseAscii(text: string): string {
  const parted = text.toUpperCase().replace(/[^A-Z0-9]+/g, '-');
  return withoutLeadingZeros(parted.replace(/(?<![0-9])-|-(?![0-9])/g, ''));
}

function normaliseAny(text: string): string {
  const visible = fold(text.replace(/\s+/gu, ' ').replace(invisible, '')).replace(invisible, '');
  const parted = visible.replace(separators, '-').replace(/(?<![0-9])-|-(?![0-9])/g, '');
  return withoutLeadingZeros(parted);
}

/** True when both texts write the same number. Texts without letter and digit are the same as nothing. */
export function isSameIdentifier(one: string, other: string): boolean {
  const identity = normaliseIdentifier(one);
  return identity !== '' && identity === normaliseIdentifier(other);
}
