import { formatWireError, LedgerError, parseWireError, utf8Encode, type Fault } from '@carbon-ledger/core';
import { bounded, wire } from './refusals';

const faults = (count: number, length: number): Fault[] =>
  Array.from({ length: count }, (_, index) => ({
    path: `/transactions/${String(index)}`,
    code: 'BAD_REQUEST',
    message: '误'.repeat(length),
  }));

const bytes = (error: LedgerError): number => utf8Encode(formatWireError(error)).length;

test('an error that fits is told whole', () => {
  const error = new LedgerError('BAD_REQUEST', 'bad', { faults: faults(3, 10) });
  expect(bounded(error)).toBe(error);
});

test('of too many faults the first are told, and how many there are', () => {
  const error = bounded(new LedgerError('BAD_REQUEST', 'bad', { faults: faults(5000, 10) }));
  expect(bytes(error)).toBeLessThanOrEqual(30_000);
  expect(error.message).toContain('the first of 5000 faults');
  expect(error.faults.length).toBeGreaterThan(50);
  expect(error.faults[0]?.path).toBe('/transactions/0');
});

test('one fault that is too long leaves its code', async () => {
  const thrown = wire(() => Promise.reject(new LedgerError('BAD_REQUEST', 'bad', { faults: faults(1, 40_000) })));
  const message = await thrown.catch((error: unknown) => (error as Error).message);
  expect(parseWireError(message)).toMatchObject({ code: 'BAD_REQUEST', message: 'bad', faults: [] });
});
