import { useEffect, useState, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { PartyView } from '@carbon-ledger/client-sdk';
import { useText } from './language-context';
import { menuOf } from './menu';
import { MenuList } from './MenuList';

/**
 * The side of the console that a party sees; loaded once somebody signed in, because the rulebook comes with it. On a narrow screen
 * it is opened by its button: two dozen links do not stand before every page there. The button says who one is: the header has no room for it.
 */
export default function SideMenu({ party: { kind, uscc, name } }: { readonly party: PartyView }): ReactElement {
  const t = useText();
  const [place] = useLocation();
  const search = useSearch();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    setOpen(false);
  }, [place, search]);
  return (
    <nav
      className={isOpen ? 'side open' : 'side'}
      aria-label={t('我的工作', 'My work')}
      onKeyDown={({ key }) => {
        if (key === 'Escape') setOpen(false);
      }}
    >
      <button
        type="button"
        className="plain menu"
        aria-expanded={isOpen}
        aria-controls="side-menu"
        onClick={() => {
          setOpen(!isOpen);
        }}
      >
        <span aria-hidden="true">{isOpen ? '▾' : '▸'} </span>
        {t('我的工作', 'My work')} · {name}
      </button>
      <div id="side-menu">
        <MenuList items={menuOf(kind, uscc)} />
      </div>
    </nav>
  );
}
