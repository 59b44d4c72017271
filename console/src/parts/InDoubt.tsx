import type { ReactElement } from 'react';
import { useLanguage, useText } from '../app/language-context';
import { stepWords } from '../words/step-words';

/** Behind what rests on a record that stands and whose word is in doubt: why. Nothing where it is not. */
export function InDoubt({ doubts = [] }: { readonly doubts?: readonly string[] | undefined }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  if (doubts.length === 0) return null;
  const why = doubts.map((one) => stepWords(one)[language]).join(t('；', '; '));
  return (
    <>
      {' '}
      <span className="tag warn">{t(`⚠ 存疑：${why}`, `⚠ in doubt: ${why}`)}</span>
    </>
  );
}
