import type { Fault } from '../errors';
import { parseSerialRange } from '../identifiers';
import { overlappingSpans } from '../state/serials';
import type { OffsetAccount, OffsetTerms } from '../state/kinds';
import { citedOf } from './cited';
import { contentFault, ruleFault } from './content';
import { sameIdentity } from './identity';
import { noOffset, projectKey } from './offset-account';
import type { CheckInput, ConditionInput } from './spec';
import type { CcerCancellationContent } from './types/ccer-cancellation';
import type { CcerLotContent } from './types/ccer-lot';

interface OfLot {
  readonly projectRef: string;
  readonly serialFrom: string;
  readonly serialTo: string;
}

/** The numbers must lie inside the cited lot, and be of its project. */
export function lotFaults({ content, scope }: CheckInput<OfLot>): Fault[] {
  const [lot] = citedOf(scope, 'ccer-lot', 'ccer-lot');
  if (lot === undefined) return [];
  const { serialFrom, serialTo, projectRef } = lot.content;
  if (!sameIdentity(projectRef, content.projectRef))
    return [contentFault('projectRef', 'the cited lot is of another project', {}, 'SERIAL_NOT_ISSUED')];
  const issued = parseSerialRange(serialFrom, serialTo);
  const named = parseSerialRange(content.serialFrom, content.serialTo);
  if (issued.block === named.block && issued.from <= named.from && named.to <= issued.to) return [];
  return [contentFault('serialFrom', `the lot holds ${serialFrom} to ${serialTo}`, {}, 'SERIAL_NOT_ISSUED')];
}

/** C11: the account is the one that the enterprise's registration binds to it. */
export async function accountFaults({
  content,
  record,
  state,
}: ConditionInput<{ readonly account: string }>): Promise<Fault[]> {
  const party = await state.get('party', record.subject.uscc);
  const bound = party?.content.identifiers?.['ccerAccountId'];
  if (bound !== undefined && sameIdentity(bound, content.account)) return [];
  const message = `${content.account} is not the CCER account bound to ${record.subject.uscc}`;
  return [ruleFault('C11', '/content/account', message, { bound: bound ?? null })];
}

type Cancelling = ConditionInput<CcerCancellationContent>;

/** C08: the window of the year, by the parameters that its confirmation cites; a day that they do not name bounds nothing. */
function windowFaults({ content, record }: Cancelling, { terms = { freeze: false } }: OffsetAccount): Fault[] {
  const { from, to } = terms;
  const isWithin = content.cancelledOn >= (from ?? '') && (to === undefined || content.cancelledOn <= to);
  if (isWithin) return [];
  const message = windowTold(record.subject.period, { from, to });
  return [ruleFault('C08', '/content/cancelledOn', message, { from: from ?? null, to: to ?? null })];
}

function windowTold(year: string, { from, to }: { from: string | undefined; to: string | undefined }): string {
  if (to === undefined) return `for ${year} CCER is cancelled from ${from ?? ''} on`;
  return from === undefined
    ? `for ${year} CCER is cancelled until ${to}`
    : `for ${year} CCER is cancelled from ${from} to ${to}`;
}

/** C09: lots registered before the first day that the year admits serve nobody. */
function registrationFaults(lot: CcerLotContent, { registeredFrom }: OffsetTerms): Fault[] {
  const { registeredOn } = lot;
  if (registeredFrom === undefined || (registeredOn !== undefined && registeredOn >= registeredFrom)) return [];
  const message = `only CCER registered from ${registeredFrom} on serves; this is of ${registeredOn ?? 'no known day'}`;
  return [ruleFault('C09', '/cites', message, { registeredFrom, registeredOn: registeredOn ?? null })];
}

