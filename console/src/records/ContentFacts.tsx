import type { LedgerRecord } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { useText, useWords } from '../app/language-context';
import type { Words } from '../language/language';
import { choiceWords, fieldWords } from '../words/record-words';

/** The public content of a record, as it was signed. */
export function ContentFacts({ record }: { readonly record: LedgerRecord }): ReactElement {
  const t = useText();
  const words = useWords();
  const fields = Object.entries(record.content);
  const spoken = (value: unknown, said: Words | undefined): unknown => (said === undefined ? value : words(said));
  if (fields.length === 0) return <p className="quiet">{t('没有公开内容。', 'There is no public content.')}</p>;
  return (
    <dl className="facts">
      {fields.map(([name, value]) => (
        <Field
          key={name}
          name={words(fieldWords(record.type, name))}
          value={spoken(value, choiceWords(record.type, name, value))}
        />
      ))}
    </dl>
  );
}

function Field({ name, value }: { readonly name: string; readonly value: unknown }): ReactElement {
  const t = useText();
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {isPlain(value) ? (
          String(value)
        ) : (
          <details>
            <summary>{t('展开', 'Show')}</summary>
            <pre tabIndex={0}>{JSON.stringify(value, null, 2)}</pre>
          </details>
        )}
      </dd>
    </>
  );
}

function isPlain(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
