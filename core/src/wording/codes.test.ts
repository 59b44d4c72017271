import fc from 'fast-check';
import { markNames, type Mark } from '../provenance';
import { recordTypeNames, type RecordType } from '../records';
import { recordTypes } from '../rulebook';
import { exampleOf } from '../rulebook/testing/content-table';
import { recordOf } from '../rulebook/testing/bench';
import {
  documentRoleChoices,
  documentRoleWords,
  labelWords,
  markTitle,
  markWords,
  roleWords,
  titleOfKey,
  type Words,
} from '.';

/* Codes of the rules come before people in lists, forms and titles: each that the rules have must have words. */

const han = /\p{Script=Han}/u;

/** Labels that the rules of a type name; none where any will do. */
function labelsOf(type: RecordType): readonly string[] {
  const names = recordTypes[type].labels?.names ?? [];
  return names === 'any' ? [] : names;
}

const versions = [1, 2];
const units = ['U1', 'PLANT', '-'];

/** Roles in which records of a type cite, with any label, of any unit, in a first version and a later one. */
function rolesOf(type: RecordType): string[] {
  const kinds = [undefined, ...labelsOf(type).map((label) => `${type}.${label}`)];
  const records = kinds.flatMap((kind) =>
    units.flatMap((unit) =>
      versions.map((version) =>
        recordOf(type, {
          ...(kind === undefined ? {} : { kind }),
          subject: { unit },
          version,
          content: exampleOf(type),
        }),
      ),
    ),
  );
  return [...new Set(records.flatMap((record) => recordTypes[type].cites(record).map(({ role }) => role)))];
}

function expectWords({ zh, en }: Words, code: string): void {
  expect(zh).toMatch(han);
  expect(en).not.toMatch(han);
  expect(en).toMatch(/^[A-Z]/);
  expect([zh, en]).not.toContain(code);
}

describe.each(recordTypeNames)('codes of %s', (type) => {
  it('have words: every role in which it cites, or acts', () => {
    for (const role of rolesOf(type)) expectWords(roleWords(role), role);
  });

  it('have words: every label that it may carry, also with a number where it may be there twice', () => {
    for (const label of labelsOf(type)) {
      expectWords(labelWords(label), label);
      const { zh, en } = labelWords(label);
      if (recordTypes[type].labels?.numbered === true)
        expect(labelWords(`${label}-2`)).toEqual({ zh: `${zh} 2`, en: `${en} 2` });
      expect(titleOfKey(`91140000MA0FAKE01X/-/2024/${type}.${label}`, type, 'zh')).toContain(`（${zh}）`);
    }
  });
});

it('roles of one type are told apart in both languages', () => {
  for (const type of recordTypeNames)
    for (const language of ['zh', 'en'] as const) {
      const words = rolesOf(type).map((role) => roleWords(role)[language]);
      expect(words.filter((one, at) => words.indexOf(one) !== at)).toEqual([]);
    }
});

it('roles of documents are told apart in both languages', () => {
  for (const language of ['zh', 'en'] as const)
    expect(new Set(documentRoleChoices.map((role) => documentRoleWords(role)[language])).size).toBe(
      documentRoleChoices.length,
    );
  for (const role of documentRoleChoices) expectWords(documentRoleWords(role), role);
});

describe('a label that is none of the rules', () => {
  it('stays as it was written, in both languages, with what is known of it in words', () => {
    const part = fc.stringMatching(/^[A-Z0-9]{1,8}(?:-[0-9]{1,3})?$/);
    fc.assert(
      fc.property(part, fc.constantFrom('city', 'province', 'national'), (own, level) => {
        expect(labelWords(own)).toEqual({ zh: own, en: own });
        const { zh, en } = labelWords(level);
        expect(labelWords(`${level}_${own}`)).toEqual({ zh: `${zh} · ${own}`, en: `${en} · ${own}` });
      }),
    );
  });

  it.each(['constructor-2', 'monthly-1', '-2', 'pre-', 'pre-x', 'toString'])('is %s', (label) => {
    expect(labelWords(label)).toEqual({ zh: label, en: label });
  });
});

describe('a mark', () => {
  const facts: Omit<Mark, 'mark'> = {
    days: 12,
    since: '2024-05-01T00:00:00Z',
    by: '91140000MA0FAKE01X/-/2024/inspection.1',
  };

  it.each(markNames)('%s has a title and words in both languages that begin alike', (mark) => {
    for (const { zh, en } of [markTitle({ mark }), markWords({ mark, ...facts })]) {
      expect(zh).toMatch(han);
      expect(en).not.toMatch(han);
      expect(en).not.toMatch(/undefined|null/);
    }
    expect(markWords({ mark, ...facts }).zh.startsWith(markTitle({ mark }).zh)).toBe(true);
  });

  it.each<[Mark, string]>([
    [{ mark: 'late', days: 1 }, '1 day late'],
    [{ mark: 'late', days: 2 }, '2 days late'],
    [{ mark: 'late', days: 100 }, '100 days late'],
    [{ mark: 'frozen', by: 'K' }, 'frozen by K'],
    [{ mark: 'under-finding', by: 'K' }, 'under the open finding K'],
    [{ mark: 'filed-while-frozen', by: 'K' }, 'filed while K held its year frozen'],
    [{ mark: 'numbers-frozen', by: 'K' }, 'of numbers frozen by K'],
    [{ mark: 'input-withdrawn', by: 'K' }, 'rests on what does not stand: K'],
    [{ mark: 'input-withdrawn', by: 'K', others: 2 }, 'rests on what does not stand: K and 2 more'],
    [{ mark: 'key-compromised', since: 'T' }, 'signed with a key that was in other hands since T'],
  ])('%j is told as %s', (mark, told) => {
    expect(markWords(mark).en).toBe(told);
  });

  it('names what it knows in Chinese too', () => {
    expect(markWords({ mark: 'late', days: 12 }).zh).toBe('逾期 12 天');
    for (const mark of ['under-finding', 'frozen', 'filed-while-frozen', 'numbers-frozen'] as const)
      expect(markWords({ mark, by: 'K' }).zh).toContain('（K）');
    expect(markWords({ mark: 'key-compromised', since: 'T' }).zh).toContain('T');
  });
});
