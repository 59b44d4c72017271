import { formatBusinessKey, reviewKind } from '@carbon-ledger/core';
import { field, type UnitYear } from './model';
import type { PlanRecord } from './plan';
import { constant, planRecord, stated } from './plan-builder';
import type { PlanContext } from './plan-unit';

const enterpriseItself = (context: PlanContext): PlanRecord['subject'] => ({
  uscc: context.enterprise,
  unit: '-',
  period: '-',
});

/** The units as the file has them; in service for the whole year where it does not say since when. */
function unitOf(context: PlanContext, { id, about }: UnitYear): Record<string, unknown> {
  return {
    id,
    name: field(about, 'name'),
    permitNo: field(context.file.enterprise, 'permitNo') ?? `${context.enterprise}001P`,
    facilityCode: field(about, 'facilityCode'),
    boilers: [],
    turbines: [],
    generators: [],
    capacity_MW: field(about, 'capacity_MW'),
    category: field(about, 'categoryNo'),
    from: field(about, 'inServiceFrom') ?? `${context.file.year}-01-01`,
    to: null,
  };
}

function planFacility(context: PlanContext): PlanRecord[] {
  const { enterprise, units } = context.file;
  const shared = { subject: enterpriseItself(context), pointer: enterprise.pointer, registration: true as const };
  const key = formatBusinessKey(shared.subject, 'facility');
  const registered = planRecord({
    ...shared,
    kind: 'facility',
    issuer: context.enterprise,
    content: { units: constant(units.map((unit) => unitOf(context, unit))) },
  });
  const accepted = planRecord({
    ...shared,
    kind: reviewKind('province', 'facility'),
    issuer: context.ledger.provinceAuthority,
    cites: { reviewed: [key] },
    content: { decision: constant('accept'), reasons: constant([]) },
  });
  return [registered, accepted];
}

/** The enterprise stands on its province's list of the year, in a part of the list that is its own. */
function planListing(context: PlanContext): PlanRecord {
  const { provinceAuthority } = context.ledger;
  const entry = { uscc: context.enterprise, sector: 'power', listed: true, reason: '纳入全国碳市场' };
  return planRecord({
    kind: `emitter-list.${context.enterprise}`,
    issuer: provinceAuthority,
    subject: { uscc: provinceAuthority, unit: '-', period: context.file.year },
    pointer: context.file.enterprise.pointer,
    cites: { parameters: context.rules['parameters'] ?? [] },
    content: { entries: constant([entry]) },
    registration: true,
  });
}

type Purpose = 'testing' | 'preparation' | 'verification';

function planEngagement(context: PlanContext, purpose: Purpose, by: string): PlanRecord[] {
  const party = { testing: context.file.lab, preparation: context.file.preparer, verification: context.file.verifier }[
    purpose
  ];
  if (field(party, 'uscc') === undefined) return [];
  return [
    planRecord({
      kind: `engagement.${purpose}`,
      issuer: by,
      subject: { uscc: context.enterprise, unit: '-', period: context.file.year },
      pointer: party.pointer,
      content: { party: stated(party, 'uscc'), contractNo: constant(`${context.file.year}-${purpose}`) },
      registration: true,
    }),
  ];
}

/** What must stand before anybody files anything about the plant: list, units, and who works for it. */
export function planRegistrations(context: PlanContext): PlanRecord[] {
  const { provinceAuthority } = context.ledger;
  const [facility, acceptance] = planFacility(context);
  return [
    ...(facility === undefined ? [] : [facility]),
    ...planEngagement(context, 'testing', context.enterprise),
    ...planEngagement(context, 'preparation', context.enterprise),
    ...(acceptance === undefined ? [] : [acceptance]),
    planListing(context),
    ...planEngagement(context, 'verification', provinceAuthority),
  ];
}
