import type { Allocation } from '../state/kinds';

/** Nothing was credited yet, and nothing is due. */
export const noAllocation: Allocation = { entitled: '0', deducted: '0', handBack: '0', deductions: {} };

/** What a new entitlement comes to, in tonnes. */
export interface Reallocation {
  readonly next: Allocation;
  /** Issued to the account now. */
  readonly credited: bigint;
  /** Taken off now; negative where an earlier deduction goes back. */
  readonly deducted: bigint;
  /** Still to be taken off, from the next vintage. */
  readonly remaining: bigint;
}

const min = (one: bigint, other: bigint): bigint => (one < other ? one : other);

export function deductionDue({ deductions }: Allocation): bigint {
  return Object.values(deductions).reduce((sum, tonnes) => sum + BigInt(tonnes), 0n);
}

/**
 * 多退少补 with deduction (draft plan 2025/2026, deduction example): what is due to be deducted is taken off the entitlement
 * first, as far as it goes. What was issued beyond the rest is due to be handed back; what is missing is issued, after it
 * was set off against what is still to be handed back.
 */
export function reallocate(before: Allocation, entitled: bigint): Reallocation {
  const due = deductionDue(before);
  const taken = min(due, entitled);
  const change = entitled - taken - (BigInt(before.entitled) - BigInt(before.deducted));
  const owed = BigInt(before.handBack) - change;
  return {
    next: {
      entitled: entitled.toString(),
      deducted: taken.toString(),
      handBack: (owed > 0n ? owed : 0n).toString(),
      deductions: before.deductions,
    },
    credited: owed < 0n ? -owed : 0n,
    deducted: taken - BigInt(before.deducted),
    remaining: due - taken,
  };
}

/** The same with one of its deductions set; none where it comes to nothing. */
export function withDeduction(before: Allocation, what: string, tonnes: bigint): Allocation {
  const others = Object.entries(before.deductions).filter(([name]) => name !== what);
  const own = tonnes > 0n ? [[what, tonnes.toString()] as const] : [];
  return { ...before, deductions: Object.fromEntries([...others, ...own]) };
}
