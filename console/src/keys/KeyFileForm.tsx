import { useState, type ReactElement } from 'react';
import { useText } from '../app/language-context';
import { Button } from '../parts/Button';
import { DropBox } from '../parts/DropBox';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { KeyHolder } from './key-holder';
import { session } from './session';

interface KeyFile {
  readonly name: string;
  readonly text: string;
  /** The party that the file names; others must be typed. */
  readonly party: string;
}

function partyOf(text: string): string {
  try {
    const { carbonLedger } = JSON.parse(text) as { carbonLedger?: { party?: unknown } };
    return typeof carbonLedger?.party === 'string' ? carbonLedger.party : '';
  } catch {
    return '';
  }
}

export function KeyFileForm({ onDone }: { readonly onDone: () => void }): ReactElement {
  const t = useText();
  const [file, setFile] = useState<KeyFile>();
  const [party, setParty] = useState('');
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const take = async (given: File): Promise<void> => {
    const text = await given.text();
    setFile({ name: given.name, text, party: partyOf(text) });
    setParty(partyOf(text));
    setError(undefined);
  };
  const open = async (passphrase: string): Promise<void> => {
    const keys = new KeyHolder();
    try {
      const key = await keys.open(file?.text ?? '', passphrase);
      await session.signIn(keys, key, party.trim().toUpperCase(), false);
      onDone();
    } catch (failure) {
      keys.end();
      setError(failure);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        setBusy(true);
        setError(undefined);
        void open(typedText(event.currentTarget, 'passphrase'));
      }}
    >
      <DropBox
        id="keystore"
        label={t('选择密钥文件（.json）', 'Choose the key file (.json)')}
        onFiles={([first]) => {
          if (first !== undefined) take(first.file).catch(setError);
        }}
      >
        {file?.name ?? t('或拖到这里', 'or drop it here')}
      </DropBox>
      <div className="row">
        <label htmlFor="party">
          <span>{t('主体（统一社会信用代码）', 'Party (USCC)')}</span>
          <input
            type="text"
            id="party"
            value={party}
            style={{ width: 220 }}
            onChange={(event) => {
              setParty(event.target.value);
            }}
          />
        </label>
        <label htmlFor="passphrase">
          <span>{t('口令', 'Passphrase')}</span>
          <input id="passphrase" name="passphrase" type="password" autoComplete="current-password" />
        </label>
        <Button type="primary" htmlType="submit" loading={isBusy} disabled={file === undefined || party === ''}>
          {t('打开并登录', 'Open and sign in')}
        </Button>
      </div>
      {error !== undefined && <Failure error={error} />}
    </form>
  );
}
