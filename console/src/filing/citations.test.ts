import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { proposeCites, type Slot } from './citations';
import { recordWith } from '../testing/records';

type Cite = AnchoredRecordView['record']['cites'][number];

function viewOf(id: string, key: string, cites: readonly Cite[] = []): AnchoredRecordView {
  return { id, key, record: recordWith({ cites: [...cites] }) } as unknown as AnchoredRecordView;
}

describe('what a form proposes to cite', () => {
  const conclusion = viewOf('c', 'P/U1/2024/verification-conclusion');
  const issuance = viewOf('i', 'P/U1/2024/allowance-issuance');
  const objected = [{ role: 'contested', record: 'c', key: conclusion.key }] as Cite[];
  const objection = viewOf('o', 'P/U1/2024/objection.1', objected);
  const slots = [
    { rule: { role: 'objection', type: 'objection', min: 1, max: 1 }, candidates: [objection] },
    { rule: { role: 'contested', type: 'any', min: 1, max: 1 }, candidates: [issuance, conclusion] },
  ] as unknown as Slot[];

  it('is about the same as the record that it answers, not merely the newest', () => {
    expect(proposeCites(slots, { objection: ['o'] })).toEqual({ objection: ['o'], contested: ['c'] });
  });

  it('is the newest where nothing says more, and what somebody chose stays', () => {
    expect(proposeCites(slots.slice(1), {})).toEqual({ contested: ['i'] });
    expect(proposeCites(slots, { objection: ['o'], contested: ['i'] })['contested']).toEqual(['i']);
  });
});
