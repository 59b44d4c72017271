import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { assertBounded, maxRecordBytes } from './bounds';
import { runToEnd } from './steps';

const code = (value: unknown): string =>
  codeOf(() => {
    assertBounded(value);
  });

describe('the bounds of a record', () => {
  it('let pass every value whose JSON an entry of the log can hold, where no list in it is long', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        expect(JSON.stringify(value).length).toBeLessThan(maxRecordBytes);
        expect(code(value)).toBe('none');
      }),
    );
  });

  it('never refuse for its size what would have fitted', () => {
    const text = 'x'.repeat(maxRecordBytes - 2);
    expect(code(text)).toBe('none');
    expect(code(`${text}x`)).toBe('TOO_LARGE');
    expect(code({ a: 'x'.repeat(maxRecordBytes) })).toBe('TOO_LARGE');
    expect(code({ ['x'.repeat(maxRecordBytes)]: 1 })).toBe('TOO_LARGE');
  });

  it.each([
    ['a list of 1000', Array.from({ length: 1000 }, () => 1), 'none'],
    ['a list of 1001', Array.from({ length: 1001 }, () => 1), 'BAD_RECORD'],
    ['an object of 1000', Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [String(at), 1])), 'none'],
    ['an object of 1001', Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [String(at), 1])), 'BAD_RECORD'],
    ['a long list deep inside', { a: [{ b: Array.from({ length: 1001 }, () => null) }] }, 'BAD_RECORD'],
  ])('of %s', (_, value, expected) => {
    expect(code(value)).toBe(expected);
  });

  it('are found without looking at more than they allow: a nest of a thousand by a thousand by a thousand', () => {
    const wide = Array.from({ length: 1000 }, () => 'x');
    const wider = Array.from({ length: 1000 }, () => wide);
    expect(code(Array.from({ length: 1000 }, () => wider))).toBe('TOO_LARGE');
  });

  it('hold for a nest without end of depth', () => {
    let deep: unknown = 1;
    for (let at = 0; at < 100_000; at += 1) deep = [deep];
    expect(code(deep)).toBe('TOO_LARGE');
  });
});

describe('work in steps', () => {
  it('gives at its end what the steps came to', () => {
    function* counting(): Generator<undefined, number, undefined> {
      yield;
      yield;
      return 2;
    }
    expect(runToEnd(counting())).toBe(2);
  });
});
