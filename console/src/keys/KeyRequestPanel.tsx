import { useState, type ReactElement } from 'react';
import { useAsk } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import type { DroppedFile } from '../files/dropped';
import type { Filing } from '../filing/draft';
import { DropBox } from '../parts/DropBox';
import { offeredKeys, partyOfRequest, withKeys } from './key-request';

interface KeyRequestProps {
  readonly filing: Filing;
  readonly onChange: (filing: Filing) => void;
}

/** For who registers a party: nobody types a key and its proof; they come in the request that the party saved with its key. */
export default function KeyRequestPanel({ filing, onChange }: KeyRequestProps): ReactElement {
  const t = useText();
  const [told, setTold] = useState('');
  const { data } = useAsk(['ledger'], (client) => client.ledger());
  const take = async (files: readonly DroppedFile[]): Promise<void> => {
    let next = filing;
    const refused: string[] = [];
    for (const { path, file } of files) {
      const keys = offeredKeys(await file.text());
      if (keys === undefined) refused.push(path);
      else next = withRequest(next, file.name, keys);
    }
    // Whoever registers it submits for it here, unless they say otherwise.
    const msps = data === undefined || !isEmpty(next.content['msps']) ? {} : { msps: [data.organisation] };
    onChange({ ...next, content: { ...next.content, ...msps } });
    const names = refused.join(t('、', ', '));
    setTold(
      refused.length > 0
        ? t(
            `✕ 不是登记申请：${names}。请主体在登录页生成密钥后点“保存登记申请”。`,
            `✕ No request: ${names}. The party makes its key at the sign-in page, and chooses “Save the request” there.`,
          )
        : t('密钥及其持有证明已填入。', 'The key and its proof of possession are filled in.'),
    );
  };
  return (
    <section className="notice" data-key-request="">
      <DropBox
        id="key-request"
        multiple
        label={t('选择登记申请（.json）', 'Choose the request (.json)')}
        onFiles={(files) => void take(files)}
      >
        {t(
          '或拖到这里：主体生成密钥时保存的登记申请',
          'or drop it here: the request that the party saved with its key',
        )}
      </DropBox>
      <p aria-live="polite">{told}</p>
    </section>
  );
}

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.every((one) => one === '');
}

function withRequest(filing: Filing, fileName: string, keys: NonNullable<ReturnType<typeof offeredKeys>>): Filing {
  const { subject, content } = filing;
  const uscc = subject.uscc === '' ? (partyOfRequest(fileName) ?? '') : subject.uscc;
  return { ...filing, subject: { ...subject, uscc }, content: withKeys(content, keys) };
}
