import { daysBetween, isDay, shanghaiDay } from '../../calendar';
import { modeOfKind } from '../../rulebook/carbon-samples';
import { isCompliantTest, untestedParts } from '../../rulebook/carbon-tests';
import { valuesOf, type YearValues } from '../../rulebook/due';
import { addressOf, type BookIndex, type BookRecord } from '../book';
import type { Predicate, PredicateHit, PredicateInput } from './predicate';

function dayOf(record: BookRecord | undefined, name: string): string | undefined {
  const text = record?.content[name];
  return typeof text === 'string' ? text : undefined;
}

/** The day of receipt stands in the report and in the receipt that the laboratory anchored first. */
function placesOf(index: BookIndex, record: BookRecord, name: string): string[] {
  const own = addressOf(record.key, name);
  const receipt = name === 'received' ? index.related(record, 'sample-receipt') : undefined;
  return receipt === undefined ? [own] : [own, addressOf(receipt.key, name)];
}

/** Days in an order: a step that lies before the one it follows on. */
function ordered({ index, records, arguments: argument }: PredicateInput): PredicateHit[] {
  const steps = argument('steps');
  return records.flatMap((record) =>
    steps.slice(1).flatMap((step, at): PredicateHit[] => {
      const earlier = steps[at] ?? step;
      const [before, after] = [dayOf(record, earlier), dayOf(record, step)];
      if (before === undefined || after === undefined || before <= after) return [];
      const touches = [...placesOf(index, record, step), ...placesOf(index, record, earlier)];
      return [{ at: record.key, touches, got: after, limit: `≥ ${earlier} ${before}` }];
    }),
  );
}

export const order: Predicate = { takes: ['steps'], mayTake: [], find: ordered };

/** The day on which the laboratory had its report on record: its own claim, or the ledger's time. */
function anchoredDay(index: BookIndex, record: BookRecord): string | undefined {
  const anchored = index.anchored(record.key);
  const claimed = [anchored, record]
    .map((one) => dayOf(one, 'anchoredByLab'))
    .find((day) => day !== undefined && isDay(day));
  const time = (anchored ?? record).anchoredAt;
  return claimed ?? (time === undefined ? undefined : shanghaiDay(time));
}

/** A report that reached the ledger long after the day it claims was perhaps written later than it says. */
function backdated({ index, records, limit }: PredicateInput): PredicateHit[] {
  return records.flatMap((record): PredicateHit[] => {
    const issued = dayOf(record, 'issued');
    const anchored = anchoredDay(index, record);
    if (issued === undefined || !isDay(issued) || anchored === undefined) return [];
    const days = limit('days', record).toFixed();
    const late = daysBetween(issued, anchored);
    const touches = [addressOf(record.key, 'issued'), addressOf(record.key, 'anchoredByLab')];
    const at = record.key;
    if (late > Number(days))
      return [{ at, touches, got: `${String(late)} d from issue to anchoring`, limit: `≤ ${days} d` }];
    return late < 0 ? [{ at, touches, got: issued, limit: `≤ anchored ${anchored}` }] : [];
  });
}

export const promptAnchoring: Predicate = { takes: [], mayTake: [], find: backdated };

type Basis = 'measured' | 'default';

function basisBy(report: BookRecord | undefined, month: string, values: YearValues | undefined): Basis | undefined {
  const [issued, received] = [dayOf(report, 'issued'), dayOf(report, 'received')];
  if (issued === undefined || received === undefined || !isDay(issued) || !isDay(received)) return undefined;
  return isCompliantTest({ issued, received }, month, values) ? 'measured' : 'default';
}

function isComplete(report: BookRecord | undefined): boolean {
  return report !== undefined && report.figures.has('Cad_pct') && report.figures.has('Mad_pct');
}

function basisTouches({ key, subject }: BookRecord, reports: readonly BookRecord[]): string[] {
  const own = `${subject.uscc}/${subject.unit}/${subject.period}`;
  const places = reports.length === 0 ? [`${own}/test-report`] : reports.map((report) => report.key);
  return [
    ...['carbonBasis', 'Car_tC_t', 'emission_tCO2'].map((name) => addressOf(key, name)),
    ...places.flatMap((place) => [
      ...['issued', 'Cad_pct', 'Mad_pct', 'record', 'received'].map((name) => addressOf(place, name)),
      addressOf(place.replace(/\/test-report/, '/sample-receipt'), 'received'),
    ]),
  ];
}

type PartMode = 'daily' | 'batch';

/** Of a plan that has carbon tested by day or by batch: which; of every other, nothing. */
function partMode(index: BookIndex, record: BookRecord): PartMode | undefined {
  const mode = index.related(record, 'quality-control-plan')?.content['carbonTestMode'];
  return mode === 'daily' || mode === 'batch' ? mode : undefined;
}

/** By day or by batch: measured where every part of the coal has its compliant report. */
function basisByParts(
  record: BookRecord,
  mode: PartMode,
  reports: readonly BookRecord[],
  values: YearValues | undefined,
): Basis {
  const good = reports.filter((one) => isComplete(one) && basisBy(one, record.subject.period, values) === 'measured');
  const tested = new Set(
    good.filter(({ kind }) => modeOfKind(kind) === mode).map(({ kind }) => kind.split('.')[1] ?? ''),
  );
  const masses = [...record.figures].map(([name, value]) => [name, { value }] as const);
  return tested.size > 0 && untestedParts(masses, mode, tested).length === 0 ? 'measured' : 'default';
}

interface Expected {
  readonly bases: readonly (Basis | undefined)[];
  readonly reports: readonly BookRecord[];
}

/** By the record's own reports, and by the anchored ones. */
function expectedOf(index: BookIndex, record: BookRecord): Expected {
  const mode = partMode(index, record);
  const month = record.subject.period;
  const values = valuesOf(index.cited(record, 'parameters')[0]);
  if (mode !== undefined) {
    const reports = index.cited(record, 'test-report');
    return { bases: [basisByParts(record, mode, reports, values)], reports };
  }
  const report = index.related(record, 'test-report');
  const own = isComplete(report) ? (basisBy(report, month, values) ?? 'default') : 'default';
  const place = report?.subject ?? record.subject;
  const anchored = basisBy(index.anchored(`${place.uscc}/${place.unit}/${month}/test-report`), month, values);
  return { bases: [own, anchored], reports: report === undefined ? [] : [report] };
}

/** The default carbon content if, and only if, no compliant report stands: by the record's own reports, and by the anchored one. */
function basisHits({ index, records }: PredicateInput): PredicateHit[] {
  return records.flatMap((record): PredicateHit[] => {
    const { bases, reports } = expectedOf(index, record);
    const used: Basis = record.content['carbonBasis'] === 'measured' ? 'measured' : 'default';
    const expected = bases.find((basis) => basis !== undefined && basis !== used);
    return expected === undefined
      ? []
      : [{ at: record.key, touches: basisTouches(record, reports), got: used, limit: expected }];
  });
}

export const carbonBasis: Predicate = { takes: [], mayTake: [], find: basisHits };
