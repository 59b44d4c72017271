import fc from 'fast-check';
import { catalogue, type ErrorCode } from './catalogue';
import { LedgerError } from './ledger-error';
import { receivedError, sentError } from './sent';

const codes = Object.keys(catalogue) as ErrorCode[];

it('is the same error in another thread', () => {
  const fault = fc.record({ path: fc.string(), code: fc.constantFrom(...codes), message: fc.string() });
  const error = fc.record({
    code: fc.constantFrom(...codes),
    message: fc.string({ minLength: 1 }),
    details: fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    ),
    faults: fc.array(fault, { maxLength: 5 }),
  });
  fc.assert(
    fc.property(error, ({ code, message, details, faults }) => {
      const received = receivedError(sentError(new LedgerError(code, message, { details, faults })));
      expect(received.code).toBe(code);
      expect(received.message).toBe(message);
      expect({ ...received.details }).toEqual({ ...details });
      expect(received.faults).toEqual(faults);
    }),
  );
});

it('is what the system says, or what who sends it makes of it', () => {
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC', path: '/x' });
  expect(receivedError(sentError(full))).toMatchObject({ code: 'DISK_FULL' });
  expect(receivedError(sentError(new TypeError('no')))).toMatchObject({ code: 'INTERNAL', message: 'no' });
  expect(receivedError(sentError('no', 'STORE_CORRUPT'))).toMatchObject({ code: 'STORE_CORRUPT', message: 'no' });
  expect(receivedError('what nobody sent')).toMatchObject({ code: 'INTERNAL', message: 'what nobody sent' });
});

it('tells so many faults that they are handed over at once', () => {
  const faults = Array.from({ length: 100_000 }, (_, at) => ({
    path: String(at),
    code: 'BAD_RECORD' as const,
    message: 'no',
  }));
  expect(receivedError(sentError(new LedgerError('BAD_RECORD', 'no', { faults }))).faults).toHaveLength(1_000);
});
