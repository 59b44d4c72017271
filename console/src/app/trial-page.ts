/**
 * Whether the page was given out by a trial ledger, which the gateway writes into it: the band stands from the first moment, and
 * pushes nothing down when the ledger has answered. Where there is no page, it is being built, and has all that it may need.
 */
export function isTrialPage(): boolean {
  return typeof document === 'undefined' || document.documentElement.dataset['trial'] === 'true';
}
