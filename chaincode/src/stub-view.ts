import {
  LedgerError,
  parseStrict,
  utf8Decode,
  type Found,
  type HeadBucket,
  type OverlayView,
  type StateStore,
} from '@carbon-ledger/core';
import type { ChaincodeStub } from 'fabric-shim-api';

/** Neither null nor a primitive. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** JSON that this contract wrote itself: read strictly all the same, for a store may be damaged. */
export function readJson(bytes: Uint8Array): unknown {
  return parseStrict(bytes, { maxBytes: 64 * 1024 * 1024 });
}

/** A peer in the same process answers with the same bytes while a value stands: parties and engagements are parsed once. */
const parsed = new WeakMap<Uint8Array, unknown>();

interface Written {
  readonly bytes: Uint8Array;
  readonly heads: HeadBucket;
}

/** Bytes of a value that costs something to be read, and of all that are remembered. */
const WORTH_IT = 1024;
const MOST_BYTES = 8 * 1024 * 1024;

/** Heads of a unit's year as this process wrote them last: they grow to tens of kilobytes, and each record reads and writes them all. */
const written = new Map<string, Written>();
let writtenBytes = 0;

function forgetWritten(key: string | undefined): void {
  const own = key === undefined ? undefined : written.get(key);
  if (key === undefined || own === undefined) return;
  written.delete(key);
  writtenBytes -= own.bytes.length;
}

function rememberWritten(key: string, own: Written): void {
  forgetWritten(key);
  if (own.bytes.length < WORTH_IT) return;
  written.set(key, own);
  writtenBytes += own.bytes.length;
  while (writtenBytes > MOST_BYTES) forgetWritten(written.keys().next().value);
}

/** Whether it was committed or not: the very bytes that a value was written as can be read no other way. */
function asWritten(key: string, bytes: Uint8Array): Written | undefined {
  const own = written.get(key);
  return own !== undefined && Buffer.compare(own.bytes, bytes) === 0 ? own : undefined;
}

function readOnce(key: string, bytes: Uint8Array): unknown {
  if (parsed.has(bytes)) return parsed.get(bytes);
  const own = asWritten(key, bytes);
  const value = own === undefined ? readJson(bytes) : own.heads;
  parsed.set(bytes, value);
  return value;
}

/** The world state behind the rules; each key is read once per transaction. What it answers is shared: never change it. */
export class StubStore implements StateStore {
  readonly #stub: ChaincodeStub;
  readonly #values = new Map<string, Promise<unknown>>();

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  value(key: string): Promise<unknown> {
    const known = this.#values.get(key);
    if (known) return known;
    const value = this.#stub.getState(key).then((bytes) => (bytes.length === 0 ? undefined : readOnce(key, bytes)));
    this.#values.set(key, value);
    return value;
  }

  async first(from: string, to: string): Promise<Found<unknown> | undefined> {
    const iterator = await this.#stub.getStateByRange(from, to);
    try {
      const { value, done } = await iterator.next();
      return done && !(value as unknown) ? undefined : { key: value.key, value: readJson(value.value) };
    } finally {
      await iterator.close();
    }
  }
}

/** Writes what a judgement changes, key by key in their order. */
export async function writeEffects(stub: ChaincodeStub, view: OverlayView): Promise<void> {
  for (const [key, bytes] of view.writes()) {
    if (bytes === null) await stub.deleteState(key);
    else {
      const heads = view.writtenHeads(key);
      if (heads !== undefined) rememberWritten(key, { bytes, heads });
      await stub.putState(key, bytes);
    }
  }
}

/** A field of the transient map as text. @throws LedgerError BAD_REQUEST */
export function transientField(stub: ChaincodeStub, name: string): string {
  const bytes = stub.getTransient().get(name);
  if (!bytes || bytes.length === 0) throw new LedgerError('BAD_REQUEST', `the transient field ${name} is missing`);
  return utf8Decode(bytes);
}
