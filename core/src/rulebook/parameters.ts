import { isDay } from '../calendar';
import type { Decimal } from '../decimal';
import { parseDecimal } from '../decimal';
import type { RecordScope } from '../methodology/scope';
import type { ParameterTable } from '../methodology/spec';
import type { LedgerRecord } from '../records/record';
import type { OffsetTerms } from '../state/kinds';
import { citedOf } from './cited';

/** A value of the parameters that a record cites, if they state it. Days stand there as eight digits: 20251231. */
export function parameterOf(scope: RecordScope, name: string): Decimal | undefined {
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  const values = parameters?.content.values ?? {};
  const value = Object.hasOwn(values, name) ? values[name]?.value : undefined;
  return value === undefined ? undefined : parseDecimal(value);
}

export function dayParameterOf(scope: RecordScope, name: string): string | undefined {
  const digits = parameterOf(scope, name)?.toFixed(0);
  return dayOfDigits(digits);
}

/** The greatest share that may be offset, of parameters as they are cited. */
export function capRateOf(parameters: readonly LedgerRecord[]): string | undefined {
  return termOf(parameters, 'ccerCapRate');
}

/** One value of parameters as they are cited, as it stands there. */
export function termOf(parameters: readonly Pick<LedgerRecord, 'content'>[], name: string): string | undefined {
  const { values } = (parameters[0]?.content ?? { values: {} }) as Pick<ParameterTable, 'values'>;
  return values[name]?.value;
}

/** `2025-12-31` of 20251231; undefined of what names no day. */
export function dayOfDigits(digits: string | undefined): string | undefined {
  if (digits === undefined || !/^\d{8}$/.test(digits)) return undefined;
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  return isDay(day) ? day : undefined;
}

/** The same of parameters as they are cited. */
export function dayTermOf(parameters: readonly Pick<LedgerRecord, 'content'>[], name: string): string | undefined {
  return dayOfDigits(termOf(parameters, name));
}

const termDays = {
  from: 'offset.cancelFrom',
  to: 'offset.cancelTo',
  registeredFrom: 'ccer.registeredFrom',
  earlierUntil: 'ccer.earlierUntil',
} as const;

/** What a compliance year's procedure asks of CCER. A day that its parameters do not name bounds nothing. */
export function offsetTermsOf(parameters: readonly Pick<LedgerRecord, 'content'>[]): OffsetTerms {
  const days = Object.entries(termDays).flatMap(([term, name]) => {
    const day = dayTermOf(parameters, name);
    return day === undefined ? [] : [[term, day] as const];
  });
  return { freeze: termOf(parameters, 'offset.freeze') === '1', ...Object.fromEntries(days) };
}

/** Whether a step is asked: its parameter is 1. */
export function isAsked(scope: RecordScope, name: string): boolean {
  return parameterOf(scope, name)?.eq(1) === true;
}
