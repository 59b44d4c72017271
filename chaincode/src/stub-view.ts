import {
  canonicalBytes,
  LedgerError,
  parseStrict,
  utf8Decode,
  type HeadBucket,
  type LedgerView,
  type OverlayView,
  type PartyState,
  type SerialSpan,
} from '@carbon-ledger/core';
import type { ChaincodeStub } from 'fabric-shim-api';
import { headKey, partyKey, spanKey, spanRange } from './state-keys';

/** Neither null nor a primitive. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** JSON that this contract wrote itself: read strictly all the same, for a store may be damaged. */
export function readJson(bytes: Uint8Array): unknown {
  return parseStrict(bytes, { maxBytes: 64 * 1024 * 1024 });
}

const NOTHING = Object.freeze({});

/** The world state as the rules need it; each key is read once per transaction. */
export class StubView implements LedgerView {
  readonly #stub: ChaincodeStub;
  readonly #values = new Map<string, Promise<unknown>>();

  constructor(stub: ChaincodeStub) {
    this.#stub = stub;
  }

  party(uscc: string): Promise<PartyState | undefined> {
    return this.#read(partyKey(uscc)) as Promise<PartyState | undefined>;
  }

  heads(bucket: string): Promise<HeadBucket> {
    return this.#read(headKey(bucket), NOTHING) as Promise<HeadBucket>;
  }

  async firstSpanEndingAtOrAfter(
    space: 'lot' | 'used',
    project: string,
    block: string,
    from: bigint,
  ): Promise<SerialSpan | undefined> {
    const [start, end] = spanRange(space, project, block, from);
    const iterator = await this.#stub.getStateByRange(start, end);
    try {
      const { value, done } = await iterator.next();
      return done && !(value as unknown) ? undefined : (readJson(value.value) as SerialSpan);
    } finally {
      await iterator.close();
    }
  }

  #read(key: string, absent?: object): Promise<unknown> {
    const known = this.#values.get(key);
    if (known) return known;
    const value = this.#stub.getState(key).then((bytes) => (bytes.length === 0 ? absent : readJson(bytes)));
    this.#values.set(key, value);
    return value;
  }
}

/** Writes what accepted submissions changed; bucket by bucket, each with all its heads. */
export async function writeEffects(stub: ChaincodeStub, view: OverlayView): Promise<void> {
  const { heads, parties, spans } = view.effects();
  for (const bucket of [...heads.keys()].sort()) {
    await stub.putState(headKey(bucket), canonicalBytes(await view.heads(bucket)));
  }
  for (const [uscc, party] of parties) await stub.putState(partyKey(uscc), canonicalBytes(party));
  for (const { space, project, block, span } of spans) {
    await stub.putState(spanKey(space, project, block, BigInt(span.to)), canonicalBytes(span));
  }
}

/** A field of the transient map as text. @throws LedgerError BAD_REQUEST */
export function transientField(stub: ChaincodeStub, name: string): string {
  const bytes = stub.getTransient().get(name);
  if (!bytes || bytes.length === 0) throw new LedgerError('BAD_REQUEST', `the transient field ${name} is missing`);
  return utf8Decode(bytes);
}
