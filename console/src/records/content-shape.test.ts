import { formFields, recordTypeNames, recordTypes } from '@carbon-ledger/core';
import { shownAs, type Shown } from './content-shape';

/** Everything that a reader comes to see of a value, in Chinese. */
function textsIn(shown: Shown): string[] {
  switch (shown.as) {
    case 'text':
      return [shown.text.zh];
    case 'record':
      return [shown.id];
    case 'texts':
      return shown.texts.map(({ zh }) => zh);
    case 'table':
      return shown.rows.flatMap((row) =>
        shown.columns.flatMap(({ name, field }) => (row[name] === undefined ? [] : textsIn(shownAs(row[name], field)))),
      );
    case 'members':
      return Object.entries(shown.value).flatMap(([name, value]) =>
        textsIn(
          shownAs(
            value,
            shown.fields.find((field) => field.name === name),
          ),
        ),
      );
    case 'values':
      return shown.values.flatMap((value) => textsIn(shownAs(value, shown.item)));
  }
}

/** Every single value of a content. */
function leavesOf(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [value];
  const inner = Object.values(value);
  return inner.length === 0 && Array.isArray(value) ? [null] : inner.flatMap(leavesOf);
}

describe('the content of a record', () => {
  it.each(recordTypeNames)('of type %s is shown value by value, none left out and none as JSON', (type) => {
    const content = recordTypes[type].example as Readonly<Record<string, unknown>>;
    const fields = formFields(type);
    const texts = Object.entries(content).flatMap(([name, value]) =>
      textsIn(
        shownAs(
          value,
          fields.find((field) => field.name === name),
        ),
      ),
    );
    expect(texts.length).toBeGreaterThanOrEqual(leavesOf(content).filter((leaf) => leaf !== undefined).length);
    expect(texts.filter((text) => /[{}[\]]/.test(text) && !text.includes('['))).toEqual([]);
    expect(texts).not.toContain('[object Object]');
  });

  it('is a table where each entry has the same fields, titled by the type', () => {
    const fields = formFields('review');
    const shown = shownAs(
      [{ code: 'SAMPLING', text: '缺少记录' }],
      fields.find(({ name }) => name === 'reasons'),
    );
    expect(shown).toMatchObject({ as: 'table', columns: [{ name: 'code' }, { name: 'text' }] });
    expect(textsIn(shown)).not.toContain('SAMPLING');
  });

  it('has values that stand under names in a table with the names in front', () => {
    const shown = shownAs({ OF: { value: '99', unit: '%' }, GWP: { value: '1', unit: '1' } });
    expect(shown).toMatchObject({ as: 'table', rows: [{ '': 'OF', value: '99' }, { '': 'GWP' }] });
  });
});
