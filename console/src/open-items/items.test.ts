import type { LedgerClient } from '@carbon-ledger/client-sdk';
import { daysOpen, lastDayOf, openItems, openStates } from './items';

const uscc = '91140000MA0FAKE01X';

describe('states in which something is open', () => {
  it.each([
    ['finding', ['RAISED', 'HANDED_OVER', 'RECTIFIED', 'SENT_BACK', 'OPEN']],
    ['nonconformity', ['RAISED', 'CORRECTED', 'CONSERVATIVE', 'OPEN']],
    ['objection', ['FILED']],
    ['monthly-evidence', ['ISSUE_RAISED', 'EXPLAINED', 'RETURNED', 'OPEN']],
  ] as const)('of a %s are those before its end', (type, expected) => {
    expect(openStates(type)).toEqual(expected);
  });

  it('are none in which something is done with, or was taken back', () => {
    for (const type of ['finding', 'inspection', 'annual-report', 'monthly-evidence'] as const)
      expect(
        openStates(type).filter((state) => ['CLOSED', 'ACCEPTED', 'WITHDRAWN', 'CONCLUDED'].includes(state)),
      ).toEqual([]);
  });
});

describe('the last day of an item', () => {
  it('is the one of its own task, else that of the record', () => {
    const tasks = [
      { finding: 'a', due: '2025-01-01' },
      { finding: 'b', due: '2025-02-01' },
    ];
    expect([lastDayOf({ tasks }, 'b'), lastDayOf({ tasks }, 'c')]).toEqual(['2025-02-01', undefined]);
    expect(lastDayOf({ returnBy: '2025-03-01' }, 'c')).toBe('2025-03-01');
  });
});

describe('days that an item is open', () => {
  it('are those of Asia/Shanghai', () => {
    expect(daysOpen('2025-01-01T15:59:59Z', '2025-01-01T16:00:00Z')).toBe(1);
    expect(daysOpen('2025-01-01T16:00:00Z', '2025-01-02T15:59:59Z')).toBe(0);
  });
});

describe('open items', () => {
  const view = (id: string, type: string, about: string, more: object): object => ({
    ...{ id, key: `${about}/U1/2024-09/${type}`, status: 'open', anchoredAt: '2025-01-01T00:00:00Z' },
    record: { type, kind: type, subject: { uscc: about }, issuer: about, content: {} },
    ...more,
  });
  const returned = view('r1', 'monthly-evidence', uscc, { state: 'RETURNED', changedBy: 'why' });
  const records = [
    returned,
    view('r2', 'monthly-evidence', 'another', { state: 'RETURNED' }),
    view('r3', 'monthly-evidence', uscc, { state: 'RETURNED', status: 'superseded' }),
  ];
  const client = {
    // eslint-disable-next-line @typescript-eslint/require-await -- as the client gives it
    async *allRecords({ type, state }: { type: string; state: string }) {
      yield* records.filter((one) => 'state' in one && one.state === state && type === 'monthly-evidence');
    },
    record: () => Promise.resolve(view('why', 'review', uscc, { record: { content: { returnBy: '2025-03-01' } } })),
  };

  it('are those of the parties that are asked for, with who acts next, since when and until when', async () => {
    const items = await openItems(client as never as LedgerClient, (party) => party === uscc);
    expect(items).toEqual([
      {
        ...{ view: returned, since: '2025-01-01T00:00:00Z', by: 'why', until: '2025-03-01' },
        awaited: [{ type: 'monthly-evidence', by: ['enterprise'] }],
      },
    ]);
  });
});
