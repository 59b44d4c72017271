import { LedgerError } from '../errors';
import { isUscc } from './uscc';

/** What a record is about: an enterprise (or another party), one of its units, and a year or month. */
export interface Subject {
  readonly uscc: string;
  /** Unit id as in the permit, `PLANT` for the whole enterprise, `-` for none. */
  readonly unit: string;
  /** `YYYY`, `YYYY-MM`, or `-`. */
  readonly period: string;
}

export const unitPattern = /^(?:-|[A-Za-z0-9_-]{1,40})$/;
export const periodPattern = /^(?:-|[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?)$/;
/**
 * A record type, optionally with a label: `allowance-issuance.pre`. What takes a record back has the whole kind of that record for its
 * label (`revocation.allowance-issuance_pre`), or a record whose kind is long could never be taken back.
 */
export const kindPattern =
  /^(?:(?:supersession|revocation|ccer-reversal)\.[A-Za-z0-9_-]{1,79}|[a-z][a-z-]{1,39}(?:\.[A-Za-z0-9_-]{1,40})?)$/;
export const figureNamePattern = /^[A-Za-z][A-Za-z0-9_]{0,63}(?:\.[A-Za-z0-9_]{1,40}){0,2}$/;

/** The form of `{uscc}/{unit}/{period}/{kind}`; the check digit of the code is not in it. */
export const businessKeyPattern = new RegExp(
  `^[0-9A-HJ-NPQRTUWXY]{18}/${[unitPattern, periodPattern, kindPattern].map(({ source }) => source.slice(1, -1)).join('/')}$`,
);

/** `{uscc}/{unit}/{period}/{kind}`: at most one current record stands under it. */
export function formatBusinessKey(subject: Subject, kind: string): string {
  return `${subject.uscc}/${subject.unit}/${subject.period}/${kind}`;
}

export interface BusinessKey extends Subject {
  readonly kind: string;
}

/** @throws LedgerError BAD_FIGURE_ADDRESS */
export function parseBusinessKey(text: string): BusinessKey {
  const [uscc = '', unit = '', period = '', kind = '', ...rest] = text.split('/');
  const wellFormed = rest.length === 0 && isUscc(uscc) && unitPattern.test(unit) && periodPattern.test(period);
  if (!wellFormed || !kindPattern.test(kind)) {
    throw new LedgerError('BAD_FIGURE_ADDRESS', `${JSON.stringify(text)} is not USCC/UNIT/PERIOD/KIND`);
  }
  return { uscc, unit, period, kind };
}

export interface FigureAddress {
  readonly key: string;
  readonly figure: string;
}

/** Reads `USCC/UNIT/PERIOD/KIND#figure`. @throws LedgerError BAD_FIGURE_ADDRESS */
export function parseFigureAddress(text: string): FigureAddress {
  const [key = '', figure = '', ...rest] = text.split('#');
  if (rest.length > 0 || !figureNamePattern.test(figure)) {
    throw new LedgerError('BAD_FIGURE_ADDRESS', `${JSON.stringify(text)} is not USCC/UNIT/PERIOD/KIND#figure`);
  }
  parseBusinessKey(key);
  return { key, figure };
}

export function formatFigureAddress(address: FigureAddress): string {
  return `${address.key}#${address.figure}`;
}

/** The record type of a kind: `allowance-issuance` of `allowance-issuance.pre`. */
export function typeOfKind(kind: string): string {
  return kind.split('.')[0] ?? kind;
}

/**
 * State bucket of a business key: all current records of one unit and year stand under one key of the world state,
 * because on a real peer every key costs a round trip (a record is about 1 KB, a round trip about 0.5 ms).
 */
export function bucketOf(subject: Subject): string {
  return `${subject.uscc}/${subject.unit}/${subject.period.slice(0, 4)}`;
}
