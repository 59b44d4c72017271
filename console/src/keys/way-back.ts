const SIGN_IN = '/sign-in';

/** Address of the page on which one signs in, which leads back to where one was: with its filters, or to its form. Home leads to the inbox, the page itself to where it led. */
export function signInFrom(place: string, search: string): string {
  if (place === SIGN_IN) return search === '' ? SIGN_IN : `${SIGN_IN}?${search}`;
  if (place === '/') return SIGN_IN;
  const from = search === '' ? place : `${place}?${search}`;
  return `${SIGN_IN}?${new URLSearchParams({ to: from }).toString()}`;
}

/** Where one goes when the key is open. Only pages of this console are gone to, whatever the address of a link that was sent says. */
export function wayBack(search: string): string {
  const to = new URLSearchParams(search).get('to') ?? '';
  return /^\/[\w-]/.test(to) ? to : '/inbox';
}
