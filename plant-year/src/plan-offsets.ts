import { formatDecimal, parseDecimal } from '@carbon-ledger/core';
import { field, type Section } from './model';
import type { PlanRecord } from './plan';
import { constant, figureOf, planRecord, stated } from './plan-builder';
import { ofYear, yearKey } from './plan-plant';
import type { PlanContext } from './plan-unit';

/**
 * A project may have many lots, and many plants may use them: the first serial number tells the lots apart. Where it is
 * longer than a label, its end does.
 */
function lotKind(lot: Section): string {
  const label = (field(lot, 'serialFrom') ?? '').replace(/[^A-Za-z0-9_-]/g, '-').slice(-40);
  return label === '' ? 'ccer-lot' : `ccer-lot.${label}`;
}

const serialContent = (lot: Section): Record<string, ReturnType<typeof stated>> => ({
  projectRef: stated(lot, 'projectRef'),
  serialFrom: stated(lot, 'serialFrom'),
  serialTo: stated(lot, 'serialTo'),
  qty: stated(lot, 'qty'),
});

function planLot(context: PlanContext, lot: Section): PlanRecord {
  return planRecord({
    kind: lotKind(lot),
    issuer: context.ledger.ccerRegistry,
    subject: { uscc: context.ledger.ccerRegistry, unit: field(lot, 'projectRef') ?? '-', period: '-' },
    pointer: lot.pointer,
    content: {
      ...serialContent(lot),
      projectName: stated(lot, 'projectName'),
      methodology: stated(lot, 'methodology'),
    },
  });
}

function planCancellation(context: PlanContext, lot: Section, cited: PlanRecord, index: number): PlanRecord {
  return planRecord({
    kind: `ccer-cancellation.${index + 1}`,
    issuer: context.ledger.ccerRegistry,
    subject: ofYear(context, 'PLANT'),
    pointer: lot.pointer,
    cites: { 'ccer-lot': [cited.key] },
    content: {
      ...serialContent(lot),
      purpose: constant('national-offset'),
      account: stated(context.file.enterprise, 'ccerAccountId'),
      cancelledOn: cancellationDay(context, lot),
    },
    figures: [figureOf('ccerQty_tCO2', lot, 'qty')],
  });
}

/** A file may state the day of a cancellation; else it is taken as made on the last day of surrender. */
function cancellationDay(context: PlanContext, lot: Section): ReturnType<typeof stated> {
  return field(lot, 'cancelledOn') === undefined
    ? stated(context.file.compliance, 'surrenderDeadline')
    : stated(lot, 'cancelledOn');
}

const whole = /^[1-9][0-9]{0,17}$/;

function appliedFor(lots: readonly Section[]): string {
  const quantities = lots.map((lot) => field(lot, 'qty') ?? '').filter((text) => whole.test(text));
  return quantities.reduce((sum, qty) => sum + BigInt(qty), 0n).toString();
}

/** Applied for in percent of what is due, two decimals half up; zero where the file gives no such number. */
function shareOf(applied: string, due: string | undefined): string {
  if (due === undefined || !whole.test(due)) return '0.00';
  return formatDecimal(parseDecimal(applied).div(due).times(100), 2);
}

/** The enterprise applies for what it uses, and its province confirms it: without that nothing is cancelled for it. */
export function planApplication(context: PlanContext): PlanRecord[] {
  const { compliance, enterprise, lots } = context.file;
  // What cannot be read is told where it stands, and not a second time of the form that repeats it.
  const isRead = lots.every((lot) => field(lot, 'qty') !== undefined && field(lot, 'projectRef') !== undefined);
  if (lots.length === 0 || !isRead) return [];
  const applied = appliedFor(lots);
  const conclusion = yearKey(context, 'PLANT', 'verification-conclusion');
  const cites = { parameters: context.rules['parameters'] ?? [], 'verification-conclusion': [conclusion] };
  const shared = { subject: ofYear(context, 'PLANT'), pointer: compliance.pointer };
  const application = planRecord({
    ...shared,
    kind: 'offset-application',
    issuer: context.enterprise,
    cites,
    content: {
      enterpriseName: stated(enterprise, 'name'),
      ccerAccount: stated(enterprise, 'ccerAccountId'),
      allowanceAccount: stated(enterprise, 'allowanceAccountId'),
      obligation_t: stated(compliance, 'verifiedEmission_tCO2'),
      applied_t: constant(applied),
      share_pct: constant(shareOf(applied, field(compliance, 'verifiedEmission_tCO2'))),
      rows: constant(lots.map((lot) => ({ projectRef: field(lot, 'projectRef'), qty: field(lot, 'qty') }))),
      declared: constant(true),
    },
  });
  const confirmation = planRecord({
    ...shared,
    kind: 'offset-confirmation',
    issuer: context.ledger.provinceAuthority,
    cites: { ...cites, application: [application.key] },
    content: { decision: constant('confirm'), confirmed_t: constant(applied) },
  });
  return [application, confirmation];
}

/** The lots that the plant uses, each with its cancellation. */
export function planOffsets(context: PlanContext): PlanRecord[] {
  return context.file.lots.flatMap((section, index) => {
    const lot = planLot(context, section);
    return [lot, planCancellation(context, section, lot, index)];
  });
}
