import type { Fault } from '@carbon-ledger/core';
import { field, fieldPointer, type PlantYear } from './model';
import { expectedCredits, tonnes } from './plan-allowances';
import { fileFault } from './repetitions';

/** What was issued to the account is what the entitlement comes to after what was issued before it. */
function creditFaults(file: PlantYear): Fault[] {
  return expectedCredits({ file }).flatMap(({ credit, expected }) =>
    Object.entries(expected).flatMap(([name, value]): Fault[] => {
      const got = field(credit, name) ?? '0';
      if (got === value) return [];
      const details = { figure: name, expected: value, got, step: 'allowance-credit' };
      return [
        { path: fieldPointer(credit, name), code: 'FIGURE_MISMATCH', message: `it comes to ${value} t`, details },
      ];
    }),
  );
}

/** Nothing is surrendered from an account on which nothing was issued. */
function surrenderFaults({ surrendered, credits }: PlantYear): Fault[] {
  if (surrendered === null || credits.some((one) => field(one, 'phase') === 'final')) return [];
  const message = 'allowances are surrendered once they are issued: state the final issuance in compliance.credits';
  return [fileFault(surrendered.about.pointer, message)];
}

/** A hand-back is of what is due, and a pre-allocation comes before what is determined. */
function orderFaults({ credits, transfers }: PlantYear): Fault[] {
  const [final] = credits.filter((one) => field(one, 'phase') === 'final');
  const due = tonnes(final, 'handBack_t') ?? 0n;
  const handedBack = transfers.filter((one) => field(one, 'how') === 'hand-back');
  let left = due;
  return handedBack.flatMap((one): Fault[] => {
    left -= tonnes(one, 'quantity_t') ?? 0n;
    return left >= 0n
      ? []
      : [fileFault(fieldPointer(one, 'quantity_t'), `${due.toString()} t are due to be handed back`)];
  });
}

/** The allowance account of a year as no single record shows it. */
export function allowanceFaults(file: PlantYear): Fault[] {
  return [...creditFaults(file), ...surrenderFaults(file), ...orderFaults(file)];
}
