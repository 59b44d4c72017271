import fc from 'fast-check';
import { recordTypes } from '../rulebook/registry';
import {
  choiceWords,
  documentRoleChoices,
  documentRoleWords,
  fieldWords,
  figureWords,
  filersOf,
  formatUnit,
  labelWords,
  partyKindWords,
  periodWords,
  recordTypeChoices,
  recordTypeWords,
  roleWords,
  titleOfKey,
  unitWords,
} from '.';
import { formFields } from '../rulebook/form-fields';

/** Names that every object answers to. */
const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];

describe('words', () => {
  it('of what is not known are its name, also where every object has something of that name', () => {
    const names = fc.oneof(fc.constantFrom(...inherited), fc.stringMatching(/^x[a-z]{0,8}q$/));
    fc.assert(
      fc.property(names, (name) => {
        const itself = { zh: name, en: name };
        for (const words of [roleWords, documentRoleWords, partyKindWords, recordTypeWords])
          expect(words(name)).toEqual(itself);
        if (!inherited.includes(name)) expect(figureWords(name)).toEqual(itself);
        expect(fieldWords('review', name)).toEqual(itself);
        expect([choiceWords('review', name, name), choiceWords('review', 'decision', name)]).toEqual([
          undefined,
          undefined,
        ]);
        expect(formatUnit(name, 'zh')).toBe(name);
      }),
    );
  });

  it.each(recordTypeChoices)('of %s are there in both languages, with who files it', (type) => {
    const han = /\p{Script=Han}/u;
    for (const { zh, en } of [recordTypeWords(type), roleWords(type), labelWords(type)]) {
      expect(zh).toMatch(han);
      expect(en).not.toMatch(han);
    }
    expect(filersOf(type).every((kind) => partyKindWords(kind).zh !== kind)).toBe(true);
    for (const { name, choices = {} } of formFields(type))
      for (const choice of Object.keys(choices)) expect(choiceWords(type, name, choice)).toEqual(choices[choice]);
  });

  it('of documents are other words in each language', () => {
    for (const role of documentRoleChoices) expect(documentRoleWords(role).zh).not.toBe(documentRoleWords(role).en);
  });

  it('of a label are those of its parts', () => {
    expect(labelWords('province_monthly-evidence')).toEqual({
      zh: `省级 · ${recordTypes['monthly-evidence'].title.zh}`,
      en: `Province · ${recordTypes['monthly-evidence'].title.en}`,
    });
    expect(labelWords('city_x1')).toEqual({ zh: '市级 · x1', en: 'City · x1' });
  });

  it('of a key name each of its parts once, in the order of the language', () => {
    const unit = fc.constantFrom('U1', 'U12', 'PLANT', '-', 'POWER');
    const period = fc.constantFrom('2024', '2024-02', '-');
    fc.assert(
      fc.property(unit, period, (one, when) => {
        const key = `91140000MA0FAKE01X/${one}/${when}/monthly-evidence`;
        for (const language of ['zh', 'en'] as const) {
          const places = [unitWords(one, language), periodWords(when, language)].filter((text) => text !== '');
          const name = recordTypeWords('monthly-evidence')[language];
          const all = language === 'zh' ? [...places, name].join(' ') : [name, ...places].join(', ');
          expect(titleOfKey(key, 'monthly-evidence', language)).toBe(all);
        }
      }),
    );
  });
});
