import { isUscc, type SignatureSuite } from '@carbon-ledger/core';
import { useState, type ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { saveFile } from '../parts/save-file';
import type { OpenedKey } from '../workers/key.worker';
import { KeyHolder } from './key-holder';
import { keyFileName, requestFileName, requestText } from './key-request';

const SHORTEST = 12;

/** Makes a key in this page. It is good for nothing until the authority registers it for the party, by the request that is saved beside it. */
export function NewKeyForm(): ReactElement {
  const t = useText();
  const [suite, setSuite] = useState<SignatureSuite>('eip712-secp256k1');
  const [made, setMade] = useState<OpenedKey>();
  const [error, setError] = useState<unknown>();
  const [wrong, setWrong] = useState('');
  const [isBusy, setBusy] = useState(false);
  const create = async (party: string, passphrase: string): Promise<void> => {
    const keys = new KeyHolder();
    setBusy(true);
    try {
      const key = await keys.create({ party, suite, passphrase });
      setMade(key);
      saveFile(keyFileName({ party, keyId: key.keyId }), key.keystore ?? '', 'application/json');
    } catch (failure) {
      setError(failure);
    } finally {
      keys.end();
      setBusy(false);
    }
  };
  const submit = (form: HTMLFormElement): void => {
    const party = typedText(form, 'new-party').trim().toUpperCase();
    const passphrase = typedText(form, 'new-passphrase');
    const again = typedText(form, 'new-again');
    setError(undefined);
    if (!isUscc(party)) setWrong(t('统一社会信用代码有误。', 'This is no unified social credit code.'));
    else if (passphrase.length < SHORTEST) setWrong(t('口令至少 12 个字符。', 'Use at least 12 characters.'));
    else if (passphrase !== again) setWrong(t('两次口令不同。', 'The two passphrases differ.'));
    else {
      setWrong('');
      void create(party, passphrase);
    }
  };
  return (
    <details>
      <summary>{t('还没有密钥：在本页生成', 'No key yet: make one in this page')}</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        <div className="row">
          <label htmlFor="new-party">
            <span>{t('主体（统一社会信用代码）', 'Party (USCC)')}</span>
            <input type="text" id="new-party" name="new-party" style={{ width: 220 }} />
          </label>
          <label htmlFor="new-suite">
            <span>{t('签名算法', 'Suite')}</span>
            <select
              id="new-suite"
              style={{ width: 200 }}
              value={suite}
              onChange={({ target }) => {
                setSuite(target.value === 'sm2-sm3' ? 'sm2-sm3' : 'eip712-secp256k1');
              }}
            >
              <option value="eip712-secp256k1">EIP-712 secp256k1</option>
              <option value="sm2-sm3">{t('国密 SM2/SM3', 'SM2/SM3')}</option>
            </select>
          </label>
          <label htmlFor="new-passphrase">
            <span>{t('口令（至少 12 个字符）', 'Passphrase (12 characters or more)')}</span>
            <input id="new-passphrase" name="new-passphrase" type="password" autoComplete="new-password" />
          </label>
          <label htmlFor="new-again">
            <span>{t('再输一次', 'Again')}</span>
            <input id="new-again" name="new-again" type="password" autoComplete="new-password" />
          </label>
          <Button htmlType="submit" loading={isBusy}>
            {t('生成并保存', 'Make and save')}
          </Button>
        </div>
        {wrong !== '' && (
          <p className="bad" role="alert">
            {wrong}
          </p>
        )}
        {error !== undefined && <Failure error={error} />}
        {made !== undefined && <Made made={made} />}
      </form>
    </details>
  );
}

function Made({ made }: { readonly made: OpenedKey }): ReactElement {
  const t = useText();
  return (
    <div className="notice" role="status">
      <p>
        {t(
          '密钥文件已保存到下载文件夹。请妥善备份：口令或文件遗失后无法恢复。再保存登记申请并交给主管部门：登记后方可使用；其中没有秘密内容。',
          'The key file was saved with your downloads. Keep a copy: nobody can restore it or its passphrase. Save the request too, and give it to the authority: the key can be used once it is registered. Nothing in the request is secret.',
        )}
      </p>
      <dl className="facts">
        <dt>{t('密钥编号', 'Key id')}</dt>
        <dd>
          <code>{made.keyId}</code>
        </dd>
        {made.publicKey !== undefined && (
          <>
            <dt>{t('公钥', 'Public key')}</dt>
            <dd>
              <code>{made.publicKey}</code>
            </dd>
          </>
        )}
      </dl>
      <Button
        type="primary"
        onClick={() => {
          saveFile(requestFileName(made), requestText(made), 'application/json');
        }}
      >
        {t('保存登记申请', 'Save the request')}
      </Button>
    </div>
  );
}
