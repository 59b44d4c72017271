import fc from 'fast-check';
import { deductionDue, noAllocation, reallocate, withDeduction } from './allocation';

describe('the entitlement of a vintage', () => {
  it('comes to the deduction example of the draft plan 2025/2026', () => {
    const due = withDeduction(noAllocation, 'default-2024', 70_000n);
    const pre = reallocate(due, 50_000n);
    expect(pre).toMatchObject({ credited: 0n, deducted: 50_000n, remaining: 20_000n });
    const final = reallocate(pre.next, 30_000n);
    expect(final).toMatchObject({ credited: 0n, deducted: -20_000n, remaining: 40_000n });
    expect(final.next).toMatchObject({ entitled: '30000', deducted: '30000', handBack: '0' });
  });

  it('is trued up both ways: what was issued beyond it is due back, and set off against what is issued later', () => {
    const pre = reallocate(noAllocation, 50_000n);
    const less = reallocate(pre.next, 30_000n);
    expect(less).toMatchObject({ credited: 0n, deducted: 0n });
    expect(less.next.handBack).toBe('20000');
    const more = reallocate(less.next, 45_000n);
    expect(more.credited).toBe(0n);
    expect(more.next.handBack).toBe('5000');
    expect(reallocate(more.next, 60_000n)).toMatchObject({ credited: 10_000n, next: { handBack: '0' } });
  });

  it('comes to the same by whatever way it was reached: issued less due back is entitled less deducted', () => {
    const tonnes = fc.integer({ min: 0, max: 100_000 }).map(BigInt);
    const step = fc.oneof(
      tonnes.map((entitled) => ({ entitled })),
      fc.record({ what: fc.constantFrom('a', 'b'), tonnes }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), tonnes, (steps, last) => {
        let allocation = noAllocation;
        let issued = 0n;
        let deducted = 0n;
        const credit = (entitled: bigint): void => {
          const moved = reallocate(allocation, entitled);
          allocation = moved.next;
          issued += moved.credited;
          deducted += moved.deducted;
        };
        for (const one of steps)
          if ('entitled' in one) credit(one.entitled);
          else allocation = withDeduction(allocation, one.what, one.tonnes);
        credit(last);
        const due = deductionDue(allocation);
        expect(deducted).toBe(due < last ? due : last);
        expect(issued - BigInt(allocation.handBack)).toBe(last - deducted);
        expect(BigInt(allocation.handBack)).toBeGreaterThanOrEqual(0n);
      }),
    );
  });
});
