import fc from 'fast-check';
import { recordTypeNames, recordTypes } from '@carbon-ledger/core';
import { emptyContent, renamed, tidyContent, valueAt, withValue, type Content } from './content';
import { factsAskedOf, fieldsOfType, pointerOf, type Field } from './fields';
import { shapeOf } from './shapes';

describe('the content of a form', () => {
  it.each(recordTypeNames)('%s: the example of the type goes through the form unchanged', (type) => {
    const example = recordTypes[type].example as Content;
    expect(tidyContent(fieldsOfType(type), example)).toEqual(example);
  });

  it('leaves out what is empty, and says null where that is known', () => {
    const fields = fieldsOfType('surrender');
    expect(tidyContent(fields, { deadline: ' 2025-12-31 ', surrenderedOn: '' })).toEqual({
      deadline: '2025-12-31',
      surrenderedOn: null,
    });
    expect(
      tidyContent(fieldsOfType('offset-confirmation'), { decision: 'refuse', confirmed_t: '', reason: 'x' }),
    ).toEqual({
      decision: 'refuse',
      reason: 'x',
    });
  });

  it('keeps an empty list that the type asks for, and drops empty rows', () => {
    const fields = fieldsOfType('review');
    expect(tidyContent(fields, { decision: 'accept', reasons: [{ code: '', text: '' }] })).toEqual({
      decision: 'accept',
      reasons: [],
    });
    expect(tidyContent(fields, emptyContent(fields))).toEqual({ reasons: [] });
  });

  it('leaves out a group in which nothing was filled', () => {
    const fields = fieldsOfType('review');
    const content = { decision: 'accept', reasons: [], siteCheck: { day: '', place: '', inspectors: [''] } };
    expect(tidyContent(fields, content)).toEqual({ decision: 'accept', reasons: [] });
  });

  it('keeps facts that a methodology asks for beside the fields of the type', () => {
    expect(tidyContent(fieldsOfType('quality-control-plan'), { unitName: 'U', kilnType: 'dry' })).toEqual({
      unitName: 'U',
      kilnType: 'dry',
    });
  });

  it('takes values under names, trimmed, and leaves out a row that nobody filled in', () => {
    const fields = fieldsOfType('parameter');
    const values = { ' OF ': { value: ' 99 ', unit: '%', source: '指南' }, '': { value: '', unit: '', source: '' } };
    expect(tidyContent(fields, { table: 'X', effectiveFrom: '2026-01-01', effectiveTo: '', values })).toEqual({
      ...{ table: 'X', effectiveFrom: '2026-01-01', effectiveTo: null },
      values: { OF: { value: '99', unit: '%', source: '指南' } },
    });
    expect(tidyContent(fieldsOfType('party'), { identifiers: {} })).not.toHaveProperty('identifiers');
    expect(tidyContent(fieldsOfType('methodology'), { figures: {} })).toHaveProperty('figures', {});
  });

  it('calls an entry otherwise in its place, and takes no name that another has', () => {
    const members = { a: 1, b: 2, c: 3 };
    expect(Object.keys(renamed(members, 'b', 'x'))).toEqual(['a', 'x', 'c']);
    expect(renamed(members, 'b', 'c')).toBe(members);
  });

  it('finds the shape that a value has, or keeps to the one that was asked for', () => {
    const rules = fieldsOfType('rule-set').find(({ name }) => name === 'rules');
    const checks = rules?.item?.fields?.find(({ name }) => name === 'checks');
    const shapes: readonly Field[] = checks?.item?.variants ?? [];
    expect(shapeOf(shapes, { each: 'x@unit', inputs: {}, value: 'a', bands: [] })).toBe(0);
    expect(shapeOf(shapes, { each: 'x@unit', predicate: 'same', with: {} })).toBe(1);
    expect(shapeOf(shapes, undefined, 1)).toBe(1);
    expect(shapeOf(shapes, { each: 'x@unit', predicate: 'same' }, 0)).toBe(1);
  });

  it('asks for what a methodology asks of the record beside the fields of its type', () => {
    const asked = { title: { en: 'Kiln', zh: '窑型' }, kind: 'choice' as const, required: true };
    const choices = { dry: { en: 'Dry', zh: '干法' } };
    const own = fieldsOfType('monthly-evidence')[0]?.name ?? '';
    const profile = {
      'monthly-evidence@unit': { content: { kilnType: { ...asked, choices }, [own]: asked }, cites: {}, units: {} },
    };
    const methodology = { id: 'X', title: asked.title, year: '2026', sources: [], figures: {}, profile };
    const month = { type: 'monthly-evidence', kind: 'monthly-evidence', subject: { unit: 'K1' } } as const;
    expect(factsAskedOf(month, methodology)).toEqual([
      { name: 'kilnType', title: asked.title, kind: 'choice', isOptional: false, isNullable: false, choices },
    ]);
    expect(factsAskedOf({ ...month, subject: { unit: 'PLANT' } }, methodology)).toEqual([]);
  });

  it('gives back at a path what was put there, and touches nothing else', () => {
    const part = fc.oneof(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 3 }));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), fc.string(), (rest, value) => {
        const path = ['root', ...rest];
        const before: Content = { other: { kept: true } };
        const after = withValue(before, path, value);
        expect(valueAt(after, path)).toBe(value);
        expect(after['other']).toBe(before['other']);
      }),
    );
  });

  it('names the place of a field as faults do', () => {
    expect(pointerOf(['units', 0, 'a/b'])).toBe('/content/units/0/a~1b');
  });
});
