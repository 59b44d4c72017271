import { Button } from 'antd';
import type { BuiltRecord } from '@carbon-ledger/core';
import type { SubmissionStatus } from '@carbon-ledger/client-sdk';
import { Fragment, useState, type ReactElement } from 'react';
import { usePartyName, useSession } from '../../app/ledger-hooks';
import { useText, useWords } from '../../app/language-context';
import { Failure } from '../../parts/Failure';
import { Told } from '../../parts/Told';
import { useFocusOn } from '../../parts/use-focus';
import { inWords } from '../words';
import { submitRecords } from '../submit';
import { SignedContent } from './SignedContent';

interface SignPanelProps {
  readonly records: readonly BuiltRecord[];
  readonly onBack: () => void;
  readonly onDone: (status: SubmissionStatus) => void;
  /** Faults of a refusal, at their places in the form. */
  readonly onRefused: (error: unknown) => void;
}

/** What is about to be signed, in words; then the signature, here, and what became of it. */
export function SignPanel({ records, onBack, onDone, onRefused }: SignPanelProps): ReactElement {
  const t = useText();
  const words = useWords();
  const nameOf = usePartyName();
  const { client, identity } = useSession();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const heading = useFocusOn<HTMLHeadingElement>(true);
  const sign = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      onDone(await submitRecords(client, records));
    } catch (failure) {
      setError(failure);
      onRefused(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section aria-labelledby="to-sign">
      <h2 id="to-sign" tabIndex={-1} ref={heading}>
        {t('将要签署的内容', 'What is about to be signed')}
      </h2>
      {records.map((built) => (
        <Fragment key={built.id}>
          <ul className="words">
            {inWords(built, nameOf).map((sentence) => (
              <li key={sentence.en}>{words(sentence)}</li>
            ))}
          </ul>
          {records.length === 1 ? (
            <SignedContent built={built} />
          ) : (
            <details>
              <summary>{t('内容与数据项', 'Content and figures')}</summary>
              <SignedContent built={built} />
            </details>
          )}
        </Fragment>
      ))}
      <p className="quiet">
        {t('签名密钥', 'Signing key')} <code>{identity?.key.keyId}</code>
      </p>
      <Told of={error}>
        <Failure error={error} />
      </Told>
      <p className="row">
        <Button
          type="primary"
          loading={isBusy}
          onClick={() => {
            void sign();
          }}
        >
          {t('用本机密钥签署并提交', 'Sign with the key here, and file')}
        </Button>
        <Button disabled={isBusy} onClick={onBack}>
          {t('返回修改', 'Back to the form')}
        </Button>
      </p>
    </section>
  );
}
