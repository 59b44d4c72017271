import { markTitle, markWords } from '@carbon-ledger/core';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useWords } from '../app/language-context';

interface Props {
  readonly view: Pick<AnchoredRecordView, 'marks'>;
  readonly full?: boolean;
}

/** What is to be known of a record beside its state; what each mark is about stands in its title, and in full on its page. */
export function MarkTags({ view, full }: Props): ReactElement {
  const words = useWords();
  return (
    <>
      {(view.marks ?? []).map((mark) => (
        <span key={`${mark.mark}${mark.by ?? ''}`} className="tag warn" title={words(markWords(mark))}>
          <span aria-hidden="true">!</span>{' '}
          {words(full === true || mark.mark === 'late' ? markWords(mark) : markTitle(mark))}
        </span>
      ))}
    </>
  );
}
