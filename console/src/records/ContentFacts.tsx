import { formFields, type LedgerRecord } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Members } from './ContentValue';

/** The public content of a record, as it was signed, with the titles and words of its type. */
export function ContentFacts({ record }: { readonly record: LedgerRecord }): ReactElement {
  const t = useText();
  if (Object.keys(record.content).length === 0)
    return <p className="quiet">{t('没有公开内容。', 'There is no public content.')}</p>;
  return <Members value={record.content} fields={formFields(record.type)} />;
}
