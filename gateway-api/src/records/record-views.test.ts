import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { AnchoredEntry } from '@carbon-ledger/auditor/stored';
import { Pacer } from '../http/reading/pacer';
import type { Projection } from '../projection/projection';
import { RecordViews, VIEWS_A_TURN } from './record-views';

it.each([
  [VIEWS_A_TURN, 0],
  [VIEWS_A_TURN + 1, 1],
  [200, Math.ceil(200 / VIEWS_A_TURN) - 1],
])('makes %d records of a page ready in their order, with %d turns of others between', async (count, expected) => {
  const pacer = new Pacer();
  const turn = jest.spyOn(pacer, 'turn');
  const views = new RecordViews({} as unknown as Projection, pacer);
  const entries = Array.from({ length: count }, (_, at) => ({ id: String(at) }) as AnchoredEntry);
  const view = jest
    .spyOn(views, 'view')
    .mockImplementation((entry) => Promise.resolve(entry as unknown as AnchoredRecordView));
  expect(await views.viewAll(entries, undefined, true)).toEqual(entries);
  expect([turn.mock.calls.length, view.mock.calls.length]).toEqual([expected, count]);
});
