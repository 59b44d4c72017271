const vowel = /^[aeiou]/i;
/** Spoken with a consonant: a unit, a USCC, a one-off. */
const spokenOtherwise = /^(?:uni|us|eu|one)/i;

/** `an enterprise`, `a laboratory`, `a unit`: a word of the tables with its article, in a message made of words. */
export function withArticle(word: string): string {
  return `${vowel.test(word) && !spokenOtherwise.test(word) ? 'an' : 'a'} ${word}`;
}
