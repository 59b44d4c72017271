import { isLedgerError, parseBusinessKey } from '@carbon-ledger/core';
import type { RuleHit, Severity } from '../rule';
import type { ScreeningYear } from '../year';

interface ChainFilter {
  readonly kinds: readonly string[];
  readonly figures?: readonly string[];
  readonly severity?: Severity;
}

function place(address: string): { kind: string; unit: string; figure: string } {
  const [key = '', figure = ''] = address.split('#');
  try {
    const { kind, unit } = parseBusinessKey(key);
    return { kind, unit, figure };
  } catch (error) {
    if (isLedgerError(error)) return { kind: '', unit: '', figure };
    throw error;
  }
}

/** Figures of these kinds of record that differ from what the methodology's formulas make of their inputs. */
export function brokenFigures(year: ScreeningYear, filter: ChainFilter): RuleHit[] {
  return year.input.chain.flatMap(({ address, inputs, broken }) => {
    if (!broken) return [];
    const { kind, figure } = place(address);
    const isMeant = filter.kinds.includes(kind) && (filter.figures?.includes(figure) ?? true);
    return isMeant ? [{ touches: [address, ...inputs], got: broken.got, limit: broken.expected }] : [];
  });
}
