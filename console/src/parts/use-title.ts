import { useEffect } from 'react';
import { useText } from '../app/language-context';

/** Title of the browser's tab; nothing private belongs there. */
export function useTitle(title: string): void {
  const t = useText();
  const product = t('碳审计账本', 'Carbon Audit Ledger');
  useEffect(() => {
    document.title = title === product ? product : `${title} · ${product}`;
  }, [title, product]);
}
