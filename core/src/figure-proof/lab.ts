import { LedgerError } from '../errors';
import { formatFigureAddress } from '../identifiers';
import { figureMap, type FigureValue } from '../methodology/scope';
import { businessKey } from '../records';
import { allFiguresOf, missingFigure } from './family';
import type { OpenRecord } from './scope';
import type { ProvedFigure, Walked } from './walk';

/** Roles in which no report of a laboratory is cited, nor anything that cites one: rules, plans, and the samples themselves. */
const NOT_FOLLOWED: ReadonlySet<string> = new Set([
  'methodology',
  'parameters',
  'quality-control-plan',
  'sample-receipt',
]);

/**
 * The figure itself, and every figure of every laboratory report that its record cites, however far. Nothing is recomputed:
 * what lies between is closed. Which reports there are is public, and so is whether one is open as a whole, so nothing can be
 * left out unseen. The same walk makes a proof and verifies it.
 * @throws LedgerError CITATION_MISSING, FIGURE_MISSING
 */
export function walkLaboratory(
  records: ReadonlyMap<string, OpenRecord>,
  target: { readonly id: string; readonly name: string },
): Walked {
  const reached = reachedFrom(records, target.id);
  const opened = new Map(reached.filter(isReport).map((one) => [one.id, [...allFiguresOf(one)]]));
  opened.set(target.id, [...(opened.get(target.id) ?? []), target.name]);
  const figures = reached.flatMap((one) => provedOf(one, opened.get(one.id) ?? []));
  return {
    figures: [...new Map(figures.map((one) => [one.address, one])).values()],
    opened: new Map([...opened].map(([id, names]) => [id, new Set(names)])),
    records: new Set(reached.map(({ id }) => id)),
  };
}

function isReport({ record }: OpenRecord): boolean {
  return record.type === 'test-report';
}

function provedOf(owner: OpenRecord, names: readonly string[]): ProvedFigure[] {
  const figures: ReadonlyMap<string, FigureValue> = figureMap(owner.record, owner.figures);
  return names.map((name) => {
    const found = figures.get(name);
    if (found === undefined) throw missingFigure(owner, name);
    const address = formatFigureAddress({ key: businessKey(owner.record), figure: name });
    return { address, record: owner.id, value: found.value, unit: found.unit };
  });
}

function reachedFrom(records: ReadonlyMap<string, OpenRecord>, start: string): OpenRecord[] {
  const ids = new Set([start]);
  const reached: OpenRecord[] = [];
  // A set yields what is added while it is walked.
  for (const id of ids) {
    const open = heldOf(records, id);
    reached.push(open);
    for (const { role, record } of open.record.cites) if (!NOT_FOLLOWED.has(role)) ids.add(record);
  }
  return reached;
}

function heldOf(records: ReadonlyMap<string, OpenRecord>, id: string): OpenRecord {
  const open = records.get(id);
  if (open !== undefined) return open;
  throw new LedgerError('CITATION_MISSING', `${id} is cited, and the proof does not hold it.`, { details: { id } });
}
