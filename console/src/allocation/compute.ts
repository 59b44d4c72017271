import type { BuiltRecord, FigureSpec } from '@carbon-ledger/core';
import { beginFiling, nextVersionOf, type Filing } from '../filing/draft';
import { figuresAskedOf, methodologyOf } from '../filing/prepare';
import { lookAtProposed, type Means } from '../filing/prepare-filing';
import { kindOfPhase, lineId, type AllocationLine, type Computed, type Phase } from './lines';

/** What one run is about, and what was typed for it: by `USCC/unit`, stated figures. */
export interface Determination {
  readonly year: string;
  readonly phase: Phase;
  readonly notice: string;
  readonly typed: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

function filingOf({ uscc, unit, anchored }: AllocationLine, asked: Determination, { identity }: Means): Filing {
  if (anchored !== undefined) return nextVersionOf(anchored.record, []);
  const { phase, notice, year, typed } = asked;
  const named = new URLSearchParams({ kind: kindOfPhase[phase], uscc, unit, period: year });
  const filing = beginFiling('allowance-issuance', identity.party, named);
  return {
    ...filing,
    content: { ...filing.content, phase, notice },
    figures: typed[lineId({ uscc, unit })] ?? {},
  };
}

/** Figures that the province states: the rules give none for them. */
function statedFigures(specs: readonly FigureSpec[]): readonly FigureSpec[] {
  return specs.filter(({ stated, cases }) => stated || cases.length === 0);
}

export interface LineOutcome extends Computed {
  readonly asked: readonly FigureSpec[];
}

/** Computes one row by the rules that stand, from what stands. @param pending records of the same plant that were computed before it */
async function computeLine(
  means: Means,
  line: AllocationLine,
  asked: Determination,
  pending: readonly BuiltRecord[],
): Promise<LineOutcome> {
  const filing = filingOf(line, asked, means);
  const { built, faults, cited } = await lookAtProposed(means, filing, pending);
  const specs = figuresAskedOf(filing, means.identity.party.uscc, methodologyOf(cited));
  return { built, faults, asked: statedFigures(specs) };
}

/** All rows, units before their plants. @throws AbortError where it was called off */
export async function computeLines(
  means: Means,
  lines: readonly AllocationLine[],
  asked: Determination,
  { signal, onDone }: { readonly signal: AbortSignal; readonly onDone: (done: number) => void },
): Promise<ReadonlyMap<string, LineOutcome>> {
  const outcomes = new Map<string, LineOutcome>();
  for (const [at, line] of lines.entries()) {
    signal.throwIfAborted();
    onDone(at);
    const pending = lines
      .filter(({ uscc, unit, anchored }) => uscc === line.uscc && unit !== 'PLANT' && anchored === undefined)
      .flatMap((unit) => outcomes.get(lineId(unit))?.built ?? []);
    outcomes.set(lineId(line), await computeLine(means, line, asked, pending));
  }
  signal.throwIfAborted();
  return outcomes;
}
