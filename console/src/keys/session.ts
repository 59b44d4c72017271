import { LedgerClient, type PartyView } from '@carbon-ledger/client-sdk';
import type { OpenedKey } from '../workers/key.worker';
import { wipeDrafts } from '../drafts/store';
import { KeyHolder } from './key-holder';
import { remember, remembered } from './remembered';

/** Who is signed in, with the key open. */
export interface Identity {
  readonly party: PartyView;
  readonly key: OpenedKey;
  readonly isTrial: boolean;
}

export interface SessionState {
  readonly identity: Identity | undefined;
  /** Signs in by itself where there is an identity; reads as the public does where there is none. */
  readonly client: LedgerClient;
  readonly keys: KeyHolder | undefined;
  /** Why the last one ended, if it was not by hand. */
  readonly lockedBy: 'idle' | undefined;
}

/** After this long without a key press or a click the key is gone. */
const IDLE_MS = 10 * 60_000;

function publicState(lockedBy?: 'idle'): SessionState {
  return { identity: undefined, client: new LedgerClient({ baseUrl: location.origin }), keys: undefined, lockedBy };
}

/** The one session of this page: at most one key is open. */
class Session {
  #state = publicState();
  readonly #listeners = new Set<() => void>();
  #idle: number | undefined;

  readonly state = (): SessionState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** @throws LedgerError where the ledger does not take the key for this party; WorkerFailure where the file does not open */
  async signIn(keys: KeyHolder, key: OpenedKey, uscc: string, isTrial: boolean): Promise<void> {
    const client = new LedgerClient({ baseUrl: location.origin, party: uscc, signer: keys.signer(key) });
    await client.call('getSession');
    const party = await client.party(uscc);
    this.#state.keys?.end();
    this.#set({ identity: { party, key, isTrial }, client, keys, lockedBy: undefined });
    remember(isTrial ? uscc : undefined);
    this.touch();
  }

  async actAs(uscc: string): Promise<void> {
    const keys = new KeyHolder();
    try {
      await this.signIn(keys, await keys.openTrial(uscc), uscc, true);
    } catch (error) {
      keys.end();
      throw error;
    }
  }

  /** Goes on as the person of a trial that was chosen before the page was loaded again. */
  async resume(): Promise<void> {
    const uscc = remembered();
    if (uscc !== null)
      await this.actAs(uscc).catch(() => {
        this.#end();
      });
  }

  /** Whether {@link resume} has something to do: until it has, nothing is asked as the public. */
  mayResume(): boolean {
    return this.#state.identity === undefined && remembered() !== null;
  }

  /** By hand: the key is gone, and every draft with it. */
  lock(): void {
    wipeDrafts(localStorage);
    this.#end();
  }

  /** The key is gone. Drafts stay, which only that key opens: who was called away from a form half filled in finds it again. */
  #end(reason?: 'idle'): void {
    this.#state.keys?.end();
    window.clearTimeout(this.#idle);
    remember(undefined);
    this.#set(publicState(reason));
  }

  /** Puts the lock off: somebody is there. */
  touch(): void {
    window.clearTimeout(this.#idle);
    if (this.#state.identity === undefined) return;
    this.#idle = window.setTimeout(() => {
      this.#end('idle');
    }, IDLE_MS);
  }

  #set(state: SessionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

export const session = new Session();
