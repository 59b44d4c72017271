import {
  recordTypes,
  typeOfKind,
  type BusinessKey,
  type CitationRule,
  type RecordType,
  type Subject,
} from '@carbon-ledger/core';
import type { ActionView, DutyView } from '@carbon-ledger/client-sdk';
import { filingAddress } from '../filing/draft';

/** A record is acted on by another that cites it, or replaced by its own next version. */
interface Target {
  /** The record that waits, or is acted on; absent where nothing was filed yet. */
  readonly record?: string | undefined;
  readonly subject: Subject;
}

/** What is filed by the year about something of a month is of its year: a rectification of a finding of September. */
function periodFor(type: RecordType, period: string): string {
  return recordTypes[type].period === 'year' && /^\d{4}-\d{2}$/.test(period) ? period.slice(0, 4) : period;
}

/** Address of the form in which a step is taken: everything that the step asks for is filled in. */
export function addressOfStep({ file }: Pick<ActionView, 'file'>, { record, subject }: Target): string {
  const { type, kind, role, content = {} } = file;
  const { uscc, unit } = subject;
  const period = periodFor(type, subject.period);
  const asked = { type, kind, uscc, unit, period, content };
  if (record === undefined) return filingAddress(asked);
  return role === undefined
    ? filingAddress({ ...asked, after: record })
    : filingAddress({ ...asked, cites: { [role]: record } });
}

/** Address of the form for what is lacking in a role: it says what would serve there, its label included. @param own key of the record that would cite it */
export function addressOfLacking(
  { kind, same = [], period, says = {} }: CitationRule,
  type: RecordType,
  own: BusinessKey,
): string {
  const shared = same.flatMap((part) => (part === 'year' ? [] : [[part, own[part]] as const]));
  return filingAddress({
    type,
    ...(kind !== undefined && typeOfKind(kind) === type ? { kind } : {}),
    ...Object.fromEntries(shared.filter(([, value]) => value !== '' && value !== '-')),
    ...(same.includes('year') ? { period: periodFor(type, own.period.slice(0, 4)) } : {}),
    ...(period === undefined ? {} : { period }),
    content: says,
  });
}

export function addressOfDuty(duty: DutyView): string {
  return addressOfStep(duty, { record: duty.record, subject: duty.subject });
}
