import { catalogue, isErrorCode, type ErrorCode, type RecordType } from '@carbon-ledger/core';
import { lazy, Suspense, type ReactElement } from 'react';
import { useLanguage } from '../app/language-context';
import { cureOf } from '../words/cures';

/** Words for places and for what rules say come with the first failure: most who come meet none. */
const FailureDetail = lazy(() => import('./FailureDetail'));

function codeOf(error: unknown): ErrorCode {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return isErrorCode(code) ? code : 'INTERNAL';
}

export interface FailureProps {
  readonly error: unknown;
  /** Type of the record that was filled in: the places of its fields have titles. */
  readonly of?: RecordType;
}

/** What went wrong, where, and what to do: every fault that the service named. */
export function Failure({ error, of }: FailureProps): ReactElement {
  const { language } = useLanguage();
  const code = codeOf(error);
  const entry = catalogue[code];
  return (
    <div className="failure" role="alert">
      <p>
        <strong>{entry[language]}</strong> <a href={`/knowledge?q=${code}`}>{code}</a>
      </p>
      <p>{cureOf(code)[language]}</p>
      <Suspense>
        <FailureDetail error={error} known={entry.en} {...(of === undefined ? {} : { of })} />
      </Suspense>
    </div>
  );
}
