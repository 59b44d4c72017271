import type { ReactElement } from 'react';
import { useWords } from '../app/language-context';
import { stateWords } from '../words/record-words';

/** Word, sign and colour together: none of them alone tells a state. */
export function StateTag({ status }: { readonly status: string }): ReactElement {
  const words = useWords();
  const state = stateWords(status);
  return (
    <span className={`tag ${state.look}`}>
      <span aria-hidden="true">{state.sign}</span> {words(state)}
    </span>
  );
}
