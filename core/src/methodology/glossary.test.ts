import { wordsOf, wordsOfAnySector } from './glossary';

describe('words of a figure', () => {
  it('are those of its sector, and of all sectors where it has none', () => {
    expect(wordsOf('power', 'emission_tCO2').zh).not.toBe('emission_tCO2');
    expect(wordsOf('power', 'surrender.deadline')).toEqual(wordsOf('cement', 'surrender.deadline'));
  });

  it.each(['constructor', 'toString', '__proto__', 'no_such_figure', 'hasOwnProperty.x'])(
    'are its name where nobody has any: %s',
    (name) => {
      for (const sector of ['power', 'constructor', 'nowhere'])
        expect(wordsOf(sector, name)).toEqual({ en: name, zh: name });
      expect(wordsOfAnySector(name)).toEqual({ en: name, zh: name });
    },
  );
});
