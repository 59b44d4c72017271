import { createHash } from 'node:crypto';
import {
  assertKeyValid,
  assertTime,
  isLedgerError,
  LedgerError,
  MOST_FAULTS,
  verifySubmissionSignature,
  type Fault,
  type PartyKey,
  businessKey,
  type Receipt,
} from '@carbon-ledger/core';
import type { Outcome } from '../grouping/outcome';
import { prices } from '../http/limits/prices';
import type { Pacer } from '../http/reading/pacer';
import type { Handlers, Reply, RouteRequest } from '../http/reply';
import type { Reservation } from '../projection/idempotency-keys';
import { inTurns } from '../proofs/turns';
import { preparingSubmission, type PreparedSubmission } from '../submissions/prepared';
import { statusOf, type ReachedStatus } from '../submissions/submission-desk';
import type { Services } from '../services';
import { listSubmissions } from './submission-list';

/** A status with the receipts as core makes them. */
interface Answered extends ReachedStatus {
  receipts?: readonly Receipt[];
}

export function submissionHandlers(services: Services): Pick<Handlers, 'submit' | 'listSubmissions' | 'getSubmission'> {
  return {
    submit: async (request) => {
      const prepared = await prepareAll(request.body.submissions, services.limits.pacer);
      const key = request.headers['idempotency-key'];
      const reservation = key === undefined ? undefined : await reserve(services, key, prepared);
      const settled = settle(services, prepared, reservation, request.spend);
      return answerTo(services, prepared, settled, request.query.wait);
    },
    listSubmissions: async (request) => {
      const page = await listSubmissions(services, request);
      return { json: page, next: page.next === undefined ? undefined : { from: page.next } };
    },
    getSubmission: async ({ params: { id } }) => {
      const status = await services.desk.status(id);
      if (status === undefined) throw new LedgerError('NOT_FOUND', `${id} is not known here.`);
      return { json: status };
    },
  };
}

/** What became of each; the request's key is kept only if anything did. */
async function settle(
  { desk }: Services,
  prepared: readonly PreparedSubmission[],
  reservation: Reservation | undefined,
  spend: (units: number) => void,
): Promise<readonly Outcome[]> {
  const price = (one: PreparedSubmission): number => one.recordIds.length * prices.submittedRecord;
  for (const one of prepared) spend(price(one));
  const outcomes = await Promise.all(prepared.map((one) => desk.accept(one))).catch(async (error: unknown) => {
    await reservation?.settle(false);
    throw error;
  });
  await reservation?.settle(outcomes.some(({ state }) => state === 'committed' || state === 'unknown'));
  // What a party anchored it answers for with its signature; what was refused, or is there already, is paid for.
  for (const [index, one] of prepared.entries()) if (isNew(outcomes[index])) spend(-price(one));
  return outcomes;
}

function isNew(outcome: Outcome | undefined): boolean {
  return outcome?.state === 'committed' && outcome.isRepeat !== true;
}

async function answerTo(
  services: Services,
  prepared: readonly PreparedSubmission[],
  settling: Promise<readonly Outcome[]>,
  wait: RouteRequest<'submit'>['query']['wait'],
): Promise<Reply> {
  if (wait === 'accepted') {
    // Whoever does not wait does not hear of the store's failure; the next to write does.
    settling.catch(() => undefined);
    return accepted(prepared);
  }
  const settled = await services.readiness.attended(settling);
  for (const { state } of settled) services.metrics.submission(state);
  assertAnyAnchored(settled);
  const submissions = prepared.map((one, index) => statusAt(one, settled[index]));
  if (wait === 'proven') await addReceipts(services, submissions, prepared, settled);
  return answer(submissions, settled.some(({ state }) => state === 'unknown') ? 202 : 201);
}

function statusAt(prepared: PreparedSubmission, outcome: Outcome | undefined): Answered {
  return statusOf(prepared, outcome ?? { state: 'failed', error: new LedgerError('INTERNAL') });
}

function accepted(prepared: readonly PreparedSubmission[]): Reply {
  const submissions = prepared.map(({ id, recordIds, submission: { records } }): ReachedStatus => {
    const named = records.map((record, index) => ({ record: recordIds[index] ?? '', key: businessKey(record) }));
    return { submission: id, state: 'accepted', records: named };
  });
  return answer(submissions, 202);
}

function answer(submissions: readonly Answered[], status: number): Reply {
  const [only, ...others] = submissions;
  const location = only === undefined || others.length > 0 ? {} : { location: `/v1/submissions/${only.submission}` };
  return { status, json: { submissions }, headers: location };
}

/** Records that one request may carry; a transaction takes a thousand. */
const MOST_RECORDS = 5_000;
/** Records that are read in one turn of the event loop. */
const RECORDS_A_TURN = 10;

/** Every submission of a request is read before any is taken, and every fault is told. */
async function prepareAll(
  items: RouteRequest<'submit'>['body']['submissions'],
  pacer: Pacer,
): Promise<PreparedSubmission[]> {
  assertFew(items);
  const faults: Fault[] = [];
  const prepared: PreparedSubmission[] = [];
  for (const [index, { submission, figures }] of items.entries()) {
    try {
      prepared.push(await pacer.run(preparingSubmission(submission, figures), RECORDS_A_TURN));
    } catch (error) {
      if (!isLedgerError(error)) throw error;
      for (const fault of placedFaults(error, index)) faults.push(fault);
    }
    if (faults.length >= MOST_FAULTS) break;
    if (index % RECORDS_A_TURN === RECORDS_A_TURN - 1) await pacer.turn();
  }
  const [first] = faults;
  if (first !== undefined) throw new LedgerError(first.code, 'The submissions are not well formed.', { faults });
  return prepared;
}

