interface FirstAnchor {
  readonly ledger: string;
  readonly anchoredAt: string;
}

/** Digits of a ledger id that tell ledgers apart for people. */
const SHORT = 12;

/** Where something was anchored first, for people; undefined for what was anchored here first. */
export function firstAnchored(earlier: FirstAnchor | undefined): string | undefined {
  return earlier && `(anchored first ${earlier.anchoredAt} on ledger ${earlier.ledger.slice(0, SHORT)}…)`;
}

/** The same for many at once: how many, from when to when. */
export function firstAnchoredCount(all: readonly { readonly earlier?: FirstAnchor }[]): string | undefined {
  const earlier = all.flatMap((one) => (one.earlier === undefined ? [] : [one.earlier]));
  const times = earlier.map(({ anchoredAt }) => anchoredAt).sort();
  const [first] = earlier;
  if (first === undefined) return undefined;
  const count = `${String(earlier.length)} of ${String(all.length)}`;
  return `${count} were anchored first on ledger ${first.ledger.slice(0, SHORT)}…, ${String(times[0])} to ${String(times.at(-1))}`;
}
