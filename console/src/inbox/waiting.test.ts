import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { groundless } from './waiting';

function view(id: string, type: string, cites: readonly string[] = []): AnchoredRecordView {
  return { id, record: { type, cites: cites.map((record) => ({ role: 'x', record, key: 'k' })) } } as never;
}

test('a record waits whose grounds fell away, once for each of them; corrections rest on what they ended', () => {
  const own = [
    view('month', 'monthly-evidence', ['report', 'plan']),
    view('other', 'monthly-evidence', ['fine']),
    view('correction', 'revocation', ['report']),
  ];
  const ended = [view('report', 'test-report'), view('plan', 'quality-control-plan')];
  expect(groundless(own, ended).map(({ mine, cause }) => [mine.id, cause.id])).toEqual([
    ['month', 'report'],
    ['month', 'plan'],
  ]);
});
