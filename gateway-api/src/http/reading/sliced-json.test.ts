import fc from 'fast-check';
import { isLedgerError, parseStrict } from '@carbon-ledger/core';
import { JsonMeter } from './json-meter';
import { Pacer } from './pacer';
import { parseInSlices } from './sliced-json';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
/** So small that every list and object of a few members is cut. */
const TINY = 8;

async function outcome(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    return isLedgerError(error) ? error.code : error;
  }
}

async function same(text: string): Promise<void> {
  const whole = await outcome(() => parseStrict(bytesOf(text)));
  const sliced = await outcome(() => parseInSlices(bytesOf(text), new Pacer(), TINY));
  expect({ text, read: sliced }).toEqual({ text, read: whole });
}

describe('reading JSON in slices', () => {
  it('gives the same value as reading it at once, however it is spaced', async () => {
    const values = fc.jsonValue({ maxDepth: 5, noUnicodeString: false });
    await fc.assert(
      fc.asyncProperty(values, fc.constantFrom(0, 1, 9), (value, space) => same(JSON.stringify(value, null, space))),
      { numRuns: 300 },
    );
  });

  it('refuses what is refused at once, wherever the cut falls', async () => {
    const good = JSON.stringify({
      list: [{ a: 1 }, { b: [2, 3, 'x,]}"y'] }, 'longer than a slice', {}],
      other: { a: {} },
    });
    for (let at = 0; at <= good.length; at += 1) {
      for (const insert of [',', ']', '}', '{', '"', ' ', '1', ':', '\\', '\u{feff}', ',,'])
        await same(good.slice(0, at) + insert + good.slice(at));
      await same(good.slice(0, at) + good.slice(at + 1));
    }
  });

  it.each([
    ['a key twice, in slices far apart', `{"a":1,"filler":"${'x'.repeat(50)}","a":2}`],
    ['a key twice, of large members', '{"large":[1,2,3,4,5,6],"large":[1,2,3,4,5,6]}'],
    ['__proto__ before a large member', '{"__proto__":[1,2,3,4,5,6,7]}'],
    ['a comma behind the last item', '[1,2,3,4,5,6,7,8,]'],
    ['brackets that cross', '[1,2,3,{4,5,6],7}'],
    ['text behind the value', '[1,2,3,4,5,6,7,8] [1]'],
  ])('refuses %s', async (_name, text) => {
    expect(await outcome(() => parseInSlices(bytesOf(text), new Pacer(), TINY))).toBe('BAD_JSON');
  });

  it.each(['[                    ]', '{                    }', ' [ [                 ] , {              } ] '])(
    'reads %p, where there is much space and nothing in it',
    (text) => same(text),
  );

  it('tells of bytes that are not UTF-8, in whichever slice', async () => {
    const bytes = bytesOf(`["${'a'.repeat(40)}","b","${'c'.repeat(40)}"]`);
    bytes[60] = 0xff;
    expect(await outcome(() => parseInSlices(bytes, new Pacer(), TINY))).toBe('BAD_ENCODING');
  });

  it('looks at no more than a few slices in one turn, and at one body at a time', async () => {
    let turns = 0;
    const pacer = new Pacer((task) => {
      turns += 1;
      setImmediate(task);
    });
    const body = bytesOf(`[${'{},'.repeat(200_000)}{}]`);
    await Promise.all([parseInSlices(body, pacer), parseInSlices(body, pacer)]);
    // 600 kB in slices of 32 kB, twice: looked at once and read once, each in a turn of its own.
    expect(turns).toBeGreaterThanOrEqual(2 * 18);
  });
});

describe('the meter of JSON that comes in', () => {
  const bounds = { values: 10, stringBytes: 5 };

  it.each([
    ['values in a list', '[1,2,3,4,5,6,7,8,9]', '[1,2,3,4,5,6,7,8,9,10,11]'],
    ['members of objects', '{"a":{"b":1}}', '{"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"j":1}'],
    ['empty lists in one another', '[[[[]]]]', '[[[[[[[[[[[]]]]]]]]]]]'],
    ['bytes of a string', '["\\"123"]', '["\\"1234"]'],
  ])('bounds %s, whatever the chunks', (_name, within, beyond) => {
    for (const size of [1, 2, 3, 100]) {
      expect(metered(within, size)).toBe('within');
      expect(metered(beyond, size)).toBe('TOO_LARGE');
    }
  });

  it('does not count what stands inside of strings', () => {
    expect(metered('[",,,,","[[[[","\\",,,"]', 1)).toBe('within');
  });

  function metered(text: string, chunk: number): string {
    const meter = new JsonMeter(bounds);
    try {
      const bytes = bytesOf(text);
      for (let at = 0; at < bytes.length; at += chunk) meter.push(bytes.subarray(at, at + chunk));
      return 'within';
    } catch (error) {
      return isLedgerError(error) ? error.code : String(error);
    }
  }
});
