import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { useLanguage, useText } from '../../app/language-context';
import { Qr } from '../../parts/Qr';
import { formatTime } from '../../words/numbers';
import { titleOfKey } from '../../words/record-words';
import { recordTypeOfKey } from '../words';

/** Labels to be stuck on samples, bags and folders: a telephone opens the record from each. */
export function Labels({ status }: { readonly status: SubmissionStatus }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  return (
    <details>
      <summary>{t('标签（二维码）', 'Labels (QR codes)')}</summary>
      <p className="row no-print">
        <button
          type="button"
          className="button"
          onClick={() => {
            window.print();
          }}
        >
          {t('打印标签', 'Print the labels')}
        </button>
      </p>
      <ul className="labels" data-labels="">
        {status.records.map(({ record, key }) => (
          <li key={record}>
            <Qr place={`/records/${record}`} />
            <div>
              <strong>{titleOfKey(key, recordTypeOfKey(key), language)}</strong>
              <br />
              {status.anchoredAt !== undefined && formatTime(status.anchoredAt)}
              <br />
              <code>{record.slice(0, 20)}</code>
            </div>
          </li>
        ))}
      </ul>
    </details>
  );
}
