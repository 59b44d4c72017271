import type { BookRecord } from './book';
import { record, rulesOf, sourceOf, book, uscc } from './testing/books';
import { screenBooks } from './screening';

interface Seen {
  readonly found: readonly string[];
  readonly notRun: Readonly<Record<string, number>>;
}

/** What a rule over one month's `x` tells, with conditions. */
async function seen(check: object, records: readonly BookRecord[], parameters: object = {}): Promise<Seen> {
  const base = { each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: '10' }] };
  const head = Object.keys(parameters).length === 0 ? {} : { parameters };
  const rules = rulesOf({ ...head, checks: [{ ...base, ...check }] });
  const { result } = await screenBooks({
    rules,
    scope: { of: 'all', year: '2024' },
    books: () => [sourceOf(book(records))],
  });
  return { found: result.findings.map(({ got }) => got), notRun: result.rules['R-T01']?.notRun ?? {} };
}

const month = (x: string, content: object = {}): BookRecord => record({ figures: { x }, content: { ...content } });
const speaks = async (check: object, own: BookRecord): Promise<boolean> => (await seen(check, [own])).found.length > 0;

describe('a condition', () => {
  it.each<[string, object, boolean]>([
    ['/a = 1', { a: '1.0' }, true],
    ['/a = 1', { a: '2' }, false],
    ['/a = dry', { a: 'dry' }, true],
    ['/a != dry', { a: 'wet' }, true],
    ['/a != dry', { a: 'dry' }, false],
    ['/a in I,II', { a: 'II' }, true],
    ['/a in I,II', { a: 'III' }, false],
    ['/a in 1,2', { a: '2.00' }, true],
    ['/a < 3', { a: '2.9' }, true],
    ['/a < 3', { a: '3' }, false],
    ['/a <= 3', { a: '3' }, true],
    ['/a > 3', { a: '3' }, false],
    ['/a >= 3', { a: '3.0' }, true],
    ['/a > x', { a: '21' }, true],
    ['/a > x', { a: '19' }, false],
    ['/a present', { a: '' }, true],
    ['/a present', {}, false],
    ['/a absent', {}, true],
    ['/a absent', { a: 'x' }, false],
    ['x > 5', {}, true],
    ['x > 50', {}, false],
    ['/day < 2024-04-02', { day: '2024-04-01' }, true],
    ['/day < 2024-04-01', { day: '2024-04-01' }, false],
  ])('%s of %j is %s', async (condition, content, expected) => {
    expect(await speaks({ when: [condition] }, month('20', content))).toBe(expected);
  });

  it('of a value that is not there is not run, and says what is lacking', async () => {
    expect((await seen({ when: ['/a = 1'] }, [month('20')])).notRun).toEqual({ 'no field a': 1 });
    expect((await seen({ when: ['/a > 1'] }, [month('20', { a: 'many' })])).notRun).toEqual({
      'no number to compare with 1': 1,
    });
  });

  it('over a window is none', async () => {
    expect((await seen({ when: ['x over peers = 1'] }, [month('20')]).catch(() => ({ notRun: {} }))).notRun).toEqual(
      {},
    );
  });

  it('that a check needs is told where it does not hold', async () => {
    expect((await seen({ needs: ['/n >= 100'] }, [month('20', { n: '99' })])).notRun).toEqual({ 'needs /n >= 100': 1 });
    expect((await seen({ needs: ['/n present'] }, [month('20')])).notRun).toEqual({ 'needs /n present': 1 });
    expect((await seen({ needs: ['/n >= 100'] }, [month('20', { n: '100' })])).found).toEqual(['20']);
  });
});

describe('a value', () => {
  it('may be a formula of others, each read once', async () => {
    const check = { inputs: { x: '#x', y: '#y' }, let: { sum: 'x + y', twice: 'sum * 2' }, value: 'twice' };
    const own = record({ figures: { x: '3', y: '4' } });
    expect((await seen(check, [own])).found).toEqual(['14']);
  });

  it('has what stands in for it where it is not there', async () => {
    const check = { inputs: { x: { from: '#x', else: '11' } } };
    expect((await seen(check, [record({})])).found).toEqual(['11']);
    expect((await seen(check, [month('9')])).found).toEqual([]);
  });

  it('that cannot be computed is lacking, and does not end the run', async () => {
    const check = { inputs: { x: '#x', y: '#y' }, value: 'x / y' };
    const own = record({ figures: { x: '1', y: '0' } });
    const other = record({ figures: { x: '44', y: '2' }, period: '2024-04' });
    const { found, notRun } = await seen(check, [own, other]);
    expect(found).toEqual(['22']);
    expect(Object.values(notRun)).toEqual([1]);
  });

  it('that is a word is no number', async () => {
    expect((await seen({ inputs: { x: '/x' } }, [record({ content: { x: 'many' } })])).notRun).toEqual({
      'x is no number': 1,
    });
  });

  it('is a limit where no input has the name', async () => {
    const parameters = { most: [{ value: '5' }] };
    expect((await seen({ bands: [{ high: 'most' }] }, [month('6')], parameters)).found).toEqual(['6']);
    expect((await seen({ value: 'most - x', bands: [{ low: '0' }] }, [month('6')], parameters)).found).toEqual(['-1']);
  });
});

describe('what a finding touches', () => {
  it('is every address that was read, then what the check names, each once', async () => {
    const rules = rulesOf({
      checks: [
        {
          ...{ each: 'monthly-evidence@unit', inputs: { x: '#x', y: '#y' }, value: 'x + y', bands: [{ high: '1' }] },
          touches: ['#x', '/note', 'test-report/issued'],
        },
      ],
    });
    const records = [record({ figures: { x: '1', y: '1' } }), record({ kind: 'test-report' })];
    const { result } = await screenBooks({
      rules,
      scope: { of: 'all', year: '2024' },
      books: () => [sourceOf(book(records))],
    });
    expect(result.findings[0]?.touches.map((address) => address.slice(uscc.length + 1))).toEqual([
      'U1/2024-03/monthly-evidence#x',
      'U1/2024-03/monthly-evidence#y',
      'U1/2024-03/monthly-evidence#note',
      'U1/2024-03/test-report#issued',
    ]);
  });
});
