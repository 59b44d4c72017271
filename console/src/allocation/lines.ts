import { parseDecimal, type BuiltRecord, type Fault } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';

export type Phase = 'pre' | 'final';

export const kindOfPhase = { pre: 'allowance-issuance.pre', final: 'allowance-issuance' } as const;

/** What a row comes to by the rules, with what the ledger would refuse it for. */
export interface Computed {
  readonly built: BuiltRecord;
  readonly faults: readonly Fault[];
}

/** A unit or a plant with what was determined for it, and what the rules give now. */
export interface AllocationLine {
  readonly uscc: string;
  readonly unit: string;
  /** What stands on the ledger. */
  readonly anchored?: AnchoredRecordView;
  readonly computed?: Computed;
}

export const lineId = ({ uscc, unit }: Pick<AllocationLine, 'uscc' | 'unit'>): string => `${uscc}/${unit}`;

/** Figures that say what is allocated, as methodologies call them: of a unit, of a plant, before the year and after it. */
const figures: Readonly<Record<Phase, readonly string[]>> = {
  pre: ['preallocation_tCO2'],
  final: ['allowance_tCO2', 'A_tCO2'],
};

/** Tonnes that a record allocates; undefined where it says none. */
function allocatedBy({ totals }: Pick<BuiltRecord['record'], 'totals'>, phase: Phase): string | undefined {
  return figures[phase].map((name) => totals[name]?.value).find((value) => value !== undefined);
}

export const stated = ({ anchored }: AllocationLine, phase: Phase): string | undefined =>
  anchored === undefined ? undefined : allocatedBy(anchored.record, phase);

export const computedOf = ({ computed }: AllocationLine, phase: Phase): string | undefined =>
  computed === undefined ? undefined : allocatedBy(computed.built.record, phase);

/** Computed − stated; undefined while one of them is not known. */
export function difference(line: AllocationLine, phase: Phase): string | undefined {
  const [was, is] = [stated(line, phase), computedOf(line, phase)];
  return was === undefined || is === undefined ? undefined : parseDecimal(is).minus(was).toFixed();
}

/** Waits to be issued: nothing stands there, and the rules have nothing against what they give. */
export function mayIssue({ anchored, computed }: AllocationLine): boolean {
  return anchored === undefined && computed !== undefined && computed.faults.length === 0;
}

/** Records that one signature takes. */
const MOST_AT_ONCE = 100;

/**
 * What is issued by one signature: whole plants, their units before them, as many as it takes. A plant of which something is
 * not ready is left out whole, because its own record rests on those of its units.
 */
export function toIssue(lines: readonly AllocationLine[], most = MOST_AT_ONCE): BuiltRecord[] {
  const issued: BuiltRecord[] = [];
  for (const plant of new Set(lines.map(({ uscc }) => uscc))) {
    const open = lines.filter(({ uscc, anchored }) => uscc === plant && anchored === undefined);
    if (open.length === 0 || !open.every(mayIssue) || issued.length + open.length > most) continue;
    const unitsFirst = [...open].sort((a, b) => Number(a.unit === 'PLANT') - Number(b.unit === 'PLANT'));
    issued.push(...unitsFirst.flatMap(({ computed }) => computed?.built ?? []));
  }
  return issued;
}

/** Types of a year that say which units a plant has. */
const naming = ['quality-control-plan', 'annual-report', 'verification-conclusion', 'allowance-issuance'] as const;

/** What is asked of the ledger. */
interface YearReader {
  allRecords(query: {
    readonly type: (typeof naming)[number];
    readonly period: string;
    readonly status: 'current';
    readonly limit: number;
  }): AsyncIterable<AnchoredRecordView>;
}

/** Units and plants of a year of which anything stands, plants behind their units. @param isOwn whether an enterprise is asked for */
export async function allocationLines(
  client: YearReader,
  { year, phase }: { readonly year: string; readonly phase: Phase },
  isOwn: (uscc: string) => boolean,
): Promise<AllocationLine[]> {
  const lines = new Map<string, AllocationLine>();
  for (const type of naming)
    for await (const view of client.allRecords({ type, period: year, status: 'current', limit: 500 })) {
      const { uscc, unit } = view.record.subject;
      if (!isOwn(uscc)) continue;
      for (const one of [unit, 'PLANT']) {
        const line = { uscc, unit: one };
        const isThis = one === unit && view.record.kind === kindOfPhase[phase];
        if (isThis || !lines.has(lineId(line))) lines.set(lineId(line), isThis ? { ...line, anchored: view } : line);
      }
    }
  const place = ({ uscc, unit }: AllocationLine): string => `${uscc} ${unit === 'PLANT' ? '~' : unit}`;
  return [...lines.values()].sort((a, b) => (place(a) < place(b) ? -1 : 1));
}
