import type { ReactElement } from 'react';
import { useText } from '../app/language-context';

export function Loading(): ReactElement {
  const t = useText();
  return (
    <p className="quiet" role="status">
      {t('正在读取…', 'Loading …')}
    </p>
  );
}
