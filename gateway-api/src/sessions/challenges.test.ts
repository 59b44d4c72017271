import { isLedgerError } from '@carbon-ledger/core';
import { Challenges } from './challenges';

const LIFE_MS = 120_000;

function outcome(spend: () => void): string {
  try {
    spend();
    return 'taken';
  } catch (error) {
    return isLedgerError(error) ? error.code : String(error);
  }
}

it('is good once, for its party, in its time', () => {
  const challenges = new Challenges(LIFE_MS);
  const { nonce, expiresAt } = challenges.make('lab', 1_000);
  expect(expiresAt).toBe(1_000 + LIFE_MS);
  expect(
    outcome(() => {
      challenges.spend({ nonce, party: 'enterprise' }, 1_000);
    }),
  ).toBe('UNAUTHENTICATED');
  expect(
    outcome(() => {
      challenges.spend({ nonce, party: 'lab' }, expiresAt);
    }),
  ).toBe('UNAUTHENTICATED');
  expect(
    outcome(() => {
      challenges.spend({ nonce, party: 'lab' }, expiresAt - 1);
    }),
  ).toBe('taken');
  expect(
    outcome(() => {
      challenges.spend({ nonce, party: 'lab' }, expiresAt - 1);
    }),
  ).toBe('UNAUTHENTICATED');
});

it('cannot be made up, changed, or brought from another service', () => {
  const challenges = new Challenges(LIFE_MS);
  const { nonce } = challenges.make('lab', 0);
  const later = `f${nonce.slice(1)}`;
  for (const bad of ['0'.repeat(64), later, new Challenges(LIFE_MS).make('lab', 0).nonce])
    expect(
      outcome(() => {
        challenges.spend({ nonce: bad, party: 'lab' }, 1);
      }),
    ).toBe('UNAUTHENTICATED');
});

it('is not forgotten however many others are asked for', () => {
  const challenges = new Challenges(LIFE_MS);
  const { nonce } = challenges.make('lab', 0);
  for (let count = 0; count < 20_000; count += 1) challenges.make('lab', 1);
  expect(
    outcome(() => {
      challenges.spend({ nonce, party: 'lab' }, 2);
    }),
  ).toBe('taken');
});

it('is never good twice, also where more are answered than can be remembered', () => {
  const challenges = new Challenges(LIFE_MS, 3);
  const answered = Array.from({ length: 5 }, () => challenges.make('lab', 0).nonce);
  const outcomes = answered.map((nonce) =>
    outcome(() => {
      challenges.spend({ nonce, party: 'lab' }, 1);
    }),
  );
  expect(outcomes).toEqual(['taken', 'taken', 'taken', 'RATE_LIMITED', 'RATE_LIMITED']);
  expect(
    outcome(() => {
      challenges.spend({ nonce: answered[0]!, party: 'lab' }, 1);
    }),
  ).toBe('UNAUTHENTICATED');
  const fresh = challenges.make('lab', LIFE_MS).nonce;
  expect(
    outcome(() => {
      challenges.spend({ nonce: fresh, party: 'lab' }, LIFE_MS + 1);
    }),
  ).toBe('taken');
});
