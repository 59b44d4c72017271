import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SaltSource, Signer } from '@carbon-ledger/core';
import { toHex } from '@carbon-ledger/core/bytes';
import { LedgerError } from '@carbon-ledger/core/errors';
import { makeFolder } from '../files/make-folder';
import { readBytes } from '../files/read-file';
import type { PartyKeys } from './party-keys';
import { readPublicKey, readSignature, type PublicKey } from './signature-forms';
import { runSigner, type CommandSurroundings } from './signer-command';

export interface CommandKeysOptions extends CommandSurroundings {
  /** Shell command; `key` or `sign 0x…` is put behind it. */
  readonly command: string;
  /** Whom it signs for: the party of `--as`, nobody else. */
  readonly party: string | undefined;
  /** Folder of keys, where the secret of salts is kept. */
  readonly folder: string;
}

/** A key in a device or another program, asked by a command: a digest goes in, a signature comes out. */
export class CommandKeys implements PartyKeys {
  readonly #options: CommandKeysOptions;
  #key: Promise<PublicKey> | undefined;

  constructor(options: CommandKeysOptions) {
    this.#options = options;
  }

  has(party: string): Promise<boolean> {
    return Promise.resolve(party === this.#options.party);
  }

  async signerOf(party: string): Promise<Signer> {
    this.#assertOwn(party);
    const key = await this.publicKey();
    return {
      keyId: key.keyId,
      suite: key.suite,
      ...(key.suite === 'sm2-sm3' ? { publicKey: key.publicKey } : {}),
      sign: async (digest) => readSignature(await this.#run('sign', `0x${toHex(digest)}`), digest, key),
    };
  }

  /** The device never gives its key away, so salts come from a secret of their own, made at the first need and kept. */
  async saltsOf(party: string): Promise<SaltSource> {
    this.#assertOwn(party);
    const { folder } = this.#options;
    const file = path.join(folder, `${party}.salts`);
    await makeFolder(folder, 0o700);
    await writeFile(file, toHex(randomBytes(32)), { flag: 'wx', mode: 0o600 }).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    });
    const text = (await readBytes(file)).toString('utf8');
    if (!/^[0-9a-f]{64}$/.test(text))
      throw new LedgerError('FILE_UNREADABLE', `${file} is damaged: it holds 64 hex digits`);
    const { derivedSalts } = await import('@carbon-ledger/core/rulebook');
    return derivedSalts(Buffer.from(text, 'hex'));
  }

  publicKey(): Promise<PublicKey> {
    this.#key ??= this.#run('key').then(readPublicKey);
    return this.#key;
  }

  #run(...words: string[]): Promise<string> {
    return runSigner(this.#options.command, words, this.#options);
  }

  #assertOwn(party: string): void {
    if (party === this.#options.party) return;
    throw new LedgerError(
      'KEY_NOT_HELD',
      `the signer signs for ${this.#options.party ?? 'the party of --as'}, not for ${party}`,
    );
  }
}
