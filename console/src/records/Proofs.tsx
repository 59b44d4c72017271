import { Button } from 'antd';
import { packReceipt } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { Link } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { useSession } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { fileNameOf, saveFile } from '../parts/save-file';

/** What can be taken away from a record: its receipt, and what would happen without it. */
export function Proofs({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { client } = useSession();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      saveFile(fileNameOf(view.key, 'receipt'), packReceipt(await client.receipt(view.id)));
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
            void save();
          }}
        >
          {t('下载回执', 'Download the receipt')}
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
