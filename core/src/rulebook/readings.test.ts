import fc from 'fast-check';
import { isLedgerError } from '../errors';
import { parseReadings, proveReading, summariseReadings, verifyReading, type Reading } from './readings';

function faultsOf(csv: string): string[] {
  try {
    parseReadings(csv);
    return [];
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return error.faults.map(({ path }) => path);
  }
}

const lines = (...rows: string[]): string => ['time,value', ...rows].join('\n');
const at = (minute: number): string => new Date(Date.UTC(2024, 0, 1, 0, minute)).toISOString().replace('.000Z', 'Z');

describe('readings of a meter as CSV', () => {
  it.each([
    ['one reading', lines(`${at(0)},1.50`), []],
    [
      'line ends of Windows, a byte order mark, an end of the last line',
      `\ufeff${lines(`${at(0)},1`, `${at(1)},2`)}\n`.replace(/\n/g, '\r\n'),
      [],
    ],
    ['no reading', 'time,value', ['/lines/2']],
    ['nothing', '', ['/lines/1', '/lines/2']],
    ['another header', `when,value\n${at(0)},1`, ['/lines/1']],
    ['three columns', lines(`${at(0)},1,2`), ['/lines/2']],
    ['no value', lines(at(0)), ['/lines/2']],
    ['a value with a comma', lines(`${at(0)},"1,5"`), ['/lines/2']],
    ['a value in powers of ten', lines(`${at(0)},1e3`), ['/lines/2']],
    ['a time of another zone', lines('2024-01-01T08:00:00+08:00,1'), ['/lines/2']],
    ['a time twice', lines(`${at(0)},1`, `${at(0)},1`), ['/lines/3']],
    ['a time that goes back', lines(`${at(5)},1`, `${at(4)},1`, `${at(6)},1`), ['/lines/3']],
    ['several faults', lines(`x,1`, `${at(1)},y`, `${at(2)},3`), ['/lines/2', '/lines/3']],
    ['a blank line in between', lines(`${at(0)},1`, '', `${at(1)},2`), ['/lines/3']],
  ])('with %s', (_, csv, expected) => {
    expect(faultsOf(csv)).toEqual(expected);
  });

  it('are more than a batch holds from 100001 on', () => {
    const rows = Array.from({ length: 100_001 }, (_, index) => `${at(index)},1`);
    expect(faultsOf(lines(...rows.slice(1)))).toEqual([]);
    expect(faultsOf(lines(...rows))).toEqual(['/lines/2']);
  });
});

const readings = fc
  .array(fc.integer({ min: -99_999, max: 99_999 }), { minLength: 1, maxLength: 40 })
  .map((values) => values.map((value, index): Reading => ({ at: at(index), value: (value / 100).toFixed(2) })));

describe('a batch of readings', () => {
  it.each([
    [[0], '0.00'],
    [[0, 60, 120], '1.00'],
    [[0, 1, 1501, 1502], '25.00'],
    [[0, 20], '0.33'],
  ])('at minutes %j has %s hours as its longest gap', (minutes, expected) => {
    const all = minutes.map((minute) => ({ at: at(minute), value: '1' }));
    expect(summariseReadings(all).gap_h).toBe(expected);
  });

  it('is summed exactly: hundredths do not drift', () => {
    fc.assert(
      fc.property(readings, (all) => {
        const hundredths = all.reduce((sum, { value }) => sum + Math.round(Number(value) * 100), 0);
        const { count, first, last, sum } = summariseReadings(all);
        expect([count, first, last]).toEqual([all.length, at(0), at(all.length - 1)]);
        expect(Math.round(Number(sum) * 100)).toBe(hundredths);
      }),
    );
    const tenths = Array.from({ length: 10 }, (_, index) => ({ at: at(index), value: '0.1' }));
    expect(summariseReadings(tenths).sum).toBe('1');
  });

  it('proves each of its readings, and no other', () => {
    fc.assert(
      fc.property(readings, fc.nat(39), (all, index) => {
        const batch = summariseReadings(all);
        const proof = proveReading(all, index % all.length);
        expect(() => {
          verifyReading(proof, batch);
        }).not.toThrow();
        const changed = { ...proof, reading: { ...proof.reading, value: `${proof.reading.value}1` } };
        expect(() => {
          verifyReading(changed, batch);
        }).toThrow();
        const later = { ...proof, reading: { ...proof.reading, at: at(999) } };
        expect(() => {
          verifyReading(later, batch);
        }).toThrow();
      }),
      { numRuns: 50 },
    );
  });

  it('proves nothing at another place, of another number of readings, or for another root', () => {
    const all = Array.from({ length: 5 }, (_, index) => ({ at: at(index), value: String(index) }));
    const batch = summariseReadings(all);
    const proof = proveReading(all, 2);
    const codeOf = (change: Partial<typeof proof>, of = batch): unknown => {
      try {
        verifyReading({ ...proof, ...change }, of);
        return undefined;
      } catch (error) {
        return isLedgerError(error) ? error.code : error;
      }
    };
    expect(codeOf({})).toBeUndefined();
    expect(codeOf({ count: 6 })).toBe('INCLUSION_INVALID');
    expect(codeOf({ index: 3 })).toMatch(/^INCLUSION_/);
    expect(codeOf({ path: proof.path.slice(1) })).toBe('INCLUSION_INVALID');
    expect(codeOf({}, { ...batch, root: 'ab'.repeat(32) })).toMatch(/^INCLUSION_/);
    expect(() => proveReading(all, 5)).toThrow();
  });
});
