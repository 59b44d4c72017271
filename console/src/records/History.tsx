import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { StateTag } from '../parts/StateTag';
import { formatTime } from '../words/numbers';

/** Every version under the same key, and what ended each. */
export function History({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const versions = useAsk(['versions', view.key], (client) => client.records({ key: view.key, limit: 100 }));
  return (
    <section>
      <h2>{t('沿革', 'History')}</h2>
      <ol className="timeline">
        {versions.data?.items.map((item) => (
          <li key={item.id}>
            {item.id === view.id ? (
              <strong>{t(`第 ${String(item.record.version)} 版`, `Version ${String(item.record.version)}`)}</strong>
            ) : (
              <Link href={`/records/${item.id}`}>
                {t(`第 ${String(item.record.version)} 版`, `Version ${String(item.record.version)}`)}
              </Link>
            )}{' '}
            <StateTag status={item.status} state={item.state} type={item.record.type} />{' '}
            <span className="quiet">{formatTime(item.anchoredAt)}</span>
            {item.changedBy !== undefined && (
              <>
                {' · '}
                <Link href={`/records/${item.changedBy}`}>{t('改变它的记录', 'What changed it')}</Link>
              </>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
