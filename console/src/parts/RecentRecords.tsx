import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useNamesPending, usePartyName } from '../app/ledger-hooks';
import { useLanguage } from '../app/language-context';
import { useRecentRecords } from '../records/recent';
import { formatTime } from '../words/numbers';
import { titleOfKey } from '../words/record-words';

/** The last records of the log. */
export function RecentRecords(): ReactElement {
  const { language } = useLanguage();
  const name = usePartyName();
  const recent = useRecentRecords();
  const isUnnamed = useNamesPending();
  return (
    <ul aria-live="polite">
      {(isUnnamed ? [] : recent).map((event) => (
        <li key={event.record}>
          <Link href={`/records/${event.record}`}>{titleOfKey(event.key, event.type, language)}</Link> ·{' '}
          {name(event.subject)} <span className="quiet">{formatTime(event.anchoredAt)}</span>
        </li>
      ))}
    </ul>
  );
}
