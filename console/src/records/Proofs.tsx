import { packReceipt } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { fileNameOf, saveFile } from '../parts/save-file';

/** What can be taken away from a record: its receipt, and what would happen without it. */
export function Proofs({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { client } = useSession();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const { language } = useLanguage();
  const save = async (make: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      await make();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p className="row no-print">
        <Button
          type="primary"
          loading={isBusy}
          onClick={() => {
            void save(async () => {
              saveFile(fileNameOf(view.key, 'receipt'), packReceipt(await client.receipt(view.id)));
            });
          }}
        >
          {t('下载回执', 'Download the receipt')}
        </Button>
        <Button
          loading={isBusy}
          onClick={() => {
            void save(async () => {
              const pdf = await client.certificate(view.id, language);
              saveFile(fileNameOf(view.key, 'pdf'), pdf, 'application/pdf');
            });
          }}
        >
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
      {error !== undefined && <Failure error={error} />}
    </>
  );
}
