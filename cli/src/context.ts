import path from 'node:path';
import type { Title } from '@carbon-ledger/core';
import { LedgerError } from '@carbon-ledger/core/errors';
import { assertUscc } from '@carbon-ledger/core/identifiers';
import type { Io } from './io';
import { CommandKeys } from './keys/command-keys';
import { KeyStore } from './keys/key-store';
import { KeystoreKeys, type PartyKeys } from './keys/party-keys';
import { languageOf, type Language } from './output/language';
import { Output } from './output/output';
import { quoted } from './output/quoted';
import { PolicyStore } from './receipts/policy-store';
import type { ServiceOptions } from './service/open-service';
import type { Service } from './service/service';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly url?: string;
  readonly as?: string;
  readonly json?: boolean;
  readonly keystore?: string;
  readonly signer?: string;
}

export const defaultUrl = 'http://127.0.0.1:8080';

/** @throws LedgerError USAGE for what is no http(s) address */
export function parseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol))
    throw new LedgerError('USAGE', `${quoted(text)} is not an http(s) address`);
  if (url.username !== '' || url.password !== '')
    throw new LedgerError('USAGE', `${quoted(text)} holds a name or password, which no service asks for`);
  return text.replace(/\/+$/, '');
}

/** What one run of a command works with. */
export class Context {
  readonly io: Io;
  readonly output: Output;
  /** Address of the service, without a slash at its end. */
  readonly url: string;
  /** The party to act as (`--as`), checked. */
  readonly party: string | undefined;
  readonly keys: KeyStore;
  /** The signer command (`--signer`), where the party's key does not lie in the keystore. */
  readonly signer: CommandKeys | undefined;
  readonly policies: PolicyStore;

  constructor(io: Io, options: GlobalOptions) {
    this.io = io;
    this.output = new Output(io, options.json === true);
    this.url = parseUrl(options.url ?? io.env.CARBON_LEDGER_URL ?? defaultUrl);
    this.party = options.as;
    if (options.as !== undefined) assertUscc(options.as);
    const home = path.join(io.homeDir, '.carbon-ledger');
    const folder = options.keystore ?? io.env.CARBON_LEDGER_KEYSTORE;
    this.keys = new KeyStore(folder ?? path.join(home, 'keys'));
    const command = options.signer ?? io.env.CARBON_LEDGER_SIGNER;
    const surroundings = { env: io.env, signal: io.signal, folder: this.keys.folder, party: this.party };
    this.signer = command ? new CommandKeys({ command, ...surroundings }) : undefined;
    this.policies = new PolicyStore(path.join(home, 'policies'));
  }

  /** Keys with which parties sign here: of the signer command, else of the keystore. */
  partyKeys(): PartyKeys {
    return this.signer ?? new KeystoreKeys(this.keys, this.io);
  }

  /** The party to act as. @throws LedgerError USAGE where `--as` is missing */
  requireParty(): string {
    if (this.party !== undefined) return this.party;
    throw new LedgerError('USAGE', 'say which party this is for: --as USCC');
  }

  /** Loaded where a command asks a service: keys, files and receipts need none. */
  async service(options: ServiceOptions = {}): Promise<Service> {
    const { openService } = await import('./service/open-service.js');
    return openService(this, options);
  }

  /** The language of the terminal. */
  get language(): Language {
    return languageOf(this.io.env);
  }

  /** What is said in both languages, in that of the terminal. */
  inWords(words: Title): string {
    return words[this.language];
  }

  /** Now, in RFC 3339 and whole seconds. */
  now(): string {
    return `${this.io.now().toISOString().slice(0, 19)}Z`;
  }
}
