import {
  cosign,
  emptyRoot,
  equalBytes,
  formatNote,
  formatSignatureLine,
  fromHex,
  isLedgerError,
  sha256,
  toHex,
  utf8Encode,
  verifiedKeys,
  verifyConsistency,
  type NoteSigner,
  type SignedNote,
  type VerifierKey,
} from '@carbon-ledger/core';
import { parseAddCheckpoint, type ReadRequest } from './request';
import type { CosignedCheckpoint, WitnessStore } from './witness-store';

/** A log that a witness follows. */
export interface WitnessedLog {
  readonly origin: string;
  /** Keys that may sign for it; more than one while a log changes keys. */
  readonly keys: readonly VerifierKey[];
}

export interface WitnessOptions {
  /** Key of type `cosignature-v1`. */
  readonly signer: NoteSigner;
  readonly logs: readonly WitnessedLog[];
  readonly store: WitnessStore;
  readonly clock: () => Date;
}

/** An answer of the protocol, which has its own statuses and plain text bodies, not problems. */
export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

export const SIZE_TYPE = 'text/x.tlog.size';
const TEXT_TYPE = 'text/plain; charset=utf-8';

/**
 * A C2SP tlog-witness: cosigns a checkpoint when it extends the last one that it cosigned of the same log. It promises
 * to show everybody one history; it says nothing of what the entries mean.
 */
export class Witness {
  readonly #options: WitnessOptions;

  constructor(options: Readonly<WitnessOptions>) {
    this.#options = options;
  }

  get key(): VerifierKey {
    return this.#options.signer.key;
  }

  /** Answers an add-checkpoint request, in the order and with the statuses of the specification. */
  async addCheckpoint(body: string): Promise<WitnessAnswer> {
    let request: ReadRequest;
    try {
      request = parseAddCheckpoint(body);
    } catch (error) {
      return refusal(400, messageOf(error));
    }
    return this.#signedBy(request) ?? this.#judge(request);
  }

  /** The last checkpoint of a log, by the SHA-256 of its origin in hex ("Monitor Retrieval Mechanism"). */
  async checkpointOf(originHash: string): Promise<WitnessAnswer> {
    const log = this.#options.logs.find(({ origin }) => hashOfOrigin(origin) === originHash);
    const latest = log && (await this.#options.store.latest(log.origin));
    if (latest === undefined) return refusal(404, 'No checkpoint of such a log was cosigned here.');
    return { status: 200, contentType: TEXT_TYPE, body: latest.note };
  }

  /** The refusal of a checkpoint that no known log signed; undefined when all is well. */
  #signedBy({ note, checkpoint, oldSize }: ReadRequest): WitnessAnswer | undefined {
    const log = this.#log(checkpoint.origin);
    if (log === undefined) return refusal(404, 'The log is not known here.');
    try {
      if (verifiedKeys(note, log.keys).length === 0) return refusal(403, 'No known key of the log signed this.');
    } catch (error) {
      return refusal(403, messageOf(error));
    }
    return oldSize > checkpoint.size ? refusal(400, 'The old size is larger than the new one.') : undefined;
  }

  async #judge(request: ReadRequest): Promise<WitnessAnswer> {
    const { store } = this.#options;
    const { origin } = request.checkpoint;
    const latest = await store.latest(origin);
    if (request.oldSize !== sizeOf(latest)) return conflict(latest);
    const fault = inconsistency(request, latest);
    if (fault !== undefined) return refusal(422, fault);
    const { line, next } = this.#cosigned(request);
    // Another request may have moved the log on since it was read: then this one was judged against an old state.
    if (!(await store.replace(origin, request.oldSize, next))) return conflict(await store.latest(origin));
    return { status: 200, contentType: TEXT_TYPE, body: line };
  }

  #cosigned({ note, checkpoint }: ReadRequest): { line: string; next: CosignedCheckpoint } {
    const { signer, clock } = this.#options;
    const cosignature = cosign(note.text, signer, BigInt(Math.floor(clock().getTime() / 1000)));
    const known = this.#log(checkpoint.origin)?.keys ?? [];
    const kept: SignedNote = { text: note.text, signatures: [...linesOf(note, known), cosignature] };
    const next = { size: checkpoint.size, root: toHex(checkpoint.rootHash), note: formatNote(kept) };
    return { line: formatSignatureLine(cosignature), next };
  }

  #log(origin: string): WitnessedLog | undefined {
    return this.#options.logs.find((log) => log.origin === origin);
  }
}

/** Part of the path under which a witness serves its last checkpoint of a log. */
export function hashOfOrigin(origin: string): string {
  return toHex(sha256(utf8Encode(origin)));
}

/** What keeps the checkpoint from extending the last one; undefined when nothing does. */
function inconsistency(request: ReadRequest, latest: CosignedCheckpoint | undefined): string | undefined {
  const { oldSize, proof, checkpoint } = request;
  if (checkpoint.size === 0n && !equalBytes(checkpoint.rootHash, emptyRoot())) return 'An empty log has another root.';
  // Every log extends the empty one, so there is nothing to prove.
  if (oldSize === 0n) return proof.length > 0 ? 'From an empty log there is nothing to prove.' : undefined;
  const root1 = fromHex(latest?.root ?? '');
  try {
    verifyConsistency({ size1: oldSize, root1, size2: checkpoint.size, root2: checkpoint.rootHash, path: proof });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** One line of each known key: the note is served to others, and must not grow with what a client repeats. */
function linesOf({ signatures }: SignedNote, known: readonly VerifierKey[]): SignedNote['signatures'] {
  return known.flatMap((key) => signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId) ?? []);
}

function conflict(latest: CosignedCheckpoint | undefined): WitnessAnswer {
  return { status: 409, contentType: SIZE_TYPE, body: `${sizeOf(latest).toString()}\n` };
}

function sizeOf(latest: CosignedCheckpoint | undefined): bigint {
  return latest?.size ?? 0n;
}

function refusal(status: 400 | 403 | 404 | 422, message: string): WitnessAnswer {
  return { status, contentType: TEXT_TYPE, body: `${message}\n` };
}

/** Only what the project itself says goes out; anything else is a fault of this program and is thrown on. */
function messageOf(error: unknown): string {
  if (!isLedgerError(error)) throw error;
  return error.message;
}
