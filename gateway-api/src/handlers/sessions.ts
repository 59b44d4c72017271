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
      return { json: await sessions.open(body) };
    },
    getSession: ({ caller }) => {
      if (caller === undefined) throw new LedgerError('UNAUTHENTICATED');
      return { json: withoutToken(caller) };
    },
  };
}

function withoutToken({ party, kind, region, expiresAt }: OpenSession): Omit<OpenSession, 'token'> {
  return { party, kind, region, expiresAt };
}
