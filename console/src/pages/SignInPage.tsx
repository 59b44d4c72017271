import { useState, type ReactElement } from 'react';
import { useLocation, useSearch } from 'wouter';
import type { PartyView } from '@carbon-ledger/client-sdk';
import { desksOf } from '../app/menu';
import { useAsk, useParties } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { KeyFileForm } from '../keys/KeyFileForm';
import { NewKeyForm } from '../keys/NewKeyForm';
import { session } from '../keys/session';
import { wayBack } from '../keys/way-back';
import { Failure } from '../parts/Failure';
import { useTitle } from '../parts/use-title';
import { isTrialPage } from '../app/trial-page';
import { partyKindWords } from '../words/record-words';

/** Keys are opened in memory and stay in this page; on a trial ledger, everybody's are public. */
export function SignInPage(): ReactElement {
  const t = useText();
  useTitle(t('登录', 'Sign in'));
  const [, go] = useLocation();
  const search = useSearch();
  const { data } = useAsk(['ledger'], (client) => client.ledger());
  const { isPending } = useParties();
  const isTrial = data?.trial ?? isTrialPage();
  const done = (): void => {
    go(wayBack(search));
  };
  return (
    <>
      <h1>{t('登录', 'Sign in')}</h1>
      {isTrial && <TrialPeople onDone={done} />}
      {/* Below the people of a trial, whose number is not known before the ledger has answered. */}
      {!(isTrial && isPending) && <WithKeyFile onDone={done} />}
    </>
  );
}

function WithKeyFile({ onDone }: { readonly onDone: () => void }): ReactElement {
  const t = useText();
  return (
    <>
      <h2>{t('用密钥文件登录', 'With a key file')}</h2>
      <p className="lead">
        {t(
          '密钥在本页内存中打开并在本机签名，不会发送出去；关闭页面、点“锁定”或十分钟无操作后即消失。登录时签署一次性质询，内容为：本账本、本主体、本服务地址。',
          'The key is opened in this page’s memory and signs here; it is never sent. It is gone when the page is closed, when you choose Lock, or after ten minutes without you. To sign in, a challenge is signed once that names this ledger, this party and this service’s address.',
        )}
      </p>
      <KeyFileForm onDone={onDone} />
      <NewKeyForm />
    </>
  );
}

/** As many of a person's desks as tell what they do. */
const MOST_DESKS = 4;

function TrialPeople({ onDone }: { readonly onDone: () => void }): ReactElement {
  const t = useText();
  const words = useWords();
  const { data } = useParties();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState('');
  const act = (party: PartyView): void => {
    setError(undefined);
    setBusy(party.uscc);
    session
      .actAs(party.uscc)
      .then(onDone, setError)
      .finally(() => {
        setBusy('');
      });
  };
  return (
    <section>
      <h2>{t('以样例中的身份试用', 'Act as one of the sample’s people')}</h2>
      <p className="notice">
        {t('试用账本的密钥人人可得，不证明任何事情。', 'Anybody has the keys of a trial ledger: they prove nothing.')}
      </p>
      <ul className="people">
        {(data ?? [])
          .filter(({ trial }) => trial)
          .map((party) => (
            <li key={party.uscc}>
              <button
                type="button"
                aria-disabled={busy !== ''}
                onClick={() => {
                  if (busy === '') act(party);
                }}
              >
                <strong>{words(partyKindWords(party.kind))}</strong>
                <br />
                {party.name}
                <br />
                <code>{party.uscc}</code>
                <span className="quiet">
                  {desksOf(party.kind)
                    .slice(0, MOST_DESKS)
                    .map((desk) => words(desk.words))
                    .join(' · ')}
                </span>
              </button>
            </li>
          ))}
      </ul>
      {error !== undefined && <Failure error={error} />}
    </section>
  );
}