/** @throws LedgerError TOO_LARGE */
function assertFew(items: RouteRequest<'submit'>['body']['submissions']): void {
  let count = 0;
  for (const { submission } of items) count += Array.isArray(submission.records) ? submission.records.length : 0;
  if (count > MOST_RECORDS)
    throw new LedgerError(
      'TOO_LARGE',
      `${String(count)} records in one request, at most ${String(MOST_RECORDS)} are possible.`,
    );
}

function placedFaults(error: LedgerError, index: number): Fault[] {
  const at = `/submissions/${String(index)}/submission`;
  const own: readonly Fault[] =
    error.faults.length > 0
      ? error.faults
      : [{ path: '', code: error.code, message: error.message, details: error.details }];
  return own.map((fault) => ({ ...fault, path: at + fault.path }));
}

/** Nothing was anchored: that is an error, with every submission's faults. */
function assertAnyAnchored(outcomes: readonly Outcome[]): void {
  if (outcomes.some(({ state }) => state === 'committed' || state === 'unknown')) return;
  const failed = outcomes.find((outcome) => outcome.state === 'failed');
  if (failed !== undefined) throw failed.error;
  const refusals = outcomes.flatMap((outcome, index) =>
    outcome.state === 'refused' ? [{ index, ...outcome.refusal }] : [],
  );
  const [first] = refusals;
  if (first === undefined) throw new LedgerError('INTERNAL', 'a submission without outcome');
  const faults = refusals.flatMap(({ index, code, message, faults: own }) =>
    own.length === 0
      ? [{ path: `/submissions/${String(index)}/submission`, code, message }]
      : own.map((fault) => ({ ...fault, path: `/submissions/${String(index)}/submission${fault.path}` })),
  );
  throw new LedgerError(first.code, first.message, { faults });
}

/** What was just committed is still at hand: nothing is read again. */
async function addReceipts(
  { checkpoints, receipts, limits }: Services,
  submissions: readonly Answered[],
  prepared: readonly PreparedSubmission[],
  outcomes: readonly Outcome[],
): Promise<void> {
  const ends = outcomes.map((outcome) =>
    outcome.state === 'committed' ? outcome.entry.first + outcome.entry.count : 0,
  );
  const checkpoint = await checkpoints.covering(Math.max(...ends));
  for (const [index, status] of submissions.entries()) {
    const [outcome, records] = [outcomes[index], prepared[index]?.submission.records ?? []];
    if (outcome?.state !== 'committed') continue;
    const { entry } = outcome;
    const submission = entry.id;
    const named = records.map((record, at) => ({
      record,
      logIndex: entry.first + at,
      submission,
      indexInSubmission: at,
    }));
    status.receipts = await inTurns(limits, named, (one) => receipts.make(one, checkpoint, entry));
  }
}

/**
 * An idempotency key binds a request to its content. The answer need not be kept: a submission is anchored once however
 * often it is sent, because its id is what its party signed, so the second request is answered from the ledger.
 * @throws LedgerError IDEMPOTENCY_CONFLICT, IDEMPOTENCY_IN_PROGRESS
 */
async function reserve(
  services: Services,
  key: string,
  prepared: readonly PreparedSubmission[],
): Promise<Reservation | undefined> {
  if (!(await areTheirs(services, prepared))) return undefined;
  const content = createHash('sha256')
    .update(prepared.map(({ id }) => id).join())
    .digest('hex');
  // Parties that happen to choose the same key do not meet.
  const parties = [...new Set(prepared.map(({ submission }) => submission.party))].sort();
  const name = `${parties.join()} ${key}`;
  if (services.idempotency.isKnown(name, content)) return undefined;
  return (await isAnyAnchored(services, prepared)) ? undefined : services.idempotency.reserve(name, content);
}

/**
 * Whether the parties themselves speak: they signed all of it, for this ledger, lately, and with keys that are in force. Otherwise
 * anybody could use up the keys of a party, or learn which it used, with submissions that it never made, made for another ledger
 * or long ago, or that were signed with a key that it lost.
 */
async function areTheirs(
  { projection, facts, agenda: { now } }: Services,
  prepared: readonly PreparedSubmission[],
): Promise<boolean> {
  for (const one of prepared) {
    if (one.submission.ledger !== facts.ledgerId) return false;
    const party = await projection.parties.find(one.submission.party);
    const key = party?.content.keys.find(({ id }) => id === one.submission.keyId);
    if (key === undefined || !isSignedBy(one, key, now)) return false;
  }
  return true;
}

/** What stands on the ledger anybody can read and send again: no key is held for it, and none is needed. */
async function isAnyAnchored({ projection }: Services, prepared: readonly PreparedSubmission[]): Promise<boolean> {
  for (const { id } of prepared) if ((await projection.reader.submission(id)) !== undefined) return true;
  return false;
}

function isSignedBy(one: PreparedSubmission, key: PartyKey, now: string): boolean {
  try {
    assertKeyValid(key, one.submission.signedAt, now);
    assertTime(one.submission.signedAt, now);
    verifySubmissionSignature(one, key);
    return true;
  } catch (error) {
    if (isLedgerError(error)) return false;
    throw error;
  }
}
