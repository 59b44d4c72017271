import { formatDecimal, parseDecimal } from '@carbon-ledger/core';
import { usedPart, hasPart, type LotPart } from './lots';
import { field, type Section } from './model';
import type { PlanRecord } from './plan';
import { constant, figureOf, planRecord, stated, type PlanDraft } from './plan-builder';
import { ofYear, yearKey } from './plan-plant';
import type { PlanContext } from './plan-unit';

type Content = NonNullable<PlanDraft['content']>;

/** A lot of the file with its place there: what is made of it is numbered by it. */
interface PlacedLot {
  readonly lot: Section;
  readonly number: string;
}

const lotsOf = ({ file }: PlanContext): PlacedLot[] =>
  file.lots.map((lot, index) => ({ lot, number: String(index + 1) }));

/**
 * A project may have many lots, and many plants may use them: the first serial number tells the lots apart. Where it is
 * longer than a label, its end does.
 */
function lotKind(lot: Section): string {
  const label = (field(lot, 'serialFrom') ?? '').replace(/[^A-Za-z0-9_-]/g, '-').slice(-40);
  return label === '' ? 'ccer-lot' : `ccer-lot.${label}`;
}

function lotSubject({ ledger }: PlanContext, lot: Section): PlanRecord['subject'] {
  return { uscc: ledger.ccerRegistry, unit: field(lot, 'projectRef') ?? '-', period: '-' };
}

const serials = (lot: Section, part: LotPart): Content => ({
  serialFrom: stated(lot, `${part}serialFrom`),
  serialTo: stated(lot, `${part}serialTo`),
});

const numbers = (lot: Section, part: LotPart): Content => ({
  projectRef: stated(lot, 'projectRef'),
  ...serials(lot, part),
  qty: stated(lot, `${part}qty`),
});

/** What the file says of a field that it may leave out. */
const optional = (lot: Section, name: string): Content =>
  field(lot, name) === undefined ? {} : { [name]: stated(lot, name) };

function planLot(context: PlanContext, { lot }: PlacedLot): PlanRecord {
  return planRecord({
    ...{ kind: lotKind(lot), issuer: context.ledger.ccerRegistry, subject: lotSubject(context, lot) },
    pointer: lot.pointer,
    content: {
      ...numbers(lot, ''),
      ...{ projectName: stated(lot, 'projectName'), methodology: stated(lot, 'methodology') },
      ...{ ...optional(lot, 'registeredOn'), ...optional(lot, 'track') },
    },
  });
}

/** A record of the plant's year that is made of one lot. */
function ofLot(
  context: PlanContext,
  { lot, number }: PlacedLot,
  draft: Omit<PlanDraft, 'subject' | 'pointer'>,
): PlanRecord {
  const kind = `${draft.kind}.${number}`;
  return planRecord({ ...draft, kind, subject: ofYear(context, 'PLANT'), pointer: lot.pointer });
}

function planFreeze(context: PlanContext, placed: PlacedLot, lot: PlanRecord): PlanRecord {
  return ofLot(context, placed, {
    ...{ kind: 'ccer-freeze', issuer: context.ledger.ccerRegistry, cites: { 'ccer-lot': [lot.key] } },
    content: { ...numbers(placed.lot, 'frozen.'), account: stated(context.file.enterprise, 'ccerAccountId') },
  });
}

/** What the allowance registry has before it as 待抵销: the numbers that were frozen, or cancelled in the earlier registry. */
function planSync(context: PlanContext, placed: PlacedLot, synced: PlanRecord): PlanRecord[] {
  const { lot } = placed;
  if (!hasPart(lot, 'synced.')) return [];
  const part = synced.type === 'ccer-freeze' ? 'frozen.' : usedPart(lot);
  return [
    ofLot(context, placed, {
      ...{ kind: 'ccer-sync', issuer: context.ledger.allowanceRegistry, cites: { synced: [synced.key] } },
      content: {
        ...{ projectRef: stated(lot, 'projectRef'), projectName: stated(lot, 'projectName') },
        ...{ projectType: stated(lot, 'synced.projectType'), qty: stated(lot, `${part}qty`) },
      },
    }),
  ];
}

function planCancellation(
  context: PlanContext,
  placed: PlacedLot,
  { lot, freeze }: { readonly lot: PlanRecord; readonly freeze: PlanRecord | undefined },
): PlanRecord {
  const part = usedPart(placed.lot);
  return ofLot(context, placed, {
    ...{ kind: 'ccer-cancellation', issuer: context.ledger.ccerRegistry },
    cites: { 'ccer-lot': [lot.key], ...(freeze === undefined ? {} : { 'ccer-freeze': [freeze.key] }) },
    content: {
      ...numbers(placed.lot, part),
      purpose: constant('national-offset'),
      account: stated(context.file.enterprise, 'ccerAccountId'),
      cancelledOn: cancellationDay(context, placed.lot),
      ...optional(placed.lot, 'track'),
    },
    figures: [figureOf('ccerQty_tCO2', placed.lot, `${part}qty`)],
  });
}

/** A file may state the day of a cancellation; else it is taken as made on the last day of surrender. */
function cancellationDay(context: PlanContext, lot: Section): ReturnType<typeof stated> {
  return field(lot, 'cancelled.cancelledOn') === undefined
    ? stated(context.file.compliance, 'surrenderDeadline')
    : stated(lot, 'cancelled.cancelledOn');
}

