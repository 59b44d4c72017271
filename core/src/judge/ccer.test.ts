import fc from 'fast-check';
import type { Judgement } from '..';
import { TrialWorld } from '../../../test/support/trial-world';
import {
  cancellation,
  ccerLot,
  offsetRecords,
  surrenderRecord,
  trialYear,
  voluntary,
} from '../../../test/support/trial-year';

const codes = (judgement: Judgement): string[] =>
  judgement.refused.flatMap((refused) => refused.faults.map((fault) => fault.code));

async function withLot(): Promise<{ world: TrialWorld; lot: ReturnType<typeof ccerLot> }> {
  const world = await TrialWorld.open();
  const lot = ccerLot();
  await world.anchor([lot]);
  return { world, lot };
}

describe('CCER serial numbers', () => {
  it('cannot be used twice, and the overlap is counted', async () => {
    const { world, lot } = await withLot();
    await world.anchor([voluntary(lot, '1', [1, 45_000])]);
    const judgement = await world.submit([voluntary(lot, '2', [40_001, 50_000])]);
    expect(judgement.refused[0]?.faults[0]).toMatchObject({
      code: 'SERIAL_OVERLAP',
      details: { from: '40001', to: '45000', count: '5000' },
    });
    await world.anchor([voluntary(lot, '2', [45_001, 50_000])]);
  });

  it('cannot be used twice inside one transaction', async () => {
    const { world, lot } = await withLot();
    expect(codes(await world.submit([voluntary(lot, '1', [1, 10]), voluntary(lot, '2', [10, 20])]))).toEqual([
      'SERIAL_OVERLAP',
    ]);
  });

  it('must have been issued', async () => {
    const { world, lot } = await withLot();
    expect(codes(await world.submit([voluntary(lot, '1', [899_999, 900_001])]))).toEqual(['SERIAL_NOT_ISSUED']);
  });

  it('are accepted exactly where a brute-force set of used numbers says so', async () => {
    const ranges = fc.array(fc.tuple(fc.integer({ min: 1, max: 60 }), fc.nat(12)), { minLength: 1, maxLength: 14 });
    await fc.assert(
      fc.asyncProperty(ranges, async (spans) => {
        const { world, lot } = await withLot();
        const used = new Set<number>();
        for (const [index, [from, length]] of spans.entries()) {
          const numbers = Array.from({ length: length + 1 }, (_, offset) => from + offset);
          const free = numbers.every((number) => !used.has(number));
          const judgement = await world.submit([voluntary(lot, String(index), [from, from + length])]);
          expect(judgement.accepted.length === 1).toBe(free);
          if (free) numbers.forEach((number) => used.add(number));
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('surrender', () => {
  it('computes cap, use and what is left to buy', async () => {
    const { surrender } = await trialYear();
    const total = (name: string): string | undefined => surrender.record.totals[name]?.value;
    expect(total('ccerCap_tCO2')).toBe('141298');
    expect(total('ccerUsed_tCO2')).toBe('45000');
    expect(total('allowancesToSurrender_tCO2')).toBe('2780960');
  });

  it('refuses one tonne above 5 % (R-L21) where it is applied for, and takes the cap itself', async () => {
    const { world, conclusion, issuance, lot } = await trialYear(false, 0);
    const [over] = offsetRecords(world, conclusion, 141_299);
    const details = { rule: 'R-L21', used: '141299', cap: '141298', state: 'CURRENT' };
    expect((await world.submit([over])).refused[0]?.faults).toMatchObject([{ code: 'OVER_CAP', details }]);
    const exact = cancellation(lot, '3', [300_001, 441_298]);
    expect(codes(await world.submit([exact]))).toEqual(['OVER_CONFIRMED']);
    for (const record of offsetRecords(world, conclusion, 141_298)) await world.anchor([record]);
    await world.anchor([exact]);
    expect(codes(await world.submit([cancellation(lot, '4', [500_000, 500_000])]))).toEqual(['OVER_CONFIRMED']);
    await world.anchor([surrenderRecord(world, conclusion, issuance, [exact])]);
  });
});
