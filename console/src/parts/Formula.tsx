import type { ReactElement } from 'react';
import { useText } from '../app/language-context';
import { formulaWords, type Named } from '../words/formula-words';

interface FormulaProps {
  readonly id: string;
  readonly expression?: string | undefined;
  /** What a variable of it stands for, where that is known. */
  readonly named?: Named;
}

/** That a figure follows by a formula, and by which: shown under the pointer and on focus; its id is what the knowledge base finds. */
export function Formula({ id, expression, named }: FormulaProps): ReactElement {
  const t = useText();
  const words = expression === undefined ? '' : formulaWords(expression, named);
  return (
    <a href={`/knowledge?q=${encodeURIComponent(id)}`} className="formula" title={`${words} (${id})`} data-formula={id}>
      {t('公式', 'formula')}
      {words !== '' && <span> {words}</span>}
    </a>
  );
}
