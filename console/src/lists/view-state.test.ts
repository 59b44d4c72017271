import fc from 'fast-check';
import { readView, shownRows, shownTable, withParameters, writeView, type ViewState } from './view-state';

const id = fc.stringMatching(/^[a-z][a-zA-Z.]{0,8}$/);
const state: fc.Arbitrary<ViewState> = fc.record({
  sort: fc.option(fc.record({ id, isDown: fc.boolean() }), { nil: undefined }),
  hidden: fc.uniqueArray(id, { maxLength: 4 }).map((ids) => new Set(ids)),
  find: fc.stringMatching(/^(?:[^\s](?:.{0,12}[^\s])?)?$/),
});

interface Plant {
  readonly name: string;
  readonly late: number;
}

const columns = [
  { id: 'name', title: 'Name', text: ({ name }: Plant) => name },
  { id: 'late', title: 'Late', text: ({ late }: Plant) => String(late), order: ({ late }: Plant) => late },
];
const plants = [
  { name: 'Beta', late: 10 },
  { name: 'alpha', late: 9 },
  { name: 'Gamma 9', late: 1 },
];
const none: ViewState = { hidden: new Set(), find: '' };
const namesOf = (view: Partial<ViewState>): string[] =>
  shownRows(plants, columns, { ...none, ...view }).map(({ name }) => name);

describe('how a list is looked at', () => {
  it('comes back from the address as it went in, and leaves the rest of the address alone', () => {
    fc.assert(
      fc.property(state, fc.constantFrom('', 'rules'), (view, list) => {
        const search = writeView('type=test-report&party=X', view, list);
        expect(readView(search, list)).toEqual(view);
        expect(new URLSearchParams(search).get('type')).toBe('test-report');
        expect(readView(search, 'another')).toEqual({ ...none, sort: undefined });
      }),
    );
  });

  it('leaves nothing behind in the address where it is as at first', () => {
    const search = writeView('a=1', { sort: { id: 'x', isDown: true }, hidden: new Set(['y']), find: 'z' });
    expect(writeView(search, none)).toBe('a=1');
    expect(writeView('', { ...none, hidden: new Set(['b', 'a']) })).toBe('hide=a,b');
  });

  it('takes no order from an address that names none', () => {
    expect(readView('sort=-').sort).toBeUndefined();
    expect(namesOf({ sort: { id: 'no such', isDown: true } })).toEqual(['Beta', 'alpha', 'Gamma 9']);
  });
});

describe('rows that are shown', () => {
  it('are in the order of numbers where the column has numbers, and turned round where that is asked', () => {
    expect(namesOf({ sort: { id: 'late', isDown: false } })).toEqual(['Gamma 9', 'alpha', 'Beta']);
    expect(namesOf({ sort: { id: 'late', isDown: true } })).toEqual(['Beta', 'alpha', 'Gamma 9']);
  });

  it('keep their places among those that are alike, in both directions', () => {
    const alike = ['b', 'a', 'c'].map((name) => ({ name, late: 1 }));
    for (const isDown of [true, false])
      expect(shownRows(alike, columns, { ...none, sort: { id: 'late', isDown } })).toEqual(alike);
  });

  it('have every word that is asked for in a column that is shown', () => {
    expect(namesOf({ find: 'ALPHA 9' })).toEqual(['alpha']);
    expect(namesOf({ find: '9' })).toEqual(['alpha', 'Gamma 9']);
    expect(namesOf({ find: '9', hidden: new Set(['late']) })).toEqual(['Gamma 9']);
  });

  it('are taken away as they are shown', () => {
    const view = { sort: { id: 'late', isDown: true }, hidden: new Set(['late']), find: 'a' };
    expect(shownTable(plants, columns, view)).toEqual([['Name'], ['Beta'], ['alpha'], ['Gamma 9']]);
  });
});

describe('parameters of an address', () => {
  it('are set and taken away beside the others', () => {
    expect(withParameters('a=1&b=2', { a: '', c: 'x:y' })).toBe('b=2&c=x:y');
    expect(withParameters('a=1', { a: undefined })).toBe('');
  });
});
