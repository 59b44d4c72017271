import type { BuiltRecord, RecordDraft, SignatureSuite, Signer } from '@carbon-ledger/core';
import { WorkerCalls } from '../workers/calls';
import type { KeyAnswer, KeyQuestion, OpenedKey } from '../workers/key.worker';

export interface NewKeyFile {
  readonly party: string;
  readonly suite: SignatureSuite;
  readonly passphrase: string;
}

/** A key that is open in a worker of its own. The page can have it sign, and end it; it cannot read it. */
export class KeyHolder {
  readonly #calls: WorkerCalls<KeyQuestion, KeyAnswer>;

  constructor() {
    this.#calls = new WorkerCalls(
      new Worker(new URL('../workers/key.worker.ts', import.meta.url), { type: 'module', name: 'key' }),
    );
  }

  /** @throws WorkerFailure BAD_JSON, PASSPHRASE_WRONG */
  open(keystore: string, passphrase: string): Promise<OpenedKey> {
    return this.#ask({ kind: 'open', keystore, passphrase });
  }

  /** The key of a party of a trial ledger, which anybody can derive. */
  openTrial(party: string): Promise<OpenedKey> {
    return this.#ask({ kind: 'trial', party });
  }

  create(file: NewKeyFile): Promise<OpenedKey> {
    return this.#ask({ kind: 'create', ...file, createdAt: `${new Date().toISOString().slice(0, 19)}Z` });
  }

  signer({ keyId, suite }: OpenedKey): Signer {
    return { keyId, suite, sign: (digest) => this.#ask<string>({ kind: 'sign', digest }) };
  }

  /** Makes a record and its figures with salts that only this key gives. @throws LedgerError FIGURE_UNKNOWN, WorkerFailure */
  async build(draft: RecordDraft): Promise<BuiltRecord> {
    const { buildSalted } = await import('./build-salted');
    return buildSalted(draft, (of) => this.#ask({ kind: 'salts', of }));
  }

  /** From which the salts of a table's cells follow: the same for the same table, and nobody else can make it. */
  async cellsSeed(sha256: string): Promise<string> {
    const [seed = ''] = await this.#ask<readonly string[]>({ kind: 'salts', of: [[sha256, 1, 'cells']] });
    return seed;
  }

  /** What only this key opens again. */
  seal(text: string): Promise<Uint8Array> {
    return this.#ask({ kind: 'seal', text });
  }

  /** @throws WorkerFailure where it was sealed by another key */
  unseal(sealed: Uint8Array): Promise<string> {
    return this.#ask({ kind: 'unseal', sealed });
  }

  /** Ends the worker, and the key with it. */
  end(): void {
    this.#calls.end('locked');
  }

  async #ask<Answer extends KeyAnswer>(question: KeyQuestion): Promise<Answer> {
    return (await this.#calls.ask(question)) as Answer;
  }
}