/** C09: lots of the earlier registry serve until a day of the year's parameters. */
function trackFaults(lot: CcerLotContent, { content }: Cancelling, { earlierUntil }: OffsetTerms): Fault[] {
  const { track = 'current' } = lot;
  if (track !== (content.track ?? 'current'))
    return [contentFault('track', `the lot is of the ${track} registry`, { expected: track })];
  if (track === 'current' || earlierUntil === undefined || content.cancelledOn <= earlierUntil) return [];
  const message = `CCER of the earlier registry serves until ${earlierUntil}`;
  return [ruleFault('C09', '/content/cancelledOn', message, { earlierUntil })];
}

function vintageFaults(input: Cancelling, { terms }: OffsetAccount): Fault[] {
  const [lot] = citedOf(input.scope, 'ccer-lot', 'ccer-lot');
  if (lot === undefined || terms === undefined) return [];
  return [...registrationFaults(lot.content, terms), ...trackFaults(lot.content, input, terms)];
}

/** C06: no more than the province confirmed for the year, over all cancellations; C12: and of each project as the form says. */
function confirmationFaults({ content }: Cancelling, account: OffsetAccount): Fault[] {
  const confirmed = BigInt(account.confirmed);
  const cancelled = BigInt(account.cancelled);
  const asked = BigInt(content.qty);
  if (cancelled + asked > confirmed) {
    const left = (confirmed - cancelled).toString();
    const message = `${content.qty} t is more than is left of the ${account.confirmed} t that the province confirmed: ${left} t`;
    const details = { confirmed: account.confirmed, cancelled: account.cancelled, left };
    return [contentFault('qty', message, details, 'OVER_CONFIRMED')];
  }
  const project = projectKey(content.projectRef);
  const row = BigInt(account.rows[project] ?? '0');
  const used = BigInt(account.projects[project] ?? '0');
  if (used + asked <= row) return [];
  const message = `the form names ${row.toString()} t of project ${content.projectRef}; ${used.toString()} t are cancelled already`;
  return [ruleFault('C12', '/content/qty', message, { row: row.toString(), cancelled: used.toString() })];
}

/** What a cancellation for the national market is held to by what was confirmed for its enterprise and year. */
export async function offsetFaults(input: Cancelling): Promise<Fault[]> {
  const { uscc, period } = input.record.subject;
  const account = (await input.state.get('offset', `${uscc}/${period}`)) ?? noOffset;
  const confirmed = confirmationFaults(input, account);
  return [...windowFaults(input, account), ...vintageFaults(input, account), ...confirmed];
}

/** Frozen numbers are used through their freeze alone, and all of them are frozen where the procedure asks for it. */
export async function freezeFaults({ content, record, state }: Cancelling): Promise<Fault[]> {
  const range = parseSerialRange(content.serialFrom, content.serialTo);
  const spans = await overlappingSpans(state, 'frozen', range);
  const own = record.cites.find(({ role }) => role === 'ccer-freeze')?.key;
  const foreign = spans.find(({ key }) => key !== own);
  if (foreign !== undefined) {
    const message = `numbers from ${foreign.from} to ${foreign.to} are frozen by ${foreign.key}: cite it, or release it first`;
    return [contentFault('serialFrom', message, { holder: foreign.key }, 'SERIAL_FROZEN')];
  }
  const { uscc, period } = record.subject;
  const terms = (await state.get('offset', `${uscc}/${period}`))?.terms;
  const isAsked = own !== undefined || (content.purpose === 'national-offset' && terms?.freeze === true);
  if (!isAsked) return [];
  const covered = spans.reduce((sum, { from, to }) => sum + overlapOf(range, BigInt(from), BigInt(to)), 0n);
  if (covered === BigInt(content.qty)) return [];
  const message = `${covered.toString()} of ${content.qty} numbers are frozen: the procedure of ${period} asks for all of them`;
  return [contentFault('serialFrom', message, { frozen: covered.toString() }, 'SERIAL_FROZEN')];
}

function overlapOf(range: { readonly from: bigint; readonly to: bigint }, from: bigint, to: bigint): bigint {
  const first = from > range.from ? from : range.from;
  const last = to < range.to ? to : range.to;
  return last - first + 1n;
}
