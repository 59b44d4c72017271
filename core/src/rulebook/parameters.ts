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

/** `2025-12-31` of 20251231. */
export function dayParameterOf(scope: RecordScope, name: string): string | undefined {
  const digits = parameterOf(scope, name)?.toFixed(0);
  return dayOf(digits);
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

function dayOf(digits: string | undefined): string | undefined {
  return digits && `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
}

/** The same of parameters as they are cited. */
export function dayTermOf(parameters: readonly Pick<LedgerRecord, 'content'>[], name: string): string | undefined {
  return dayOf(termOf(parameters, name));
}

/** What a compliance year's procedure asks of CCER; the calendar year after it where no days are named. */
export function offsetTermsOf(parameters: readonly Pick<LedgerRecord, 'content'>[], year: string): OffsetTerms {
  const next = String(Number(year) + 1);
  const registeredFrom = dayOf(termOf(parameters, 'ccer.registeredFrom'));
  const earlierUntil = dayOf(termOf(parameters, 'ccer.earlierUntil'));
  return {
    freeze: termOf(parameters, 'offset.freeze') === '1',
    from: dayOf(termOf(parameters, 'offset.cancelFrom')) ?? `${next}-01-01`,
    to: dayOf(termOf(parameters, 'offset.cancelTo')) ?? `${next}-12-31`,
    ...(registeredFrom === undefined ? {} : { registeredFrom }),
    ...(earlierUntil === undefined ? {} : { earlierUntil }),
  };
}

/** Whether a step is asked: its parameter is 1. */
export function isAsked(scope: RecordScope, name: string): boolean {
  return parameterOf(scope, name)?.eq(1) === true;
}
