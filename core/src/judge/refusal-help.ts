import type { ErrorCode, Fault } from '../errors';
import { formatBusinessKey } from '../identifiers';
import { businessKey, type LedgerRecord } from '../records';
import { allowedSteps } from '../rulebook';
import { none } from '../rulebook/processes';
import { type Citing, withCitationHelp } from './citation-help';
import { standingOf, type KeyStanding, type Standing } from './key-standing';
import { allowedWords } from './lifecycle';

/*
 * What is told with every refusal, whichever rule found it: a record on which it hangs, the state of that one, what is possible there,
 * and by whom. Whoever reads it knows who acts next. Faults about citations are told theirs first.
 */

/** What does not fit a form is cured in the form: that there is a state is told beside it, and not in its sentence. */
const ofForm: ReadonlySet<ErrorCode> = new Set([
  ...(['BAD_RECORD', 'BAD_METHODOLOGY', 'BAD_FORMULA', 'FIGURE_MISSING', 'FIGURE_UNKNOWN', 'FIGURE_FORMAT'] as const),
  ...(['FIGURE_MISMATCH', 'FIGURES_ROOT_MISMATCH', 'FORMULA_UNDEFINED', 'SALT_WEAK', 'SALT_REUSED'] as const),
]);

const ofPlant = ({ subject }: LedgerRecord, kind: string): string =>
  formatBusinessKey({ uscc: subject.uscc, unit: 'PLANT', period: subject.period.slice(0, 4) }, kind);

const ofParty = ({ subject }: LedgerRecord, kind: string): string =>
  formatBusinessKey({ uscc: subject.uscc, unit: '-', period: '-' }, kind);

const confirmation = (record: LedgerRecord): string => ofPlant(record, 'offset-confirmation');
const citedAs =
  (role: string) =>
  ({ cites }: LedgerRecord): string | undefined =>
    cites.find((one) => one.role === role)?.key;

/** By code, or by the rule that refuses: the record on which the refusal hangs, and which another one than the filer may move. */
const behind: Readonly<Record<string, (record: LedgerRecord) => string | undefined>> = {
  UNIT_UNKNOWN: (record) => ofParty(record, 'facility'),
  // What may be cancelled, of what, and when was set by the confirmation and the parameters that it cites.
  ...{ OVER_CONFIRMED: confirmation, C08: confirmation, C09: confirmation, C12: confirmation },
  // Accounts are bound to an enterprise by its registration.
  C11: (record) => ofParty(record, 'party'),
  // The cap follows from what was verified.
  OVER_CAP: (record) => ofPlant(record, 'verification-conclusion'),
  SERIAL_NOT_ISSUED: citedAs('ccer-lot'),
};

function ofDetails({ details = {} }: Fault): string | undefined {
  const { key, holder } = details;
  return [key, holder].find((one): one is string => typeof one === 'string');
}

/** Of what the record acts on, else its own. */
function keyOf({ record, rules }: Citing): string {
  const acting = new Set(rules.filter(({ acts }) => acts === true).map(({ role }) => role));
  return record.cites.find(({ role }) => acting.has(role))?.key ?? businessKey(record);
}

/** The record on which a refusal hangs. */
function keyBehind(fault: Fault, citing: Citing): string {
  const rule = fault.details?.['rule'];
  const table = [rule, fault.code].find((one): one is string => typeof one === 'string' && Object.hasOwn(behind, one));
  const named = table === undefined ? undefined : behind[table]?.(citing.record);
  return ofDetails(fault) ?? named ?? keyOf(citing);
}

/** Whether an enterprise is on a list is no state of one record: a province's list may be any of several. */
function unlisted({ rulebook }: Citing): KeyStanding {
  const allowed = allowedSteps(rulebook, 'emitter-list', none).map((step) => ({ ...step, step: 'emitter-list' }));
  return { state: 'UNLISTED', allowed, words: `what is possible: ${allowedWords(allowed)}` };
}

/** Steps stand under either name: where a filer is told who may act, `allowed` are those who file. */
function isTold({ details = {} }: Fault): boolean {
  return details['state'] !== undefined && (details['allowed'] ?? details['steps']) !== undefined;
}

/** The sentence tells already who files: this record, or the one that should be cited. */
function isToldWho({ code, details = {} }: Fault): boolean {
  return code === 'NOT_ALLOWED_TO_FILE' || details['wanted'] !== undefined;
}

/** What was told of one record's faults so far: keys whose words stand in one of them. */
interface Telling {
  readonly citing: Citing;
  readonly said: Set<string>;
}

async function standingBehind(fault: Fault, key: string, citing: Citing): Promise<KeyStanding | undefined> {
  if (fault.code === 'NOT_LISTED') return unlisted(citing);
  return (await standingOf(key, citing)) ?? standingOf(businessKey(citing.record), citing);
}

function withStanding(fault: Fault, { state, allowed, words }: KeyStanding, isSaid: boolean): Fault {
  const steps = fault.details?.['allowed'] === undefined ? { allowed } : { steps: allowed };
  const message = isSaid ? fault.message : `${fault.message}; ${words}`;
  return { ...fault, message, details: { ...fault.details, state, ...steps } };
}

async function toldOf(fault: Fault, { citing, said }: Telling): Promise<Fault> {
  const key = keyBehind(fault, citing);
  const standing = await standingBehind(fault, key, citing);
  if (standing === undefined) return fault;
  const place = fault.code === 'NOT_LISTED' ? fault.code : key;
  const isSaid = isToldWho(fault) || ofForm.has(fault.code) || said.has(place);
  if (!isSaid) said.add(place);
  return withStanding(fault, standing, isSaid);
}

/** Forms alone are told it once: a workbook may have a thousand such faults. */
function isToTell(fault: Fault, told: readonly Fault[]): boolean {
  return !isTold(fault) && (!ofForm.has(fault.code) || !told.some(isTold));
}

/** Faults of one record with what helps: the one place where that is told. */
export async function withRefusalHelp(faults: readonly Fault[], citing: Citing): Promise<Fault[]> {
  const telling = { citing, said: new Set<string>() };
  const told: Fault[] = [];
  for (const fault of await withCitationHelp(faults, citing))
    told.push(isToTell(fault, told) ? await toldOf(fault, telling) : fault);
  return told;
}

/** Why a party may not sign at all: its registration. */
const ofSigner: ReadonlySet<ErrorCode> = new Set([
  ...(['KEY_UNKNOWN', 'KEY_NOT_VALID', 'PARTY_UNKNOWN', 'PARTY_SUSPENDED', 'PARTY_ENDED', 'WRONG_MSP'] as const),
]);

/** Faults of who signs, with the state of its registration, what is possible there, and by whom. */
export async function withPartyHelp(faults: readonly Fault[], party: string, at: Standing): Promise<readonly Fault[]> {
  if (!faults.some(({ code }) => ofSigner.has(code))) return faults;
  const standing = await standingOf(`${party}/-/-/party`, at);
  if (standing === undefined) return faults;
  const { state, allowed, words } = standing;
  return faults.map((fault) =>
    ofSigner.has(fault.code)
      ? { ...fault, message: `${fault.message}; ${words}`, details: { ...fault.details, state, allowed } }
      : fault,
  );
}
