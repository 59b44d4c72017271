import {
  addDays,
  daysBetween,
  evidenceDue,
  type Fault,
  isDay,
  lastDayOfMonth,
  monthsOfYear,
  normaliseIdentifier,
  type YearValues,
} from '@carbon-ledger/core';
import { field, fieldPointer, type PlantYear, type Section, type UnitMonth } from './model';
import { fileFault } from './repetitions';

interface Months {
  readonly sections: readonly Section[];
  /** Places of months that could not be placed: one of them may be the one that is missing. */
  readonly unplaced: readonly string[];
  readonly pointer: string;
  /** Whether the year is over, so that all of its months must be there. */
  readonly isWhole: boolean;
}

/** Every month of the year; that none is there twice, reading has made sure of. */
function calendarFaults(year: string, { sections, unplaced, pointer, isWhole }: Months): Fault[] {
  const expected = monthsOfYear(year);
  const months = sections.map((section) => field(section, 'month') ?? '');
  const missing = !isWhole || unplaced.length > 0 ? [] : expected.filter((month) => !months.includes(month));
  const wrong = sections.filter((_, index) => !expected.includes(months[index] ?? ''));
  return [
    ...missing.map((month) => fileFault(pointer, `${month} is missing`, { month })),
    ...wrong.map((section) =>
      fileFault(fieldPointer(section, 'month'), `${field(section, 'month') ?? ''} is not a month of ${year}`),
    ),
  ];
}

/** `sampleReceived ≤ testStart ≤ testEnd ≤ issued ≤ anchoredByLab` (R-D02): text of days orders as the days do. */
function orderFaults(lab: Section): Fault[] {
  const steps = ['sampleReceived', 'testStart', 'testEnd', 'issued', 'anchoredByLab'] as const;
  return steps.slice(1).flatMap((step, index) => {
    const earlier = steps[index] ?? step;
    const [before, after] = [field(lab, earlier), field(lab, step)];
    if (before === undefined || after === undefined || before <= after) return [];
    return [fileFault(fieldPointer(lab, step), `R-D02: ${step} ${after} lies before ${earlier} ${before}`)];
  });
}

function monthEndFaults(lab: Section, month: string): Fault[] {
  const [issued, counted] = [field(lab, 'issued'), field(lab, 'daysMonthEndToIssue')];
  const faults: Fault[] = [];
  if (issued !== undefined && isDay(issued) && counted !== undefined) {
    const expected = String(daysBetween(lastDayOfMonth(month), issued));
    const details = { figure: 'daysMonthEndToIssue', expected, got: counted, step: 'issued - month end' };
    if (expected !== counted) {
      const message = `daysMonthEndToIssue: issued - month end gives ${expected}, not ${counted}`;
      faults.push({ path: fieldPointer(lab, 'daysMonthEndToIssue'), code: 'FIGURE_MISMATCH', message, details });
    }
  }
  const received = field(lab, 'sampleReceived');
  if (received !== undefined && received < `${month}-01`) {
    faults.push(
      fileFault(fieldPointer(lab, 'sampleReceived'), `received ${received}, before its month ${month} began`),
    );
  }
  return faults;
}

/** What the file says of being on time follows from its own dates; the ledger goes by its own time. */
function onTimeFaults({ month, evidence }: UnitMonth, submitted: string, values: YearValues): Fault[] {
  const onTime = field(evidence, 'onTime');
  const due = evidenceDue(month, values);
  if (onTime === undefined || due === undefined || onTime === String(submitted <= due)) return [];
  return [fileFault(fieldPointer(evidence, 'onTime'), `submitted ${submitted}, due ${due}`)];
}

/** Evidence of a month cannot have been filed before the month was over. */
function submissionFaults(month: UnitMonth, values: YearValues): Fault[] {
  const submitted = field(month.evidence, 'evidenceSubmitted');
  if (submitted === undefined) return [];
  const late = onTimeFaults(month, submitted, values);
  if (submitted >= addDays(lastDayOfMonth(month.month), 1)) return late;
  const path = fieldPointer(month.evidence, 'evidenceSubmitted');
  return [...late, fileFault(path, `submitted ${submitted}, before ${month.month} was over`)];
}

function reportNumberFaults(file: PlantYear): Fault[] {
  const seen = new Map<string, string>();
  return file.units.flatMap((unit) =>
    unit.months.flatMap(({ lab }) => {
      const number = field(lab, 'reportNo');
      if (!lab || number === undefined) return [];
      const path = fieldPointer(lab, 'reportNo');
      const identity = normaliseIdentifier(number);
      const first = seen.get(identity);
      seen.set(identity, first ?? path);
      return first === undefined ? [] : [fileFault(path, `R-D01: ${number} is also the number of ${first}`)];
    }),
  );
}

function isMonthOf(year: string, month: string): boolean {
  return monthsOfYear(year).includes(month);
}

/** Faults of months and days that no single record can show. */
export function dateFaults(file: PlantYear, values: YearValues, isWhole: (unit: string) => boolean): Fault[] {
  const ofUnits = file.units.flatMap((unit) => {
    const months = unit.months.filter(({ month }) => isMonthOf(file.year, month));
    return [
      ...calendarFaults(file.year, {
        sections: unit.months.map(({ evidence }) => evidence),
        unplaced: unit.unplaced,
        pointer: `${unit.about.pointer}/months`,
        isWhole: isWhole(unit.id),
      }),
      ...months.flatMap((month) => submissionFaults(month, values)),
      ...months.flatMap(({ lab, month }) => (lab ? [...orderFaults(lab), ...monthEndFaults(lab, month)] : [])),
    ];
  });
  const stock = {
    sections: file.stock.map(({ balance }) => balance),
    unplaced: file.unplacedStock,
    pointer: '/plantStockBalance',
    isWhole: isWhole('PLANT'),
  };
  return [...ofUnits, ...calendarFaults(file.year, stock), ...reportNumberFaults(file)];
}
