import type { ReactElement } from 'react';
import { useWords } from '../app/language-context';
import { stateLook } from '../words/states';

interface StateTagProps {
  /** Whether the record stands. */
  readonly status: string;
  /** Its state in the lifecycle of its type, where that says more. */
  readonly state?: string;
  readonly type?: string;
}

/** Word, sign and colour together: none of them alone tells a state. */
export function StateTag(props: StateTagProps): ReactElement {
  const words = useWords();
  const look = stateLook(props);
  return (
    <span className={`tag ${look.look}`}>
      <span aria-hidden="true">{look.sign}</span> {words(look.words)}
    </span>
  );
}
