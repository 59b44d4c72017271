import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import { crossCheckKinds, type CrossCheckAnswer, type CrossCheckKind } from './check';
import type { CrossCheckProfile } from './profile';

const CROSS_CHECK_SCHEMA = 'carbon-ledger/cross-check/v1';

export interface CrossCheckReport {
  readonly schema: typeof CROSS_CHECK_SCHEMA;
  readonly source: string;
  readonly year: string;
  /** Mapping and tolerances as they were used. */
  readonly profile: CrossCheckProfile;
  readonly file: { readonly name: string; readonly sha256: string; readonly rows: number };
  /** The ledger, and the size of its log. */
  readonly ledger: { readonly ledger: string; readonly size: string };
  readonly totals: {
    readonly kinds: Readonly<Partial<Record<CrossCheckKind, number>>>;
    readonly isClean: boolean;
  };
  readonly answers: readonly CrossCheckAnswer[];
  /** SHA-256 of everything above and of the answers: the same inputs give the same. */
  readonly digest: string;
}

/** Everything that was found. No clock and no path goes in. */
export function crossCheckReport(
  about: Pick<CrossCheckReport, 'source' | 'year' | 'profile' | 'file' | 'ledger'>,
  answers: readonly CrossCheckAnswer[],
): CrossCheckReport {
  const counted = crossCheckKinds
    .map((kind) => [kind, answers.filter((answer) => answer.kind === kind).length] as const)
    .filter(([, count]) => count > 0);
  // Over no answer nothing was compared: that is no agreement.
  const isClean = answers.length > 0 && answers.every(({ kind }) => kind === 'MATCHED');
  const totals = { kinds: Object.fromEntries(counted), isClean };
  const body = { schema: CROSS_CHECK_SCHEMA, ...about, totals, answers } as const;
  return { ...body, digest: `sha256:${toHex(sha256(canonicalBytes(body)))}` };
}
