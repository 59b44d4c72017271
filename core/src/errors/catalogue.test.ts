import { catalogue } from './catalogue';
import { assertNoFaults, isErrorCode, isLedgerError, LedgerError, type Fault } from './ledger-error';

const entries = Object.entries(catalogue);

describe('the catalogue of errors', () => {
  it.each(entries)('%s has a status, an exit code, words and a cure in both languages', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Z_]{2,40}$/);
    // Of a transaction whose outcome is not known yet nothing was refused: 202.
    expect(entry.http).toBeGreaterThanOrEqual(code === 'OUTCOME_UNKNOWN' ? 202 : 400);
    expect(entry.http).toBeLessThan(600);
    expect([1, 2, 3]).toContain(entry.exit);
    for (const words of [entry.en, entry.cure]) expect(words).toMatch(/^[\x20-\x7e‘’“”–…×≥≤→\u00a0-\u024f]+$/u);
    for (const words of [entry.zh, entry.cureZh]) expect(words).toMatch(/\p{Script=Han}/u);
  });

  it('says of no two codes the same', () => {
    const words = entries.map(([, { en }]) => en);
    expect(words.filter((one, at) => words.indexOf(one) !== at)).toEqual([]);
  });

  it('tells who cannot be reached apart from who refuses: exit code 3 where nothing is known', () => {
    const unknown = entries.filter(([, { exit }]) => exit === 3).map(([code]) => code);
    expect(unknown).toEqual(expect.arrayContaining(['UNREACHABLE']));
    expect(unknown).not.toContain('NOT_ALLOWED_TO_FILE');
  });

  it.each(['toString', '__proto__', 'constructor', '', 'bad_record', 'BAD_RECORD '])('knows no code %j', (text) => {
    expect(isErrorCode(text)).toBe(false);
  });
});

describe('an error of the ledger', () => {
  it('says what its code says where nothing more is known, and keeps its cause', () => {
    const cause = new Error('disk');
    expect(new LedgerError('BAD_RECORD').message).toBe(catalogue.BAD_RECORD.en);
    const error = new LedgerError('BAD_RECORD', 'here', { cause, details: { at: 1 } });
    expect([error.message, error.cause, error.details, error.faults]).toEqual(['here', cause, { at: 1 }, []]);
    expect('cause' in new LedgerError('BAD_RECORD')).toBe(false);
  });

  it('is known by its name and code, also from another copy of this package', () => {
    const foreign = Object.assign(new Error('x'), { name: 'LedgerError', code: 'BAD_RECORD' });
    expect(isLedgerError(foreign)).toBe(true);
    expect(isLedgerError(Object.assign(new Error('x'), { name: 'LedgerError', code: 'ENOENT' }))).toBe(false);
    expect(isLedgerError(Object.assign(new Error('x'), { code: 'BAD_RECORD' }))).toBe(false);
    expect([isLedgerError({ name: 'LedgerError', code: 'BAD_RECORD' }), isLedgerError(null)]).toEqual([false, false]);
  });

  it('carries every fault, and is not thrown where there is none', () => {
    const faults: Fault[] = ['a', 'b'].map((path) => ({ path, code: 'BAD_RECORD', message: 'x' }));
    expect(() => {
      assertNoFaults('BAD_RECORD', [], 'the record');
    }).not.toThrow();
    expect(() => {
      assertNoFaults('BAD_RECORD', faults.slice(1), 'the record');
    }).toThrow('the record: 1 fault');
    try {
      assertNoFaults('BAD_RECORD', faults, 'the record');
      throw new Error('it was not thrown');
    } catch (error) {
      expect(isLedgerError(error) && [error.message, error.faults]).toEqual(['the record: 2 faults', faults]);
    }
  });
});
