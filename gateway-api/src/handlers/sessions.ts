import { LedgerError } from '@carbon-ledger/core';
import type { Handlers } from '../http/reply';
import type { OpenSession } from '../sessions/session-desk';
import type { Services } from '../services';

type SessionHandlers = Pick<Handlers, 'createChallenge' | 'createSession' | 'getSession'>;

export function sessionHandlers({ sessions }: Services): SessionHandlers {
  return {
    createChallenge: async ({ body: { party } }) => ({ json: await sessions.challenge(party) }),
    createSession: async ({ body, host }) => ({ json: await sessions.open(body, host) }),
    getSession: ({ caller }) => {
      if (caller === undefined) throw new LedgerError('UNAUTHENTICATED');
      return { json: withoutToken(caller) };
    },
  };
}

function withoutToken({ party, kind, region, expiresAt }: OpenSession): Omit<OpenSession, 'token'> {
  return { party, kind, region, expiresAt };
}
