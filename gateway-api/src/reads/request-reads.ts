import type { AnchoredEntry, ShownRecord } from '@carbon-ledger/auditor/stored';
import type { OpenSession } from '../sessions/session-desk';
import type { ReadLog } from './read-log';

/** Whose request it is, and for what. */
export interface ReadingRequest {
  readonly session: OpenSession;
  /** Name of the route. */
  readonly route: string;
  readonly requestId: string;
  readonly purpose: string | undefined;
}

/** What one request showed, each record once; its answer leaves when that is written. */
export class RequestReads {
  readonly #log: Pick<ReadLog, 'append'>;
  readonly #request: ReadingRequest;
  readonly #clock: () => Date;
  readonly #told = new Set<string>();
  #records: ShownRecord[] = [];

  constructor(log: Pick<ReadLog, 'append'>, request: ReadingRequest, clock: () => Date) {
    this.#log = log;
    this.#request = request;
    this.#clock = clock;
  }

  /** Call for every record whose private figures the answer shows, or is made of. */
  readonly saw = ({ id, record }: Pick<AnchoredEntry, 'id' | 'record'>): void => {
    if (this.#told.has(id)) return;
    this.#told.add(id);
    this.#records.push({ record: id, subject: record.subject.uscc, issuer: record.issuer });
  };

  /** Resolves once everything that was noted is written. */
  async keep(): Promise<void> {
    const records = this.#records;
    if (records.length === 0) return;
    this.#records = [];
    const { session, route, requestId, purpose } = this.#request;
    const { party, key, id } = session;
    const at = this.#clock().toISOString();
    const what = purpose === undefined ? {} : { purpose };
    await this.#log.append({ at, party, key, session: id, route, ...what, requestId, records });
  }

  /** A stream of which each part leaves when what it shows is written. */
  async *kept(parts: AsyncIterable<string>): AsyncGenerator<string, void, undefined> {
    for await (const part of parts) {
      await this.keep();
      yield part;
    }
  }
}
