import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useAsk } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { StateTag } from '../parts/StateTag';
import { roleWords } from '../words/code-words';
import { recordTitle, titleOfKey } from '../words/record-words';

/** Records that are shown as resting on one; a methodology has many more, in a list of their own. */
const MOST = 50;

/** What the record rests on, and what rests on it. */
export function Neighbours({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const citing = useAsk(['citing', view.id], (client) => client.records({ cites: view.id, limit: MOST }));
  const citingItems = citing.data?.items ?? [];
  return (
    <div className="columns">
      <section>
        <h2>{t('引用', 'Rests on')}</h2>
        {view.record.cites.length === 0 && <p className="quiet">{t('不引用其他记录。', 'Cites no record.')}</p>}
        <ul>
          {view.record.cites.map(({ role, record, key }) => {
            const [title, as] = [titleOfKey(key, typeOf(key), language), roleWords(role)[language]];
            return (
              <li key={`${role} ${record}`}>
                <Link href={`/records/${record}`}>{title}</Link>{' '}
                {!title.includes(as) && <span className="quiet">{as}</span>}
              </li>
            );
          })}
        </ul>
      </section>
      <section>
        <h2>{t('被引用', 'Rested on by')}</h2>
        {citing.isSuccess && citingItems.length === 0 && (
          <p className="quiet">{t('没有记录引用它。', 'No record cites it.')}</p>
        )}
        <ul>
          {citingItems.map((item) => (
            <li key={item.id}>
              <Link href={`/records/${item.id}`}>{recordTitle(item.record, language)}</Link>{' '}
              <StateTag status={item.status} />
            </li>
          ))}
        </ul>
        {citing.data?.next !== undefined && (
          <Link href={`/records?cites=${view.id}`}>{t('全部列出', 'List all of them')}</Link>
        )}
      </section>
    </div>
  );
}

function typeOf(key: string): string {
  return (key.split('/')[3] ?? '').split('.')[0] ?? '';
}
