import { packReceipt } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useLanguage, useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { fileNameOf } from '../parts/save-file';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';

/** What can be taken away from a record: its receipt, and what would happen without it. */
export function Proofs({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const work = useWork();
  const isBusy = work.busy !== undefined;
  const saveReceipt = (): void => {
    work.start(t('正在取回执 …', 'The receipt is being fetched …'), async ({ client, save }) =>
      save(fileNameOf(view.key, 'receipt'), packReceipt(await client.receipt(view.id))),
    );
  };
  const saveCertificate = (): void => {
    work.start(t('正在生成存证证书 …', 'The certificate is being made …'), async ({ client, save }) =>
      save(fileNameOf(view.key, 'pdf'), await client.certificate(view.id, language), 'application/pdf'),
    );
  };
  return (
    <>
      <p className="row no-print">
        <Button type="primary" loading={isBusy} onClick={saveReceipt}>
          {t('下载回执', 'Download the receipt')}
        </Button>
        <Button loading={isBusy} onClick={saveCertificate}>
          {t('存证证书（PDF）', 'Certificate (PDF)')}
        </Button>
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('打印', 'Print')}
        </Button>
        <Link href={`/trace?withdraw=${view.id}`}>{t('假如撤回', 'What if it were withdrawn')}</Link>
      </p>
      <WorkStatus work={work} />
    </>
  );
}
