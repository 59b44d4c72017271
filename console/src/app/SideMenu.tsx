import type { ReactElement } from 'react';
import { useText } from './language-context';
import { menuOf } from './menu';
import { MenuList } from './MenuList';

/** The side of the console that a party sees; loaded once somebody signed in, because the rulebook comes with it. */
export default function SideMenu({ kind, uscc }: { readonly kind: string; readonly uscc: string }): ReactElement {
  const t = useText();
  return (
    <nav className="side" aria-label={t('我的工作', 'My work')}>
      <MenuList items={menuOf(kind, uscc)} />
    </nav>
  );
}
