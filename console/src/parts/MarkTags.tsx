import { markTitle, markWords } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useLanguage } from '../app/language-context';
import { titledMark } from '../words/marks';

interface Props {
  readonly view: Pick<AnchoredRecordView, 'marks'>;
  readonly full?: boolean;
}

/** What is to be known of a record beside its state; what each mark is about stands in its title, and in full on its page. */
export function MarkTags({ view, full }: Props): ReactElement {
  const { language } = useLanguage();
  return (
    <>
      {(view.marks ?? []).map((mark) => {
        const told = markWords(titledMark(mark, language))[language];
        return (
          <span key={`${mark.mark}${mark.by ?? ''}`} className="tag warn" title={told}>
            <span aria-hidden="true">!</span> {full === true || mark.mark === 'late' ? told : markTitle(mark)[language]}
          </span>
        );
      })}
    </>
  );
}
