import { judgePurge, keptUntil, parsePurgeRequest, type RetainedTransaction } from './retention';

const [a, b] = ['a'.repeat(64), 'b'.repeat(64)] as const;
const refusal = (code: string): Error => expect.objectContaining({ code }) as Error;
const held = (...signedAt: string[]): RetainedTransaction => ({ signedAt, isHeld: true });
const signedAt = '2024-02-29T08:00:00Z';
/** Thirty days and five years later. */
const end = '2029-03-30T08:00:00Z';

describe('the retention of private figures', () => {
  it('ends the years after the last moment at which the transaction can have been made', () => {
    expect(keptUntil([signedAt], 5)).toBe(end);
    expect(keptUntil(['2020-01-01T00:00:00Z', signedAt], 5)).toBe(end);
    expect(keptUntil(['2024-01-30T00:00:00Z'], 5)).toBe('2029-03-01T00:00:00Z');
  });

  it('lets go what is over, to the second', () => {
    const request = { transactions: [a], years: 5 };
    const found = new Map([[a, held(signedAt)]]);
    expect(judgePurge(request, found, end)).toEqual({ at: end, transactions: [a], years: 5 });
    expect(() => judgePurge(request, found, '2029-03-30T07:59:59Z')).toThrow(refusal('RETENTION_RUNNING'));
    expect(() => judgePurge({ ...request, years: 6 }, found, end)).toThrow(refusal('RETENTION_RUNNING'));
  });

  it('names every transaction that may not be purged, and purges none of them then', () => {
    const found = new Map([
      [a, held(signedAt)],
      [b, { signedAt: [signedAt], isHeld: false }],
    ]);
    expect(() => judgePurge({ transactions: [a, b], years: 6 }, found, end)).toThrow(
      expect.objectContaining({
        faults: [
          expect.objectContaining({ path: '/transactions/0', code: 'RETENTION_RUNNING' }),
          expect.objectContaining({ path: '/transactions/1', code: 'NOT_FOUND' }),
        ],
      }) as Error,
    );
    expect(() => judgePurge({ transactions: [a], years: 5 }, new Map(), end)).toThrow(refusal('NOT_FOUND'));
  });

  it('reads a request', () => {
    const request = { transactions: [a, b], years: 7 };
    expect(parsePurgeRequest(JSON.stringify(request))).toEqual(request);
  });

  it.each([
    ['fewer years than the law asks for', { transactions: [a], years: 4 }],
    ['years in words', { transactions: [a], years: '5' }],
    ['no years', { transactions: [a] }],
    ['no transaction', { transactions: [], years: 5 }],
    [
      'too many transactions',
      { transactions: Array.from({ length: 101 }, (_, i) => i.toString(16).padStart(64, '0')), years: 5 },
    ],
    ['a transaction twice', { transactions: [a, a], years: 5 }],
    ['another order', { transactions: [b, a], years: 5 }],
    ['what is no id', { transactions: ['A'.repeat(64)], years: 5 }],
    ['something more', { transactions: [a], years: 5, all: true }],
    ['a list', []],
    ['nothing', null],
  ])('refuses %s', (_what, request) => {
    expect(() => parsePurgeRequest(JSON.stringify(request))).toThrow(refusal('BAD_REQUEST'));
  });
});
