import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { checkedYears, judgePurge, keptUntil, MOST_PURGED, parsePurgeRequest, RETENTION_YEARS } from '.';

const at = (seconds: number): string => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
const instant = fc.integer({ min: Date.UTC(2015) / 1000, max: Date.UTC(2060) / 1000 });
const years = fc.integer({ min: RETENTION_YEARS, max: 100 });
const id = (number: number): string => number.toString(16).padStart(64, '0');

describe('how long private figures are kept', () => {
  it('is so many calendar years from thirty days after the last signature', () => {
    fc.assert(
      fc.property(fc.array(instant, { minLength: 1, maxLength: 5 }), years, (signed, count) => {
        const until = keptUntil(signed.map(at), count);
        const begin = new Date((Math.max(...signed) + 30 * 86_400) * 1000);
        const end = new Date(until);
        // The 29th of February of a year that has none is the first of March.
        const slip = begin.getUTCMonth() === 1 && begin.getUTCDate() === 29 && end.getUTCMonth() === 2 ? 1 : 0;
        expect(end.getUTCFullYear() - begin.getUTCFullYear()).toBe(count);
        expect(until.slice(11)).toBe(begin.toISOString().slice(11, 19) + 'Z');
        if (slip === 0) expect(until.slice(5, 10)).toBe(begin.toISOString().slice(5, 10));
      }),
    );
  });

  it('never ends earlier for a later signature, or for more years', () => {
    fc.assert(
      fc.property(instant, fc.nat(86_400 * 400), years, (signed, later, count) => {
        expect(keptUntil([at(signed)], count) <= keptUntil([at(signed + later)], count)).toBe(true);
        if (count < 100) expect(keptUntil([at(signed)], count) < keptUntil([at(signed)], count + 1)).toBe(true);
      }),
    );
  });

  it('is five years at least, as the regulation has it, and in whole years', () => {
    expect(RETENTION_YEARS).toBe(5);
    for (const count of [5, 6, 100]) expect(checkedYears(count)).toBe(count);
    for (const count of [4, 0, -5, 101, 5.5, NaN, '5', null, undefined, [5]])
      expect(codeOf(() => checkedYears(count))).toBe('BAD_REQUEST');
  });
});

describe('a request to purge', () => {
  const request = (change: object = {}): string =>
    JSON.stringify({ transactions: [id(1), id(2)], years: 5, ...change });

  it('names transactions in ascending order, each once, and years', () => {
    expect(parsePurgeRequest(request())).toEqual({ transactions: [id(1), id(2)], years: 5 });
  });

  it.each([
    ['none', []],
    ['one twice', [id(1), id(1)]],
    ['two out of order', [id(2), id(1)]],
    ['one in capitals', [id(10).toUpperCase()]],
    ['one that is short', [id(1).slice(1)]],
    ['one that is a number', [1]],
    ['more than may be purged at once', Array.from({ length: MOST_PURGED + 1 }, (_, index) => id(index))],
    ['something else', 'all'],
  ])('is refused with %s', (_, transactions) => {
    expect(codeOf(() => parsePurgeRequest(request({ transactions })))).toBe('BAD_REQUEST');
  });

  it.each(['', 'null', '[]', '1', '{"transactions":[]}', '{"years":5}'])('is not %j', (text) => {
    expect(['BAD_REQUEST', 'BAD_JSON']).toContain(codeOf(() => parsePurgeRequest(text)));
  });

  it('has no member that nobody reads', () => {
    expect(codeOf(() => parsePurgeRequest(request({ force: true })))).toBe('BAD_REQUEST');
  });
});

describe('a purge', () => {
  it('takes all transactions, or names each that is kept or holds nothing, and takes none', () => {
    const now = Date.UTC(2035) / 1000;
    const transaction = fc.record({
      signed: fc.integer({ min: now - 12 * 365 * 86_400, max: now }),
      isHeld: fc.boolean(),
      isThere: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(transaction, { minLength: 1, maxLength: 8 }), (some) => {
        const transactions = some.map((_, index) => id(index));
        const found = new Map(
          some.flatMap(({ signed, isHeld, isThere }, index) =>
            isThere ? [[id(index), { signedAt: [at(signed)], isHeld }] as const] : [],
          ),
        );
        const expected = some.flatMap(({ signed, isHeld, isThere }, index) => {
          if (!isThere || !isHeld) return [`NOT_FOUND /transactions/${String(index)}`];
          return keptUntil([at(signed)], 5) <= at(now) ? [] : [`RETENTION_RUNNING /transactions/${String(index)}`];
        });
        const judge = (): unknown => judgePurge({ transactions, years: 5 }, found, at(now));
        if (expected.length === 0) expect(judge()).toEqual({ at: at(now), transactions, years: 5 });
        else
          expect(judge).toThrow(
            expect.objectContaining({
              faults: expected.map(
                (told) => expect.objectContaining({ code: told.split(' ')[0], path: told.split(' ')[1] }) as unknown,
              ),
            }) as Error,
          );
      }),
    );
  });
});
