import { z } from 'zod';
import { defineRoute } from './route';
import { exampleUscc, instant, uscc } from './schemas';

const challenge = z.object({
  party: uscc,
  /** 32 random bytes in hex; good for one sign-in. */
  nonce: z.string().regex(/^[0-9a-f]{64}$/),
  ledger: z.string().regex(/^[0-9a-f]{64}$/),
  expiresAt: instant,
});
export type Challenge = z.infer<typeof challenge>;

const session = z.object({
  party: uscc,
  kind: z.string(),
  region: z.string(),
  expiresAt: instant,
});

export const sessionRoutes = {
  createChallenge: defineRoute({
    method: 'POST',
    path: '/v1/sessions/challenges',
    tag: 'sessions',
    access: 'anyone',
    summary: { en: 'Ask for a challenge to sign', zh: '获取待签名的质询' },
    body: z.strictObject({ party: uscc }),
    answer: challenge,
    statuses: [201],
    problems: ['PARTY_UNKNOWN', 'PARTY_ENDED', 'PARTY_SUSPENDED'],
    example: { body: { party: exampleUscc } },
  }),
  createSession: defineRoute({
    method: 'POST',
    path: '/v1/sessions',
    tag: 'sessions',
    access: 'anyone',
    summary: { en: "Sign in with the party's key", zh: '用主体密钥登录' },
    body: z.strictObject({
      party: uscc,
      nonce: z.string().regex(/^[0-9a-f]{64}$/),
      keyId: z.string().max(100),
      suite: z.enum(['eip712-secp256k1', 'sm2-sm3']),
      /** Host and port that the party believes it is talking to; another service cannot pass the signature on. */
      audience: z.string().min(1).max(255),
      signature: z.string().regex(/^0x[0-9a-f]{128,130}$/),
    }),
    answer: session.extend({ token: z.string() }),
    statuses: [201],
    problems: [
      'UNAUTHENTICATED',
      'PARTY_UNKNOWN',
      'PARTY_ENDED',
      'PARTY_SUSPENDED',
      'KEY_UNKNOWN',
      'KEY_NOT_VALID',
      'SIGNATURE_INVALID',
    ],
    example: {
      body: {
        party: exampleUscc,
        nonce: '0'.repeat(64),
        keyId: `0x${'0'.repeat(40)}`,
        suite: 'eip712-secp256k1',
        audience: '127.0.0.1:8080',
        signature: `0x${'0'.repeat(130)}`,
      },
    },
  }),
  getSession: defineRoute({
    method: 'GET',
    path: '/v1/sessions/current',
    tag: 'sessions',
    access: 'party',
    summary: { en: 'Who is signed in', zh: '当前登录主体' },
    answer: session,
    problems: ['UNAUTHENTICATED'],
  }),
};
