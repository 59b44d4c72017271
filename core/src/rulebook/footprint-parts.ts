import { isLedgerError, type Fault } from '../errors';
import { isSameUnit, parseUnit, type Unit } from '../methodology/units/unit';
import type { LedgerRecord } from '../records/record';

/** A code that is the member of a family of figures too, `material.emission.cathode_lfp`. */
export const codePattern = /^[A-Za-z0-9_]{1,20}$/;

export const codeOf = ({ kind }: Pick<LedgerRecord, 'kind'>): string => kind.split('.')[1] ?? '';

/** What factors and footprints are called by stands in the names of figures. */
export function codeFaults({ kind }: Pick<LedgerRecord, 'kind'>): Fault[] {
  if (codePattern.test(codeOf({ kind }))) return [];
  return [
    { path: '/kind', code: 'BAD_RECORD', message: `${kind}: its code is 1 to 20 letters, digits and underscores` },
  ];
}

function unitOf(text: string): Unit | undefined {
  try {
    return parseUnit(text);
  } catch (error) {
    if (isLedgerError(error)) return undefined;
    throw error;
  }
}

/** Whether an amount can be stated in it: a known unit, and no quotient. */
export function isAmountUnit(text: string): boolean {
  return text !== '' && !/[/%]|CO2/.test(text) && unitOf(text) !== undefined;
}

/** What a factor is per: `MWh` of `tCO2e/MWh`, `t*km` of `tCO2e/(t*km)`; empty of what is not tonnes over something. */
export function perOf(unit: string): string {
  const [, amount = ''] = /^tCO2e?\/(.+)$/.exec(unit) ?? [];
  return /^\((.+)\)$/.exec(amount)?.[1] ?? amount;
}

export function isSameAmount(a: string, b: string): boolean {
  const [one, other] = [unitOf(a), unitOf(b)];
  return one !== undefined && other !== undefined && isSameUnit(one, other);
}
