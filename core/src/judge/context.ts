import { LedgerError } from '../errors';
import { figureMap, type RecordScope } from '../methodology/scope';
import {
  businessKey,
  parseFigures,
  parseRecord,
  recordId,
  verifyFigures,
  type Figure,
  type LedgerRecord,
} from '../records';

/** Content of records that are cited, supplied with the transaction. Trusted only for their hashes. */
export interface TransactionContext {
  readonly records: readonly unknown[];
  readonly figures: Readonly<Record<string, unknown>>;
}

/**
 * The cited records of a transaction, found by id. A record is what its id says, because the id is the hash of its bytes;
 * its figures are what its figures root says. So nothing here needs to be believed.
 */
export class CitedRecords {
  readonly #records = new Map<string, LedgerRecord>();
  readonly #figures = new Map<string, readonly Figure[]>();
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #scopes = new Map<string, RecordScope>();
  /** Record ids by business key: every version that is at hand. */
  readonly #versions = new Map<string, string[]>();
  /** Record ids by the salts of their figures. */
  readonly #salts = new Map<string, string>();

  constructor(context: TransactionContext) {
    for (const value of context.records) this.add(parseRecord(value));
    this.#given = context.figures;
  }

  add(record: LedgerRecord, figures?: readonly Figure[], id = recordId(record)): void {
    if (!this.#records.has(id)) this.#addVersion(businessKey(record), id);
    this.#records.set(id, record);
    if (figures) this.#hold(id, figures);
  }

  /** The public part of a record, where it is at hand. */
  record(id: string): LedgerRecord | undefined {
    return this.#records.get(id);
  }

  /** The record at hand in which a salt stands. */
  saltHolder(salt: string): string | undefined {
    return this.#salts.get(salt);
  }

  /** Takes in the figures of every other version of a business key that was supplied. */
  holdVersions(key: string): void {
    for (const id of this.#versions.get(key) ?? []) {
      const record = this.#records.get(id);
      if (record !== undefined && Object.hasOwn(this.#given, id)) this.#figuresOf(id, record);
    }
  }

  #addVersion(key: string, id: string): void {
    const known = this.#versions.get(key);
    if (known === undefined) this.#versions.set(key, [id]);
    else known.push(id);
  }

  #hold(id: string, figures: readonly Figure[]): void {
    this.#figures.set(id, figures);
    for (const { salt } of figures) if (!this.#salts.has(salt)) this.#salts.set(salt, id);
  }

  /** @throws LedgerError CONTEXT_MISSING, FIGURES_ROOT_MISMATCH */
  scope(id: string): RecordScope {
    const known = this.#scopes.get(id);
    if (known) return known;
    const record = this.#records.get(id);
    if (!record) throw new LedgerError('CONTEXT_MISSING', `${id} was not supplied`, { details: { record: id } });
    const scope = {
      id,
      key: businessKey(record),
      record,
      figures: figureMap(record, this.#figuresOf(id, record)),
      cited: new Map(),
    };
    this.#scopes.set(id, scope);
    return scope;
  }

  #figuresOf(id: string, record: LedgerRecord): readonly Figure[] {
    const known = this.#figures.get(id);
    if (known) return known;
    if (record.figuresRoot === null) return [];
    const given = Object.hasOwn(this.#given, id) ? this.#given[id] : undefined;
    if (given === undefined)
      throw new LedgerError('CONTEXT_MISSING', `the figures of ${id} were not supplied`, { details: { record: id } });
    const figures = parseFigures(given);
    verifyFigures(record.figuresRoot, figures);
    this.#hold(id, figures);
    return figures;
  }
}
