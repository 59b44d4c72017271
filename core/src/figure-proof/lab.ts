import { formatFigureAddress } from '../identifiers';
import { businessKey } from '../records';
import type { OpenRecord } from './scope';
import { walkFigure, type ProvedFigure, type Walked } from './walk';

/** Of the whole way of a figure, what laboratories found: their figures, and the records that lead to them, closed. */
export function recordsOfLab(
  records: ReadonlyMap<string, OpenRecord>,
  target: { readonly id: string; readonly name: string },
): Walked {
  const walked = walkFigure(records, target, 'full');
  const opened = new Map([...walked.opened].filter(([id]) => isReport(records.get(id))));
  const onTheWay = leadingTo(records, walked.records, new Set(opened.keys()));
  return { figures: [], opened, records: new Set([target.id, ...onTheWay]) };
}

/**
 * Checks that what is open belongs to laboratory reports on the way of the target, and lists it. Nothing is recomputed:
 * the figures above are closed.
 */
export function labFigures(records: ReadonlyMap<string, OpenRecord>, targetId: string): Walked {
  const reached = reachedFrom(records, targetId);
  const open = [...reached]
    .flatMap((id) => records.get(id) ?? [])
    .filter((one) => isReport(one) && one.figures.length > 0);
  const figures: ProvedFigure[] = open.flatMap(({ id, record, figures: own }) =>
    own.map(({ name, value, unit }) => ({
      address: formatFigureAddress({ key: businessKey(record), figure: name }),
      record: id,
      value,
      unit,
    })),
  );
  const opened = new Map(open.map(({ id, figures: own }) => [id, new Set(own.map(({ name }) => name))]));
  return { figures, opened, records: reached };
}

function isReport(open: OpenRecord | undefined): boolean {
  return open?.record.type === 'test-report';
}

function reachedFrom(records: ReadonlyMap<string, OpenRecord>, start: string): Set<string> {
  const reached = new Set([start]);
  // A set yields what is added while it is walked.
  for (const id of reached) {
    for (const { record } of records.get(id)?.record.cites ?? []) if (records.has(record)) reached.add(record);
  }
  return reached;
}

/** Those of the used records from which some of the goals can be reached. */
function leadingTo(
  records: ReadonlyMap<string, OpenRecord>,
  used: ReadonlySet<string>,
  goals: ReadonlySet<string>,
): string[] {
  return [...used].filter((id) => [...reachedFrom(records, id)].some((reached) => goals.has(reached)));
}
