import fc from 'fast-check';
import { recordTypeNames, recordTypes } from '@carbon-ledger/core';
import { emptyContent, tidyContent, valueAt, withValue, type Content } from './content';
import { fieldsOfType, pointerOf } from './fields';

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
