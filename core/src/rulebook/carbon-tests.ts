import { daysBetween, lastDayOfMonth } from '../calendar';
import { parseDecimal, type Decimal } from '../decimal';
import type { Fault } from '../errors';
import { bucketOf } from '../identifiers';
import type { RecordScope } from '../methodology/scope';
import type { Head } from '../state';
import type { LedgerView } from '../state/view';
import { modeOfKind, type CarbonTestMode } from './carbon-samples';
import { citedOf, type CitedRecord } from './cited';
import { contentFault, ruleFault } from './content';
import { citedValues, daysAfter, type YearValues } from './due';

type Report = CitedRecord<'test-report'>;

/** The last day on which a report of a month may be issued; undefined where the parameters set none, and any day does. */
export function lastDayOfTest(month: string, values: YearValues = {}): string | undefined {
  return daysAfter(lastDayOfMonth(month), values, 'carbonTest.days');
}

/**
 * Is the month's carbon test compliant? Issued and received within the natural days after the month's end that the parameters
 * of the year give (`carbonTest.days`; R-D04); the lab's certificate was judged when the report was anchored (R-D06).
 */
export function isCompliantTest(
  report: { readonly issued: string; readonly received: string },
  month: string,
  values: YearValues | undefined,
): boolean {
  const last = lastDayOfTest(month, values);
  if (last === undefined) return true;
  return daysBetween(report.issued, last) >= 0 && daysBetween(report.received, last) >= 0;
}

/** The plan of the record's unit that it cites. */
export function planOf(scope: RecordScope): CitedRecord<'quality-control-plan'> | undefined {
  return citedOf(scope, 'quality-control-plan', 'quality-control-plan')[0];
}

/** How the plan that a month cites says that its carbon is tested; where it says nothing, by monthly composites. */
export function declaredMode(scope: RecordScope): CarbonTestMode {
  return planOf(scope)?.content.carbonTestMode ?? 'monthly-composite';
}

const labelIn = ({ scope }: Report): string => scope.record.kind.split('.')[1] ?? '';

/** Families in which a month says what was burnt on each day, or of each batch, and how moist it was. */
const families = {
  daily: { mass: 'daily.fc_t.', moisture: 'daily.mar_pct.' },
  batch: { mass: 'batch.fc_t.', moisture: 'batch.mar_pct.' },
} as const;

interface Weighed {
  readonly figures: Iterable<readonly [name: string, figure: { readonly value: string }]>;
}

function massesOf({ figures }: Weighed, prefix: string): [label: string, mass: Decimal][] {
  return [...figures]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, { value }]) => [name.slice(prefix.length), parseDecimal(value)]);
}

/**
 * Days or batches of which coal was burnt and no compliant report stands.
 * @param tested days or batches with a compliant report
 */
export function untestedParts(
  figures: Iterable<readonly [name: string, figure: { readonly value: string }]>,
  mode: 'daily' | 'batch',
  tested: ReadonlySet<string>,
): string[] {
  return massesOf({ figures }, families[mode].mass)
    .filter(([label, mass]) => mass.gt(0) && !tested.has(label))
    .map(([label]) => label);
}

function untested(scope: RecordScope, mode: 'daily' | 'batch', reports: readonly Report[]): string[] {
  const { period } = scope.record.subject;
  const values = citedValues(scope);
  const tested = new Set(reports.filter(({ content }) => isCompliantTest(content, period, values)).map(labelIn));
  return untestedParts(scope.figures, mode, tested);
}

interface ExpectedBasis {
  readonly basis: 'measured' | 'default';
  readonly why: string;
  /** Days or batches that no compliant report stands for. */
  readonly untested?: readonly string[];
}

function untilWhen(scope: RecordScope): string {
  const last = lastDayOfTest(scope.record.subject.period, citedValues(scope));
  return last === undefined ? '(R-D04)' : `(until ${last}, R-D04)`;
}

