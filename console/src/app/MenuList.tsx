import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useWords } from './language-context';
import type { MenuItem } from './public-menu';

export function MenuList({ items }: { readonly items: readonly MenuItem[] }): ReactElement {
  const words = useWords();
  const [place] = useLocation();
  const search = useSearch();
  const here = search === '' ? place : `${place}?${search}`;
  return (
    <ul>
      {items.map(({ href, words: name }) => (
        <li key={href}>
          {href === '/check' ? (
            <a href={href}>{words(name)}</a>
          ) : (
            <Link href={href} aria-current={href === here ? 'page' : undefined}>
              {words(name)}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
