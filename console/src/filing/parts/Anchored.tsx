import { Button } from 'antd';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useLanguage, useText } from '../../app/language-context';
import { fileNameOf, saveFile } from '../../parts/save-file';
import { TableHead } from '../../parts/TableHead';
import { useFocusOn } from '../../parts/use-focus';
import { formatTime } from '../../words/numbers';
import { titleOfKey } from '../../words/record-words';
import { receiptFiles } from '../submit';
import { recordTypeOfKey } from '../words';
import { Labels } from './Labels';

/** What became of a submission: where it stands in the log, and the receipts to keep. */
export function Anchored({ status }: { readonly status: SubmissionStatus }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const receipts = receiptFiles(status);
  const place = useFocusOn<HTMLElement>(true);
  const isSure = status.state === 'committed';
  return (
    <section role="status" tabIndex={-1} ref={place} data-filed={status.state}>
      <p className={`tag ${isSure ? 'good' : 'warn'}`}>
        {isSure ? t('✓ 已锚定', '✓ Anchored') : t('… 已提交，结果待定', '… Sent; the outcome is not known yet')}
        {status.anchoredAt !== undefined && ` ${formatTime(status.anchoredAt)}`}
      </p>
      <div className="scroll">
        <table className="data">
          <TableHead titles={[t('记录', 'Record'), t('日志位置', 'Log entry'), t('编号', 'Id')]} />
          <tbody>
            {status.records.map(({ record, key, logIndex }) => (
              <tr key={record}>
                <th scope="row">
                  <Link href={`/records/${record}`}>{titleOfKey(key, recordTypeOfKey(key), language)}</Link>
                </th>
                <td>{logIndex === undefined ? '–' : String(logIndex)}</td>
                <td>
                  <code>{record.slice(0, 20)}…</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="row">
        <Button
          disabled={receipts.length === 0}
          onClick={() => {
            for (const { key, bytes } of receipts) saveFile(fileNameOf(key, 'receipt'), bytes);
          }}
        >
          {t(`下载回执（${String(receipts.length)}）`, `Download receipts (${String(receipts.length)})`)}
        </Button>
        <span className="quiet">
          {t('回执可离线核验，请与原文件一同保存。', 'Receipts verify offline: keep them with the files.')}
        </span>
      </p>
      {isSure && <Labels status={status} />}
    </section>
  );
}