function planBooking(context: PlanContext, placed: PlacedLot, surrender: string, cancelled: string): PlanRecord[] {
  const { lot } = placed;
  if (field(lot, 'booked') !== 'true') return [];
  const cites = { parameters: context.rules['parameters'] ?? [], surrender: [surrender] };
  return [
    ofLot(context, placed, {
      ...{ kind: 'offset-booking', issuer: context.ledger.allowanceRegistry },
      cites: { ...cites, 'ccer-cancellation': [cancelled] },
      content: { qty: stated(lot, `${usedPart(lot)}qty`) },
    }),
  ];
}

function planRelease(context: PlanContext, placed: PlacedLot, freeze: PlanRecord | undefined): PlanRecord[] {
  const { lot } = placed;
  if (freeze === undefined || !hasPart(lot, 'released.')) return [];
  return [
    ofLot(context, placed, {
      ...{ kind: 'ccer-release', issuer: context.ledger.ccerRegistry, cites: { 'ccer-freeze': [freeze.key] } },
      content: { ...serials(lot, 'frozen.'), reason: stated(lot, 'released.reason') },
    }),
  ];
}

const whole = /^[1-9][0-9]{0,17}$/;
const usedQty = (lot: Section): string | undefined => field(lot, `${usedPart(lot)}qty`);

function appliedFor(lots: readonly Section[]): string {
  const quantities = lots.map((lot) => usedQty(lot) ?? '').filter((text) => whole.test(text));
  return quantities.reduce((sum, qty) => sum + BigInt(qty), 0n).toString();
}

/** Applied for in percent of what is due, two decimals half up; zero where the file gives no such number. */
function shareOf(applied: string, due: string | undefined): string {
  if (due === undefined || !whole.test(due)) return '0.00';
  return formatDecimal(parseDecimal(applied).div(due).times(100), 2);
}

/** The enterprise applies for what it uses, and its province confirms it: without that nothing is cancelled for it. */
function planApplication(context: PlanContext, freezes: readonly string[]): PlanRecord[] {
  const { compliance, enterprise, lots } = context.file;
  // What cannot be read is told where it stands, and not a second time of the form that repeats it.
  const isRead = lots.every((lot) => usedQty(lot) !== undefined && field(lot, 'projectRef') !== undefined);
  if (lots.length === 0 || !isRead) return [];
  const applied = appliedFor(lots);
  const conclusion = yearKey(context, 'PLANT', 'verification-conclusion');
  const cites = {
    ...{ parameters: context.rules['parameters'] ?? [], 'verification-conclusion': [conclusion] },
    ...(freezes.length === 0 ? {} : { 'ccer-freeze': [...freezes].sort() }),
  };
  const shared = { subject: ofYear(context, 'PLANT'), pointer: compliance.pointer };
  const application = planRecord({
    ...{ ...shared, kind: 'offset-application', issuer: context.enterprise, cites },
    content: {
      enterpriseName: stated(enterprise, 'name'),
      ccerAccount: stated(enterprise, 'ccerAccountId'),
      allowanceAccount: stated(enterprise, 'allowanceAccountId'),
      obligation_t: stated(compliance, 'verifiedEmission_tCO2'),
      applied_t: constant(applied),
      share_pct: constant(shareOf(applied, field(compliance, 'verifiedEmission_tCO2'))),
      rows: constant(lots.map((lot) => ({ projectRef: field(lot, 'projectRef'), qty: usedQty(lot) }))),
      declared: constant(true),
    },
  });
  const confirmation = planRecord({
    ...{ ...shared, kind: 'offset-confirmation', issuer: context.ledger.provinceAuthority },
    cites: { ...cites, application: [application.key] },
    content: { decision: constant('confirm'), confirmed_t: constant(applied) },
  });
  return [application, confirmation];
}

/** Everything about the offsets of the year: what comes before the surrender, and what comes after it. */
export interface PlannedOffsets {
  readonly before: readonly PlanRecord[];
  /** Business keys of the cancellations that the surrender uses. */
  readonly cancellations: readonly string[];
  readonly after: (surrender: string) => readonly PlanRecord[];
}

/**
 * The lots that the plant uses, in the order in which their procedure can be anchored: what is frozen first (2021–22) and
 * synced, then applied for and confirmed, cancelled in whole or in part, synced where the earlier registry cancelled it
 * (2023–24), booked against the surrender; what is left of a freeze is released at the end.
 */
export function planOffsets(context: PlanContext): PlannedOffsets {
  const all = lotsOf(context).map((placed) => {
    const lot = planLot(context, placed);
    const freeze = hasPart(placed.lot, 'frozen.') ? planFreeze(context, placed, lot) : undefined;
    return { placed, lot, freeze, cancellation: planCancellation(context, placed, { lot, freeze }) };
  });
  const frozen = all.flatMap(({ lot, freeze }) => (freeze === undefined ? [] : [lot, freeze]));
  const freezes = all.flatMap(({ freeze }) => (freeze === undefined ? [] : [freeze]));
  return {
    before: [
      ...frozen,
      ...all.flatMap(({ placed, freeze }) => (freeze === undefined ? [] : planSync(context, placed, freeze))),
      ...planApplication(
        context,
        freezes.map(({ key }) => key),
      ),
      ...all.flatMap(({ lot, freeze, cancellation }) => (freeze === undefined ? [lot, cancellation] : [cancellation])),
      ...all.flatMap(({ placed, freeze, cancellation }) =>
        freeze === undefined ? planSync(context, placed, cancellation) : [],
      ),
    ],
    cancellations: all.map(({ cancellation }) => cancellation.key),
    after: (surrender) => [
      ...all.flatMap(({ placed, cancellation }) => planBooking(context, placed, surrender, cancellation.key)),
      ...all.flatMap(({ placed, freeze }) => planRelease(context, placed, freeze)),
    ],
  };
}
