import { catalogue, type ErrorCode } from '@carbon-ledger/core';
import type { RouteSpec } from './route';

/** What any route may answer: a request that is none, one too many, one that no route takes, a fault of ours. */
const COMMON: readonly ErrorCode[] = [
  'BAD_REQUEST',
  'METHOD_NOT_ALLOWED',
  'NOT_ACCEPTABLE',
  'RATE_LIMITED',
  'STORE_CORRUPT',
  'INTERNAL',
];

/** What a body may be refused for before anybody looks at what it says. */
const OF_BODIES: readonly ErrorCode[] = [
  'BAD_JSON',
  'BAD_ENCODING',
  'TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'NOT_READY',
];

/** A token that is none, has run out, or is of a party that is gone. */
const OF_SESSIONS: readonly ErrorCode[] = ['UNAUTHENTICATED', 'PARTY_UNKNOWN', 'PARTY_SUSPENDED'];

/** Statuses with which the contract refuses what it judged. */
const JUDGED_STATUSES: ReadonlySet<number> = new Set([400, 403, 409, 413, 422]);
/** The same statuses, but never of a submission. */
const NOT_JUDGED =
  /^(?:IDEMPOTENCY_|DRAFT_|IMPORT_|PROOF_|COSIGN|CHECKPOINT_|TIMESTAMP_|BAD_STATEMENT|RETENTION_|WEBHOOK_|ORDER_|FIGURES_(?:AWAITED|ELSEWHERE|PURGED))/;

/** Every code that a submission can be refused with: of its form, its signature, and the rules of its records. */
export const judgedProblems: readonly ErrorCode[] = (Object.keys(catalogue) as ErrorCode[]).filter(
  (code) => JUDGED_STATUSES.has(catalogue[code].http) && !NOT_JUDGED.test(code),
);

/** Every code that a route may answer, its own and those of its kind. */
export function problemsOf(route: Pick<RouteSpec, 'method' | 'access' | 'problems'>): readonly ErrorCode[] {
  return [
    ...new Set([
      ...COMMON,
      ...(route.method === 'POST' ? OF_BODIES : []),
      ...(route.access === 'anyone' ? [] : OF_SESSIONS),
      ...route.problems,
    ]),
  ];
}
