import { partyKinds, recordTypes } from '../rulebook';
import { withArticle } from './article';

describe('the article of a word', () => {
  it.each([
    ['enterprise', 'an enterprise'],
    ['annual-report', 'an annual-report'],
    ['inspection', 'an inspection'],
    ['offset-booking', 'an offset-booking'],
    ['Objection', 'an Objection'],
    ['lab', 'a lab'],
    ['city-authority', 'a city-authority'],
    ['unit-change', 'a unit-change'],
    ['USCC', 'a USCC'],
    ['', 'a '],
  ])('of %j', (word, expected) => {
    expect(withArticle(word)).toBe(expected);
  });

  it('stands before every type and kind of party as English has it', () => {
    const words = [...Object.keys(recordTypes), ...partyKinds].map(withArticle);
    for (const word of words) {
      const isAn = /^an [aeio]/.test(word);
      const isA = /^a (?:[^aeiou]|uni)/.test(word);
      expect([word, isAn !== isA]).toEqual([word, true]);
    }
  });
});
