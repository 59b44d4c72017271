import { LedgerError } from '@carbon-ledger/core';
import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { OpenSession } from '../sessions/session-desk';
import type { Services } from '../services';

type SessionHandlers = Pick<Handlers, 'createChallenge' | 'createSession' | 'getSession'>;

export function sessionHandlers({ sessions, limits, projection }: Services): SessionHandlers {
  const count = async (client: string, party: string): Promise<void> => {
    const isRegistered = (await projection.parties.find(party)) !== undefined;
    limits.countSignIn(client, isRegistered ? party : undefined);
  };
  return {
    createChallenge: async ({ body: { party }, client }) => {
      await count(client, party);
      return { json: await sessions.challenge(party) };
    },
    createSession: async ({ body, client, spend }) => {
      await count(client, body.party);
      spend(prices.signatureChecked);
      const { token, ...session } = await sessions.open(body);
      return { json: { ...shown(session), token } };
    },
    getSession: ({ caller }) => {
      if (caller === undefined) throw new LedgerError('UNAUTHENTICATED');
      return { json: shown(caller) };
    },
  };
}

type Shown = Pick<OpenSession, 'party' | 'kind' | 'region' | 'expiresAt'>;

function shown({ party, kind, region, expiresAt }: Shown): Shown {
  return { party, kind, region, expiresAt };
}