function compositeBasis(report: Report | undefined, scope: RecordScope): ExpectedBasis {
  if (report === undefined) return { basis: 'default', why: 'there is no report' };
  const isCompliant = isCompliantTest(report.content, scope.record.subject.period, citedValues(scope));
  const until = untilWhen(scope);
  return isCompliant
    ? { basis: 'measured', why: `its report is compliant ${until}` }
    : { basis: 'default', why: `its report is not compliant ${until}` };
}

/**
 * R-L16: the default carbon content is used if, and only if, there is no compliant report: of the month's composite sample, or
 * of every day or every batch of which coal was burnt. A month of which a part is untested is one without.
 */
export function expectedBasis(scope: RecordScope): ExpectedBasis {
  const mode = declaredMode(scope);
  const reports = citedOf(scope, 'test-report', 'test-report');
  const own = reports.filter((one) => modeOfKind(one.scope.record.kind) === mode);
  if (mode === 'monthly-composite') return compositeBasis(own[0], scope);
  if (own.length === 0) return { basis: 'default', why: 'there is no report' };
  const lacking = untested(scope, mode, own);
  const each = mode === 'daily' ? 'day' : 'batch';
  if (lacking.length === 0)
    return { basis: 'measured', why: `every ${each} of which coal was burnt has its compliant report` };
  const why = `no compliant report stands for ${each} ${lacking.join(', ')} ${untilWhen(scope)}`;
  return { basis: 'default', why, untested: lacking };
}

/** Where a report stands among the citations of the month. */
function placeOf(scope: RecordScope, id: string): string {
  const at = scope.record.cites.findIndex(({ role, record }) => role === 'test-report' && record === id);
  return at < 0 ? '/cites' : `/cites/${String(at)}`;
}

const modeWords: Readonly<Record<CarbonTestMode, string>> = {
  daily: 'by day',
  batch: 'by batch',
  'monthly-composite': 'by one composite sample a month',
};

/** R-L53: reports of the declared mode, and of each day, each batch, or the month one. */
function reportFaults(scope: RecordScope, mode: CarbonTestMode, reports: readonly Report[]): Fault[] {
  const seen = new Map<string, string>();
  return reports.flatMap((report): Fault[] => {
    const { key, id, record } = report.scope;
    const place = placeOf(scope, id);
    if (modeOfKind(record.kind) !== mode)
      return [ruleFault('R-L53', place, `${key} is of another mode: the plan has carbon tested ${modeWords[mode]}`)];
    const label = labelIn(report);
    const before = seen.get(label);
    seen.set(label, key);
    if (before === undefined) return [];
    const what = label === '' ? 'the month' : label;
    const message = `${what} is tested twice, in ${before} and ${key}: one of them is withdrawn by its laboratory`;
    return [ruleFault('R-L53', place, message, { twice: [before, key] })];
  });
}

/** R-L53: the batches of a month are all that was burnt in it, and every report has its batch. */
function batchFaults(scope: RecordScope, reports: readonly Report[]): Fault[] {
  const masses = massesOf(scope, families.batch.mass);
  const sum = masses.reduce((total, [, mass]) => total.plus(mass), parseDecimal('0'));
  const burnt = scope.figures.get('coalConsumption_t')?.value;
  const labels = new Set(masses.map(([label]) => label));
  const unweighed = reports.map(labelIn).filter((label) => !labels.has(label));
  const faults = unweighed.map((label) =>
    ruleFault(
      'R-L53',
      `/figures/${families.batch.mass}${label}`,
      `the mass of batch ${label}, which was tested, is missing`,
    ),
  );
  if (burnt === undefined || sum.eq(burnt)) return faults;
  const message = `the batches come to ${sum.toFixed()} t, and ${burnt} t were burnt`;
  return [...faults, ruleFault('R-L53', `/figures/${families.batch.mass}*`, message, { sum: sum.toFixed() })];
}

function figureFaults(scope: RecordScope, mode: CarbonTestMode, reports: readonly Report[]): Fault[] {
  if (mode === 'batch') return batchFaults(scope, reports);
  const isWeighed = massesOf(scope, families.batch.mass).length > 0;
  const batches = isWeighed
    ? [ruleFault('R-L53', `/figures/${families.batch.mass}*`, `the plan has carbon tested ${modeWords[mode]}`)]
    : [];
  const lacks = mode === 'daily' && scope.record.content['dailyRecords'] !== true;
  const days = 'daily tests are weighed by the coal of each day: the month has daily records';
  return lacks ? [...batches, ruleFault('R-L53', '/content/dailyRecords', days)] : batches;
}

