import { addDays } from '../calendar';
import type { Fault } from '../errors';
import type { RosterUnit, UnitRoster } from '../state/kinds';
import type { OverlayView } from '../state/overlay';
import type { LedgerView } from '../state/view';

/** What records do to the units of an enterprise, and to the facility codes by which units are told apart. */
export type UnitEffect =
  /**
   * A facility code of a permit, for the enterprise that registers it. Until its province has accepted it, another may
   * propose it too: what is merely written down keeps nobody from his own.
   */
  | { readonly do: 'claim-facility'; readonly uscc: string; readonly id: string; readonly field: string }
  /** Units that wait for the province, in the place of earlier ones that waited. */
  | { readonly do: 'propose-units'; readonly uscc: string; readonly units: readonly RosterUnit[] }
  /** Units that end and begin on a day, laid over those in force; they wait for the province. */
  | {
      readonly do: 'propose-change';
      readonly uscc: string;
      readonly day: string;
      readonly ends: readonly string[];
      readonly resumes: readonly string[];
      readonly begins: readonly RosterUnit[];
    }
  /** The waiting units come in force, where they are those of this record. */
  | { readonly do: 'accept-units'; readonly uscc: string; readonly facility: string }
  /** All units go out of force, and their codes are free for whom they belong to. */
  | { readonly do: 'withdraw-units'; readonly uscc: string };

/** The record whose effect it is. */
interface Source {
  readonly id: string;
  readonly key: string;
}
type Of<Name extends UnitEffect['do']> = Extract<UnitEffect, { readonly do: Name }>;
type Apply<Name extends UnitEffect['do']> = (effect: Of<Name>, view: OverlayView, source: Source) => Promise<void>;

const RULE = 'one facility code, one unit';

/** A code is unique within its permit (HJ 608), so both together name a facility. */
export function facilityId({ permit, code }: Pick<RosterUnit, 'permit' | 'code'>): string {
  return `${permit}/${code}`;
}

/** The enterprise of the registration that holds a claim. */
function holderOf(key: string): string {
  return key.split('/')[0] ?? '';
}

async function rosterOf(view: LedgerView, uscc: string): Promise<UnitRoster> {
  return (await view.get('units', uscc)) ?? { units: [] };
}

/** Whether its province accepted the facility as one of this enterprise, now or before its registration was changed. */
function isAccepted({ units, former = [] }: UnitRoster, id: string): boolean {
  return former.includes(id) || units.some((unit) => facilityId(unit) === id);
}

/** The registration under which a facility was accepted; undefined where nobody's was. */
export async function acceptedUnder(view: LedgerView, id: string): Promise<string | undefined> {
  const held = await view.get('claim', `facility/${id}`);
  if (held === undefined) return undefined;
  return isAccepted(await rosterOf(view, holderOf(held.key)), id) ? held.key : undefined;
}

async function takenFault(view: LedgerView, uscc: string, id: string, field: string): Promise<Fault[]> {
  const held = await view.get('claim', `facility/${id}`);
  if (held === undefined || holderOf(held.key) === uscc) return [];
  const holder = await acceptedUnder(view, id);
  if (holder === undefined) return [];
  const message = `${RULE}: ${id} stands already in ${holder}; where it does not belong there, its province or the national authority withdraws that registration`;
  return [{ path: field, code: 'IDENTITY_TAKEN', message, details: { rule: RULE, space: 'facility', id, holder } }];
}

/** What of the state stands against it: another enterprise's facility. Its province's word counts, not who wrote first. */
export async function unitEffectFaults(effect: UnitEffect, view: LedgerView): Promise<Fault[]> {
  if (effect.do === 'claim-facility') return takenFault(view, effect.uscc, effect.id, effect.field);
  if (effect.do !== 'accept-units') return [];
  const { waiting, contested } = await rosterOf(view, effect.uscc);
  // Where nobody else wrote down the same codes, the claims are known to be its own.
  if (contested !== true || waiting?.r !== effect.facility) return [];
  const faults = waiting.units.map((unit) => takenFault(view, effect.uscc, facilityId(unit), '/cites'));
  return (await Promise.all(faults)).flat();
}

async function contest(view: OverlayView, uscc: string): Promise<void> {
  view.put('units', uscc, { ...(await rosterOf(view, uscc)), contested: true });
}

/** Takes over a claim. Whoever held it has codes from now on that are claimed by another, and is marked so. */
async function takeOver(view: OverlayView, uscc: string, id: string, key: string): Promise<boolean> {
  const held = await view.get('claim', `facility/${id}`);
  view.put('claim', `facility/${id}`, { key });
  const isOfOther = held !== undefined && holderOf(held.key) !== uscc;
  if (isOfOther) await contest(view, holderOf(held.key));
  return isOfOther;
}

async function claimFacility({ uscc, id }: Of<'claim-facility'>, view: OverlayView, { key }: Source): Promise<void> {
  if (await takeOver(view, uscc, id, key)) await contest(view, uscc);
}

async function proposeUnits({ uscc, units }: Of<'propose-units'>, view: OverlayView, { id }: Source): Promise<void> {
  view.put('units', uscc, { ...(await rosterOf(view, uscc)), waiting: { r: id, units } });
}

function resumed(unit: RosterUnit, day: string): RosterUnit {
  if (unit.to === null) return unit;
  return { ...unit, to: null, idle: [...(unit.idle ?? []), { from: addDays(unit.to, 1), to: addDays(day, -1) }] };
}

async function proposeChange(change: Of<'propose-change'>, view: OverlayView, { id }: Source): Promise<void> {
  const { uscc, day, ends, resumes, begins } = change;
  const roster = await rosterOf(view, uscc);
  const units = roster.units.map((unit) => {
    if (ends.includes(unit.id)) return { ...unit, to: addDays(day, -1) };
    return resumes.includes(unit.id) ? resumed(unit, day) : unit;
  });
  view.put('units', uscc, { ...roster, waiting: { r: id, units: [...units, ...begins] } });
}

/** Codes that were accepted once stay the enterprise's, also where its registration names them no more: none is used twice. */
async function acceptUnits({ uscc, facility }: Of<'accept-units'>, view: OverlayView): Promise<void> {
  const { waiting, contested, units, former = [] } = await rosterOf(view, uscc);
  if (waiting?.r !== facility) return;
  const now = waiting.units.map(facilityId);
  if (contested === true) for (const id of now) await takeOver(view, uscc, id, `${uscc}/-/-/facility`);
  const left = [...new Set([...former, ...units.map(facilityId)])].filter((id) => !now.includes(id));
  view.put('units', uscc, { ...waiting, ...(left.length > 0 ? { former: left } : {}) });
}

async function withdrawUnits({ uscc }: Of<'withdraw-units'>, view: OverlayView): Promise<void> {
  const { waiting, units, former = [] } = await rosterOf(view, uscc);
  for (const id of new Set([...former, ...[...units, ...(waiting?.units ?? [])].map(facilityId)])) {
    const held = await view.get('claim', `facility/${id}`);
    if (held !== undefined && holderOf(held.key) === uscc) view.remove('claim', `facility/${id}`);
  }
  view.put('units', uscc, { units: [] });
}

export const unitAppliers: { readonly [Name in UnitEffect['do']]: Apply<Name> } = {
  'claim-facility': claimFacility,
  'propose-units': proposeUnits,
  'propose-change': proposeChange,
  'accept-units': acceptUnits,
  'withdraw-units': withdrawUnits,
};
