import path from 'node:path';
import { assertUscc, LedgerError } from '@carbon-ledger/core';
import type { Io } from './io';
import { KeyStore } from './keys/key-store';
import { Output } from './output/output';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly url?: string;
  readonly as?: string;
  readonly json?: boolean;
  readonly keystore?: string;
}

const defaultUrl = 'http://127.0.0.1:8080';

function parseUrl(text: string): string {
  const fits = URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (!fits) throw new LedgerError('USAGE', `${JSON.stringify(text)} is not an http(s) address`);
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

  constructor(io: Io, options: GlobalOptions) {
    this.io = io;
    this.output = new Output(io, options.json === true);
    this.url = parseUrl(options.url ?? io.env.CARBON_LEDGER_URL ?? defaultUrl);
    this.party = options.as;
    if (options.as !== undefined) assertUscc(options.as);
    const folder = options.keystore ?? io.env.CARBON_LEDGER_KEYSTORE;
    this.keys = new KeyStore(folder ?? path.join(io.homeDir, '.carbon-ledger', 'keys'));
  }

  /** The party to act as. @throws LedgerError USAGE where `--as` is missing */
  requireParty(): string {
    if (this.party !== undefined) return this.party;
    throw new LedgerError('USAGE', 'say which party this is for: --as USCC');
  }
}
