/** How wide a text is, in points. */
export type Measure = (text: string) => number;

/** A space that a line may end at; those of numbers (U+00A0, U+2009, U+202F) hold together what stands around them. */
const SPACE = /[^\S\n\u00a0\u2007\u2009\u202f]/u;
/** Written without spaces: broken between any two characters, except for what may begin no line or end none (GB/T 15834). */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}，。、；：？！（）《》「」『』【】〔〕“”…]/u;
const BEGINS_NO_LINE = '，。、；：？！）》」』】〕”’％…,.;:?!)%';
const ENDS_NO_LINE = '（《「『【〔“‘(';
const LETTER = /\p{L}/u;
/** Where a code that is wider than its line is broken, before it is broken anywhere. */
const JOINT = /[/:#_.=,;·-]/u;

type MayBreak = (characters: readonly string[], at: number) => boolean;

/** Between two words, beside a Chinese character, and behind a hyphen or slash that joins two words. */
const betweenWords: MayBreak = (characters, at) => {
  const [before = '', after = ''] = [characters[at - 1], characters[at]];
  if (SPACE.test(before)) return !SPACE.test(after);
  if (SPACE.test(after) || BEGINS_NO_LINE.includes(after) || ENDS_NO_LINE.includes(before)) return false;
  return WIDE.test(before) || WIDE.test(after) || joinsWords(characters, at - 1);
};

function joinsWords(characters: readonly string[], at: number): boolean {
  const [before = '', sign = '', after = ''] = [characters[at - 1], characters[at], characters[at + 1]];
  return '-/'.includes(sign) && LETTER.test(before) && LETTER.test(after);
}

const atJoints: MayBreak = (characters, at) =>
  JOINT.test(characters[at - 1] ?? '') && !JOINT.test(characters[at] ?? '');

const anywhere: MayBreak = () => true;

function split(text: string, mayBreak: MayBreak): string[] {
  const characters = Array.from(text);
  const pieces: string[] = [];
  let from = 0;
  for (let at = 1; at <= characters.length; at++) {
    if (at < characters.length && !mayBreak(characters, at)) continue;
    pieces.push(characters.slice(from, at).join(''));
    from = at;
  }
  return pieces;
}

/** The pieces of a text that no line should break. */
export function wordsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => split(line, betweenWords));
}

/** A text as lines of a width: words are kept whole; a code wider than the line is broken at its joints, or where it must be. */
export function linesOf(text: string, width: number, measure: Measure): string[] {
  return text.split('\n').flatMap((line) => fill(fitting(line, width, measure), width, measure));
}

const tiers: readonly MayBreak[] = [betweenWords, atJoints, anywhere];

/** Pieces none of which is wider than a line, however narrow that is. */
function fitting(text: string, width: number, measure: Measure, [mayBreak, ...finer] = tiers): string[] {
  if (mayBreak === undefined) return [text];
  return split(text, mayBreak).flatMap((piece) =>
    measure(piece.trimEnd()) <= width ? [piece] : fitting(piece, width, measure, finer),
  );
}

function fill(pieces: readonly string[], width: number, measure: Measure): string[] {
  const lines: string[] = [];
  let [line, used] = ['', 0];
  for (const piece of pieces) {
    if (line !== '' && used + measure(piece.trimEnd()) > width) {
      lines.push(line.trimEnd());
      [line, used] = ['', 0];
    }
    line += piece;
    used += measure(piece);
  }
  return [...lines, line.trimEnd()];
}
