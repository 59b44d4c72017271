import type { ReactElement, ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useText } from '../app/language-context';
import { signInFrom } from '../keys/way-back';

/** Leads to where one signs in, and from there back to this page. */
export function SignInLink({ children }: { readonly children: ReactNode }): ReactElement {
  const [place] = useLocation();
  const search = useSearch();
  return <Link href={signInFrom(place, search)}>{children}</Link>;
}

/** In the place of what nobody sees who is not signed in. */
export function SignInFirst(): ReactElement {
  const t = useText();
  return (
    <p>
      <SignInLink>{t('请先登录。', 'Sign in first.')}</SignInLink>
    </p>
  );
}
