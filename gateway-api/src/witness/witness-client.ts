import {
  LedgerError,
  parseCheckpoint,
  parseNote,
  parseSignatureLine,
  toBase64,
  verifiedKeys,
  verifyLogSignature,
  type Checkpoint,
  type CheckpointPolicy,
  type NoteSignature,
  type SignedNote,
  type VerifierKey,
} from '@carbon-ledger/core';
import { askOutside, textOf, type OutsideAnswer } from './outside';
import { formatAddCheckpoint } from './request';
import { hashOfOrigin, SIZE_TYPE } from './witness';

/** By which keys a log is known: its own, and those before it. */
export type LogKeys = Required<Pick<CheckpointPolicy, 'logKey' | 'retired'>>;

/** The log as a client of witnesses needs it. */
export interface ProvableLog {
  readonly size: number;
  rootAt(size: number): Promise<Uint8Array>;
  /** RFC 9162 consistency path, 0 < from ≤ to ≤ size. */
  consistency(from: number, to: number): Promise<readonly Uint8Array[]>;
}

export interface WitnessEndpoint {
  /** Cosignature key that was pinned for this witness. */
  readonly key: VerifierKey;
  /** Submission prefix, with or without a slash at the end. */
  readonly url: string;
  /** Monitoring prefix, when it is another. */
  readonly monitoringUrl?: string;
}

const MAX_ANSWER_BYTES = 64 * 1024;
const SIZE = /^(0|[1-9][0-9]{0,15})\n$/;

/** Speaks C2SP tlog-witness to one witness, and remembers which size it cosigned last. */
export class WitnessClient {
  readonly #endpoint: WitnessEndpoint;
  readonly #timeoutMs: number;
  #known = 0;

  constructor(endpoint: Readonly<WitnessEndpoint>, timeoutMs = 10_000) {
    this.#endpoint = endpoint;
    this.#timeoutMs = timeoutMs;
  }

  get key(): VerifierKey {
    return this.#endpoint.key;
  }

  /**
   * The witness's cosignature of a checkpoint, verified.
   * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED, ROLLED_BACK when the witness holds more than this log has
   */
  async cosignature(note: string, log: ProvableLog): Promise<NoteSignature> {
    const signed = parseNote(note);
    const size = Number(parseCheckpoint(signed.text).size);
    let answer = await this.#add(signed, size, log);
    if (answer.status === 409) {
      // After a restart the first request is a guess; the witness then says what it holds.
      this.#known = this.#heldSize(answer, size, log);
      answer = await this.#add(signed, size, log);
    }
    if (answer.status !== 200) throw this.#refused(answer);
    const line = this.#lineOf(textOf(answer), signed);
    this.#known = size;
    return line;
  }

  /**
   * The last checkpoint of the log that the witness serves, with the log's signature verified; undefined for none.
   * @throws LedgerError OUTSIDE_UNREACHABLE, OUTSIDE_REFUSED and those of verifyLogSignature
   */
  async held({ logKey, retired }: LogKeys): Promise<Checkpoint | undefined> {
    const origin = logKey.name;
    const prefix = this.#endpoint.monitoringUrl ?? this.#endpoint.url;
    const answer = await this.#ask(`${withoutSlash(prefix)}/${hashOfOrigin(origin)}/checkpoint`);
    if (answer.status === 404) return undefined;
    if (answer.status !== 200) throw this.#refused(answer);
    return verifyLogSignature(textOf(answer), { origin, logKey, retired, witnesses: [], quorum: 0 });
  }

  async #add(note: SignedNote, size: number, log: ProvableLog): Promise<OutsideAnswer> {
    // A checkpoint older than what the witness holds is sent as if nothing were known: the answer names its size.
    const from = this.#known <= size ? this.#known : 0;
    const proof = from === 0 || from === size ? [] : await log.consistency(from, size);
    return this.#ask(
      `${withoutSlash(this.#endpoint.url)}/add-checkpoint`,
      formatAddCheckpoint({ oldSize: BigInt(from), proof, note }),
    );
  }

  #ask(url: string, body?: string): Promise<OutsideAnswer> {
    const post = body === undefined ? {} : { post: { contentType: 'text/plain; charset=utf-8', body } };
    return askOutside({ url, ...post, timeoutMs: this.#timeoutMs, maxBytes: MAX_ANSWER_BYTES });
  }

  #heldSize(answer: OutsideAnswer, size: number, log: ProvableLog): number {
    const held = SIZE.exec(textOf(answer))?.[1];
    if (held === undefined || answer.contentType !== SIZE_TYPE) throw this.#refused(answer);
    const heldSize = Number(held);
    // The witness cosigns only what the log's own key signed: it can hold more only if this log once had more.
    if (heldSize > log.size) throw behindWitness(this.key.name, heldSize, log.size);
    if (heldSize > size) throw new LedgerError('OUTSIDE_REFUSED', `${this.key.name} has cosigned a newer checkpoint.`);
    return heldSize;
  }

  #lineOf(body: string, note: SignedNote): NoteSignature {
    const lines = body.endsWith('\n') ? body.slice(0, -1).split('\n').map(parseSignatureLine) : [];
    const { name, keyId } = this.key;
    const line = lines.find((candidate) => candidate.name === name && candidate.keyId === keyId);
    if (line === undefined)
      throw new LedgerError('OUTSIDE_REFUSED', `${name} answered with no cosignature of its key.`);
    verifiedKeys({ text: note.text, signatures: [line] }, [this.key]);
    return line;
  }

  #refused(answer: OutsideAnswer): LedgerError {
    const said = textOf(answer).trim().slice(0, 200);
    return new LedgerError('OUTSIDE_REFUSED', `${this.key.name} answered ${String(answer.status)}: ${said}`, {
      details: { witness: this.key.name, status: answer.status },
    });
  }
}

/**
 * Holds a log to what witnesses saw of it. A witness that does not answer proves nothing and is passed over.
 * @throws LedgerError ROLLED_BACK when one holds more than the log has, or another beginning
 */
export async function assertNotBehindWitnesses(
  witnesses: readonly WitnessClient[],
  keys: LogKeys,
  log: ProvableLog,
): Promise<void> {
  await Promise.all(
    witnesses.map(async (witness) => {
      const held = await heldOrNothing(witness, keys);
      if (held === undefined || held.size === 0n) return;
      const size = Number(held.size);
      if (size > log.size) throw behindWitness(witness.key.name, size, log.size);
      if (toBase64(await log.rootAt(size)) !== toBase64(held.rootHash)) {
        throw new LedgerError('ROLLED_BACK', `${witness.key.name} saw other first ${String(size)} records.`, {
          details: { witness: witness.key.name, witnessSize: size },
        });
      }
    }),
  );
}

/** An answer that the log's key did not sign is a fault of the witness: it must not keep the log from signing. */
async function heldOrNothing(witness: WitnessClient, keys: LogKeys): Promise<Checkpoint | undefined> {
  try {
    return await witness.held(keys);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

function behindWitness(name: string, held: number, size: number): LedgerError {
  const message = `The ledger has ${String(size)} records, but the witness ${name} cosigned ${String(held)}.`;
  return new LedgerError('ROLLED_BACK', message, { details: { witness: name, witnessSize: held, size } });
}

function withoutSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
