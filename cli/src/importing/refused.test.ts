import { LedgerError, type BuiltRecord } from '@carbon-ledger/core';
import { refusedImport } from './refused';

const records = ['U1/2024-01/test-report', 'U1/2024-02/test-report'].map((key) => ({ key }) as BuiltRecord);
const told = (error: unknown, anchored = 0): LedgerError => refusedImport(error, records, anchored) as LedgerError;

describe('what the ledger refuses of an import', () => {
  it.each([
    ['/submissions/0/submission/records/1/content/reportNo', 'U1/2024-02/test-report/content/reportNo'],
    ['/submissions/0/submission/records/0', 'U1/2024-01/test-report'],
    ['/submissions/0/submission', '/submissions/0/submission'],
    ['/submissions/0/submission/records/7/content', '/submissions/0/submission/records/7/content'],
    ['', ''],
  ])('is told by business key: %s', (path, expected) => {
    const faults = [{ path, code: 'IDENTITY_TAKEN' as const, message: 'stands already' }];
    expect(told(new LedgerError('IDENTITY_TAKEN', 'taken', { faults })).faults).toEqual([
      { path: expected, code: 'IDENTITY_TAKEN', message: 'stands already' },
    ]);
  });

  it('says what was anchored before it', () => {
    expect(told(new LedgerError('SERIAL_OVERLAP', 'taken'), 108)).toMatchObject({
      code: 'SERIAL_OVERLAP',
      message: expect.stringContaining('108 records of this import were anchored before it and stay') as string,
      details: { anchored: 108 },
    });
    expect(told(new LedgerError('SERIAL_OVERLAP', 'taken')).message).toBe('taken');
  });

  it('leaves other failures as they are', () => {
    const error = new TypeError('x');
    expect(refusedImport(error, records, 1)).toBe(error);
  });
});
