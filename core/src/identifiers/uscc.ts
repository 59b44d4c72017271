import { LedgerError } from '../errors';

/** GB 32100: digits and capitals without I, O, S, V, Z. */
const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const shape = /^[0-9ABCDEFGHJKLMNPQRTUWXY]{18}$/;

/** The 18th character for the first 17 of a unified social credit code (GB 32100, weights 3^(i−1) mod 31). */
export function usccCheckDigit(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(first17.charAt(index)), 0);
  return alphabet.charAt((31 - (sum % 31)) % 31);
}

/** True for 18 characters of the alphabet whose check digit is right. */
export function isUscc(text: string): boolean {
  return shape.test(text) && usccCheckDigit(text.slice(0, 17)) === text.charAt(17);
}

/** @throws LedgerError BAD_USCC, telling the check digit that would be right */
export function assertUscc(text: string): void {
  if (isUscc(text)) return;
  const hint = shape.test(text) ? `; its check digit would be ${usccCheckDigit(text.slice(0, 17))}` : '';
  throw new LedgerError('BAD_USCC', `${JSON.stringify(text)} is not a unified social credit code${hint}`);
}
