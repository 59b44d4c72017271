import {
  businessKey,
  stateKey,
  type LedgerRecord,
  type RecordType,
  type StateKind,
  type StateValues,
} from '@carbon-ledger/core';
import { recordOf, type RecordWords } from '../../core/src/rulebook/testing/bench';
import {
  brokenInvariants,
  type HeldContent,
  type HeldRecord,
  type KeyHistory,
  type StateRow,
  type WholeLedger,
} from '@carbon-ledger/auditor';

/** A ledger of a few records, with the state that they lead to: what a test breaks of it, it says. */
export class SmallLedger implements WholeLedger {
  readonly #records: HeldRecord[] = [];
  readonly #state = new Map<string, unknown>();

  /** Anchors a record and puts its head; gives its id. */
  file(type: RecordType, words: RecordWords = {}, cites: LedgerRecord['cites'] = []): string {
    const record = { ...recordOf(type, words), cites: [...cites] };
    const id = `rec:${String(this.#records.length + 1).padStart(64, '0')}`;
    this.#records.push({ id, index: this.#records.length, record });
    this.head(record, { v: record.version, r: id.slice(4) });
    return id;
  }

  head({ subject, kind }: Pick<LedgerRecord, 'subject' | 'kind'>, head: StateValues['head'][string]): void {
    this.entry(`${subject.uscc}/${subject.unit}/${subject.period.slice(0, 4)}`, `${subject.period}/${kind}`, head);
  }

  entry(bucket: string, entry: string, head: StateValues['head'][string]): void {
    const key = stateKey('head', bucket);
    this.#state.set(key, { ...(this.#state.get(key) as object | undefined), [entry]: head });
  }

  put<Kind extends StateKind>(kind: Kind, key: string, value: StateValues[Kind]): void {
    this.#state.set(stateKey(kind, key), value);
  }

  /** Two rows, as a movement leaves them. */
  move(id: string, line: number, qty: string, from: string, to: string): void {
    const row = (place: string): string => `${place}/${id.slice(4)}-${String(line)}`;
    const shared = { r: id.slice(4), how: 'x', on: '2025-01-01' };
    this.put('holding', row(from), { ...shared, q: `-${qty}` });
    this.put('holding', row(to), { ...shared, q: qty });
  }

  async *histories(uscc?: string): AsyncGenerator<KeyHistory> {
    const keys = new Set(this.#records.map(({ record }) => businessKey(record as LedgerRecord)));
    for (const key of keys) {
      if (uscc !== undefined && !key.startsWith(`${uscc}/`)) continue;
      const versions = this.#records.filter(({ record }) => businessKey(record as LedgerRecord) === key);
      yield await Promise.resolve({ key, versions });
    }
  }

  record(id: string): Promise<HeldContent | undefined> {
    return Promise.resolve(this.#records.find((one) => one.id === id)?.record);
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    return Promise.resolve(this.#state.get(stateKey(kind, key)) as StateValues[Kind] | undefined);
  }

  async *rows<Kind extends StateKind>(kind: Kind): AsyncGenerator<StateRow<Kind>> {
    const prefix = `${kind}/`;
    for (const [key, value] of this.#state)
      if (key.startsWith(prefix)) yield await Promise.resolve([key.slice(prefix.length), value as StateValues[Kind]]);
  }
}

/** What goes against the invariants of a ledger that a test makes: `invariant: message`. */
export async function broken(make: (ledger: SmallLedger) => unknown): Promise<string[]> {
  const ledger = new SmallLedger();
  make(ledger);
  const found: string[] = [];
  for await (const { invariant, message } of brokenInvariants(ledger)) found.push(`${invariant}: ${message}`);
  return found;
}
