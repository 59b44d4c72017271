import { LedgerError } from '../errors';
import { isDivision } from './division';

/** GB 32100: digits and capitals without I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const shape = /^[0-9ABCDEFGHJKLMNPQRTUWXY]{18}$/;

/** The 18th character for the first 17 of a unified social credit code (GB 32100, weights 3^(i−1) mod 31). */
export function usccCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(first17.charAt(index)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** Departments that register: 1 establishment, 2 foreign affairs, … 9 market regulation, A, N, Y (GB 32100, table 1). */
const department = /^[1-9ANY][1-9]/;

/**
 * What a code says beside its check character, which takes eighteen zeros for a code: who registered whom, where, and
 * which organisation it is. Undefined where nothing is wrong.
 */
function meaningFault(text: string): string | undefined {
  if (!department.test(text)) return 'its first two characters name no department and kind';
  if (!isDivision(text.slice(2, 8))) return `${text.slice(2, 8)} is no administrative division (GB/T 2260)`;
  return /^0+$/.test(text.slice(8, 17)) ? 'its organisation code is all zeros' : undefined;
}

/** True for 18 characters of the alphabet that name somebody and whose check digit is right. */
export function isUscc(text: string): boolean {
  return shape.test(text) && meaningFault(text) === undefined && usccCheckDigit(text.slice(0, 17)) === text.charAt(17);
}

function hintOf(text: string): string {
  if (!shape.test(text)) return '';
  const meaning = meaningFault(text);
  return meaning === undefined ? `; its check digit would be ${usccCheckDigit(text.slice(0, 17))}` : `; ${meaning}`;
}

/** @throws LedgerError BAD_USCC, telling what it names wrongly, or the check digit that would be right */
export function assertUscc(text: string): void {
  if (isUscc(text)) return;
  throw new LedgerError('BAD_USCC', `${JSON.stringify(text)} is not a unified social credit code${hintOf(text)}`);
}
