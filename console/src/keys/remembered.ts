/** A trial key is public, so which one was chosen may be remembered; other keys never outlive the page. */
const TRIAL = 'trial-party';

export function remember(uscc: string | undefined): void {
  try {
    if (uscc === undefined) sessionStorage.removeItem(TRIAL);
    else sessionStorage.setItem(TRIAL, uscc);
  } catch {
    // Then it is asked again after each load.
  }
}

export function remembered(): string | null {
  try {
    return sessionStorage.getItem(TRIAL);
  } catch {
    return null;
  }
}