/** R-L05: no report has the air-dry coal moister than the coal as received, of its day, its batch, or the month. */
function moistureFaults(scope: RecordScope, mode: CarbonTestMode, reports: readonly Report[]): Fault[] {
  return reports.flatMap((report): Fault[] => {
    const name = mode === 'monthly-composite' ? 'Mar_pct' : `${families[mode].moisture}${labelIn(report)}`;
    const received = scope.figures.get(name)?.value;
    const dry = report.scope.figures.get('Mad_pct')?.value;
    if (received === undefined || dry === undefined || parseDecimal(dry).lte(received)) return [];
    return [ruleFault('R-L05', `/figures/${name}`, 'air-dry moisture Mad above as-received moisture Mar')];
  });
}

/** What a month's carbon tests must be: of the declared mode, each once, over all of the coal. */
export function carbonTestFaults(scope: RecordScope): Fault[] {
  const mode = declaredMode(scope);
  const reports = citedOf(scope, 'test-report', 'test-report');
  const own = reports.filter(({ scope: { record } }) => modeOfKind(record.kind) === mode);
  return [
    ...reportFaults(scope, mode, reports),
    ...figureFaults(scope, mode, own),
    ...moistureFaults(scope, mode, own),
  ];
}

/** R-L16: the carbon content is what the tests give, or the default where they do not. */
export function basisFaults(scope: RecordScope): Fault[] {
  const { carbonBasis: got } = scope.record.content;
  const path = '/content/carbonBasis';
  if (got === 'not-applicable') {
    const message = 'a month with a carbon content says where it comes from';
    return scope.figures.has('Car_tC_t') ? [ruleFault('R-L16', path, message)] : [];
  }
  const { basis: expected, why, untested: lacking } = expectedBasis(scope);
  if (got === expected) return [];
  const details = { expected, got, ...(lacking === undefined ? {} : { untested: lacking }) };
  return [ruleFault('R-L16', path, `the month must use the ${expected} carbon content: ${why}`, details)];
}

/** A report that stands, by the heads of its bucket. */
interface StandingReport {
  readonly key: string;
  readonly record: string;
}

function standingIn(heads: Readonly<Record<string, Head>>, period: string, mode: CarbonTestMode): [string, Head][] {
  return Object.entries(heads).filter(([entry, { s }]) => {
    const [of = '', kind = ''] = entry.split('/');
    return of === period && kind.split('.')[0] === 'test-report' && s === undefined && modeOfKind(kind) === mode;
  });
}

/** Every report of the declared mode that stands for a unit's month: its own, and those of units on the same belt. */
export async function standingReports(
  state: LedgerView,
  scope: RecordScope,
  period: string,
): Promise<readonly StandingReport[]> {
  const { uscc, unit } = scope.record.subject;
  const mode = declaredMode(scope);
  const units = [unit, ...(planOf(scope)?.content.sharedBelt ?? [])];
  const found: StandingReport[] = [];
  for (const one of units) {
    const heads = (await state.get('head', bucketOf({ uscc, unit: one, period }))) ?? {};
    for (const [entry, { r }] of standingIn(heads, period, mode))
      found.push({ key: `${uscc}/${one}/${entry}`, record: `rec:${r}` });
  }
  return found;
}

/** The plan's methodology knows how the declared mode is computed; one that asks for a mode gets one. */
export function modeFaults(mode: CarbonTestMode | undefined, methodology: string, readsMode: boolean): Fault[] {
  const field = 'carbonTestMode';
  if (mode === undefined)
    return readsMode ? [contentFault(field, `${methodology} computes carbon by how it is tested: say how`)] : [];
  if (mode === 'monthly-composite' || readsMode) return [];
  const message = `${methodology} computes carbon by monthly composites alone; cite one that knows tests ${modeWords[mode]}`;
  return [contentFault(field, message, { mode })];
}
