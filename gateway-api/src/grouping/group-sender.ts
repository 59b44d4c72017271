import { isLedgerError, LedgerError, type Fault } from '@carbon-ledger/core';
import { isLostRace, type Endorsed, type LedgerPort } from '../ledger';
import type { Integrated, PendingTransactions, Sent } from '../projection/pending';
import { submissionsMember, type PreparedSubmission } from '../submissions/prepared';
import { buildRequest, type CitedSource, type GroupRequest } from './context';
import type { Outcome, Refusal } from './outcome';

type Outcomes = Map<string, Outcome>;

interface RefusedByContract {
  readonly index: number;
  readonly code: LedgerError['code'];
  readonly message?: string;
  readonly faults?: readonly Fault[];
}

/** Of a transaction that this process will not hear of again; the next start finds it in its block, if it is in one. */
const NEVER = new Promise<Outcome>(() => undefined);

/** A lost race is run again this often, under a new transaction id and on the new state. */
const RACES = 8;

/** Sends one group as one transaction and tells each submission's own outcome. */
export class GroupSender {
  readonly #ledger: LedgerPort;
  readonly #source: CitedSource;
  readonly #pending: PendingTransactions;

  constructor(ledger: LedgerPort, source: CitedSource, pending: PendingTransactions) {
    this.#ledger = ledger;
    this.#source = source;
    this.#pending = pending;
  }

  /** Never rejects. */
  async send(group: readonly PreparedSubmission[]): Promise<Outcomes> {
    try {
      return await this.#attempt(group, 1);
    } catch (error) {
      return this.#failed(
        group,
        isLedgerError(error) ? error : new LedgerError('INTERNAL', undefined, { cause: error }),
      );
    }
  }

  async #attempt(group: readonly PreparedSubmission[], race: number): Promise<Outcomes> {
    const request = await buildRequest(group, this.#source);
    const transient = { request: request.bytes };
    const transaction = new GroupTransaction(group, request, this.#pending);
    try {
      await this.#ledger.submit({ name: 'submit', transient }, (endorsed) =>
        transaction.endorsed(endorsed, () => this.#ledger.evaluate({ name: 'judge', transient })),
      );
      return await transaction.committed();
    } catch (error) {
      if (isLedgerError(error) && error.code === 'OUTCOME_UNKNOWN') return transaction.unknown(error);
      transaction.abandon();
      if (isLostRace(error) && race < RACES) return this.#attempt(group, race + 1);
      throw error;
    }
  }

  /** What the contract refuses in full is told one by one; what a single submission may have spoilt is tried in halves. */
  async #failed(group: readonly PreparedSubmission[], error: LedgerError): Promise<Outcomes> {
    const refused = refusedIn(error.details['refused']);
    if (refused.length > 0) return refusals(group, await this.#reasons(group, refused));
    if (group.length > 1 && isSpoilt(error)) {
      const middle = group.length >> 1;
      return new Map([...(await this.send(group.slice(0, middle))), ...(await this.send(group.slice(middle)))]);
    }
    return new Map(group.map(({ id }) => [id, { state: 'failed', error }]));
  }

  /** Reasons that were too long for the contract's error are asked for. */
  async #reasons(group: readonly PreparedSubmission[], refused: RefusedByContract[]): Promise<RefusedByContract[]> {
    if (refused.every(({ faults }) => faults !== undefined)) return refused;
    const transient = { request: (await buildRequest(group, this.#source)).bytes };
    return explained(refused, () => this.#ledger.evaluate({ name: 'judge', transient }));
  }
}

/** One transaction of a group, from endorsement to its end. */
class GroupTransaction {
  readonly #group: readonly PreparedSubmission[];
  readonly #request: GroupRequest;
  readonly #pending: PendingTransactions;
  #txId: string | undefined;
  #refused: Outcomes = new Map();
  #integrated: Promise<Integrated> | undefined;

  constructor(group: readonly PreparedSubmission[], request: GroupRequest, pending: PendingTransactions) {
    this.#group = group;
    this.#request = request;
    this.#pending = pending;
  }

  /** Between endorsement and sending: reasons of refusals are asked for while the state is still the one they were judged on. */
  async endorsed({ txId, result }: Endorsed, judge: () => Promise<Uint8Array>): Promise<void> {
    const refused = refusedIn(Reflect.get(parse(result), 'refused'));
    if (refused.length > 0) this.#refused = refusals(this.#group, await explained(refused, judge));
    this.#txId = txId;
    this.#integrated = this.#pending.expect(txId, this.#sent());
  }

  #sent(): Sent {
    if (this.#refused.size === 0) return { submissions: this.#group, value: this.#request.submissions };
    const submissions = this.#group.filter(({ id }) => !this.#refused.has(id));
    return { submissions, value: Buffer.from(submissionsMember(submissions)) };
  }

  async committed(): Promise<Outcomes> {
    if (this.#integrated === undefined) throw new LedgerError('INTERNAL', 'committed without endorsement');
    const { submissions } = await this.#integrated;
    const outcomes = submissions.map((entry): [string, Outcome] => [entry.id, { state: 'committed', entry }]);
    return new Map([...this.#refused, ...outcomes]);
  }

  unknown(error: LedgerError): Outcomes {
    const txId = this.#txId ?? '';
    const later = this.committed();
    const outcomes = this.#group
      .filter(({ id }) => !this.#refused.has(id))
      .map(({ id }): [string, Outcome] => [id, { state: 'unknown', txId, later: settled(later, id, error) }]);
    return new Map([...this.#refused, ...outcomes]);
  }

  abandon(): void {
    if (this.#txId !== undefined) this.#pending.forget(this.#txId);
  }
}

async function settled(later: Promise<Outcomes>, id: string, unknown: LedgerError): Promise<Outcome> {
  try {
    return (await later).get(id) ?? { state: 'failed', error: unknown };
  } catch (error) {
    const known = isLedgerError(error) ? error : unknown;
    if (known.code !== 'OUTCOME_UNKNOWN') return { state: 'failed', error: known };
    return { state: 'unknown', txId: String(known.details['txId']), later: NEVER };
  }
}

/** The contract's answer on the chain has codes only; `judge` has the reasons, unless the state has moved on. */
async function explained(
  refused: readonly RefusedByContract[],
  judge: () => Promise<Uint8Array>,
): Promise<RefusedByContract[]> {
  const reasons = await judge().then(
    (bytes) => refusedIn(Reflect.get(parse(bytes), 'refused')),
    () => [],
  );
  return refused.map((one) => reasons.find(({ index }) => index === one.index) ?? one);
}

function refusals(group: readonly PreparedSubmission[], refused: readonly RefusedByContract[]): Outcomes {
  const outcomes: Outcomes = new Map();
  for (const one of refused) {
    const id = group[one.index]?.id;
    if (id !== undefined) outcomes.set(id, { state: 'refused', refusal: refusalOf(one) });
  }
  return outcomes;
}

function refusalOf({ code, message, faults }: RefusedByContract): Refusal {
  return { code, message: message ?? new LedgerError(code).message, faults: faults ?? [] };
}

function refusedIn(value: unknown): RefusedByContract[] {
  return Array.isArray(value) ? (value as RefusedByContract[]) : [];
}

function parse(bytes: Uint8Array): object {
  return JSON.parse(Buffer.from(bytes).toString('utf8')) as object;
}

/** Errors that one submission of the group may have caused for all. */
function isSpoilt(error: LedgerError): boolean {
  return !['NOT_SENT', 'UNREACHABLE', 'OUTCOME_UNKNOWN', 'COMMIT_INVALID'].includes(error.code);
}
