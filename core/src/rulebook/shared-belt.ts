import type { Fault } from '../errors';
import type { RecordScope } from '../methodology/scope';
import { declaredMode, planOf } from './carbon-tests';
import { citedOf, type CitedRecord } from './cited';
import { contentFault, ruleFault } from './content';

type Plan = CitedRecord<'quality-control-plan'>;

/** Units that a plan says are fed by one belt: its own and the others it names. */
function beltOf({ scope, content }: Plan): readonly string[] {
  return [scope.record.subject.unit, ...(content.sharedBelt ?? [])].sort();
}

function placeOf(scope: RecordScope, role: string, id: string): string {
  const at = scope.record.cites.findIndex((one) => one.role === role && one.record === id);
  return at < 0 ? '/cites' : `/cites/${String(at)}`;
}

/** R-L54: a report serves its own unit, and the others on the belt that their plans declare. */
function strangerFaults(scope: RecordScope, belt: readonly string[]): Fault[] {
  const { unit } = scope.record.subject;
  return citedOf(scope, 'test-report', 'test-report').flatMap(({ scope: report }): Fault[] => {
    const of = report.record.subject.unit;
    if (of === unit || belt.includes(of)) return [];
    const message = `${report.key} is of ${of}: the plan of ${unit} declares no belt that it shares with ${of}`;
    return [ruleFault('R-L54', placeOf(scope, 'test-report', report.id), message, { unit, of })];
  });
}

/** All plans of a belt say the same of it: which units it feeds, and how their carbon is tested. */
function planFaults(scope: RecordScope, own: Plan, other: Plan): Fault[] {
  const place = placeOf(scope, 'shared-belt-plan', other.scope.id);
  const said = (plan: Plan): string => beltOf(plan).join(', ');
  if (said(own) !== said(other)) {
    const message = `${other.scope.key} declares the belt of ${said(other)}, and ${own.scope.key} that of ${said(own)}`;
    return [ruleFault('R-L54', place, message)];
  }
  const isAlike = (other.content.carbonTestMode ?? 'monthly-composite') === declaredMode(scope);
  return isAlike ? [] : [ruleFault('R-L54', place, `${other.scope.key} has carbon tested in another way`)];
}

/**
 * R-L54: units on one belt burn one coal, and one sample stands for all of them. Every plan of the belt declares it, and a
 * month cites all of these plans: so the ledger sees that they agree, and which of them fell.
 */
export function beltFaults(scope: RecordScope): Fault[] {
  const own = planOf(scope);
  if (own === undefined) return [];
  const belt = own.content.sharedBelt ?? [];
  const plans = citedOf(scope, 'shared-belt-plan', 'quality-control-plan');
  const cited = plans.map(({ scope: plan }) => plan.record.subject.unit);
  const missing = belt.filter((unit) => !cited.includes(unit));
  const absent =
    missing.length === 0
      ? []
      : [ruleFault('R-L54', '/cites', `cite as shared-belt-plan the plan of ${missing.join(', ')}`, { missing })];
  const surplus = plans
    .filter(({ scope: plan }) => !belt.includes(plan.record.subject.unit))
    .map(({ scope: plan }) =>
      ruleFault(
        'R-L54',
        placeOf(scope, 'shared-belt-plan', plan.id),
        `${own.scope.key} declares no belt with ${plan.record.subject.unit}`,
      ),
    );
  const known = plans.filter(({ scope: plan }) => belt.includes(plan.record.subject.unit));
  return [
    ...strangerFaults(scope, belt),
    ...absent,
    ...surplus,
    ...known.flatMap((plan) => planFaults(scope, own, plan)),
  ];
}

/** Others on the belt are units of the enterprise, each named once. */
export function declarationFaults(
  unit: string,
  belt: readonly string[],
  known: readonly string[] | undefined,
): Fault[] {
  return belt.flatMap((one, at): Fault[] => {
    const fault = (message: string): Fault[] => [contentFault(`sharedBelt/${String(at)}`, message)];
    if (one === unit) return fault(`name the others alone: the plan is that of ${unit} itself`);
    if (belt.indexOf(one) < at) return fault(`${one} is named twice`);
    return known === undefined || known.includes(one) ? [] : fault(`${one} is no registered unit`);
  });
}
