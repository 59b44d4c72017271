import { build, enterprise, lab, TrialWorld } from '../../../test/support/trial-world';
import { trialYear } from '../../../test/support/trial-year';
import type { Cost } from '../../../test/support/memory-ledger';

/** Keys of the state that are read and written: on Fabric each read is a round trip to the peer. */
function costOf({ asked, written }: Cost): [read: number, written: number] {
  return [new Set(asked).size, written.length];
}

describe('what a judgement costs, in keys of the state', () => {
  it('is this and no more for each submission of a plant’s year', async () => {
    const { world } = await trialYear();
    const rows = world.ledger.costs.map((cost) => [cost.types.length, cost.types[0], ...costOf(cost)]);
    expect(rows).toEqual([
      [8, 'party', 21, 19],
      [2, 'facility', 9, 6],
      [3, 'review', 14, 8],
      [1, 'quality-control-plan', 7, 2],
      [24, 'sample-receipt', 18, 13],
      [14, 'monthly-evidence', 21, 16],
      [2, 'verification-conclusion', 16, 7],
      [4, 'allowance-issuance', 12, 6],
      [1, 'offset-application', 7, 2],
      [1, 'offset-confirmation', 9, 3],
      [2, 'ccer-lot', 9, 6],
      [1, 'surrender', 8, 2],
    ]);
  });

  it('grows with the records of a submission by what each has of its own alone', async () => {
    const world = await TrialWorld.open();
    const receipts = (from: number, count: number): ReturnType<typeof build>[] =>
      Array.from({ length: count }, (_, at) =>
        build({
          ...{ type: 'sample-receipt', kind: `sample-receipt.n${String(from + at)}`, issuer: lab.uscc },
          subject: { uscc: enterprise.uscc, unit: 'U1', period: '2024-01' },
          content: {
            sampleNo: `N-${String(from + at)}`,
            sampleMonth: '2024-01',
            sampleKind: '月缩分样',
            received: '2024-02-04',
          },
        }),
      );
    await world.anchor(receipts(0, 1));
    await world.anchor(receipts(1, 10));
    await world.anchor(receipts(11, 100));
    const [one = [0, 0], ten = [0, 0], hundred = [0, 0]] = world.ledger.costs.slice(-3).map(costOf);
    expect([ten, hundred]).toEqual([one, one]);
  });
});
