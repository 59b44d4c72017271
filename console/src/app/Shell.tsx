import { lazy, Suspense, type ReactElement, type ReactNode } from 'react';
import { Link } from 'wouter';
import { session } from '../keys/session';
import { SignInLink } from '../parts/SignInLink';
import { TrustLine } from '../parts/TrustLine';
import { useLiveLedger } from '../records/recent';
import { partyKindWords } from '../words/party-words';
import { useAsk, useSession } from './ledger-hooks';
import { useLanguage, useText, useWords } from './language-context';
import { MenuList } from './MenuList';
import { publicMenu } from './public-menu';
import { isTrialPage } from './trial-page';

const SideMenu = lazy(() => import('./SideMenu'));

/** What is around every page: where one is, who one is, and how the ledger stands. */
export function Shell({ children }: { readonly children: ReactNode }): ReactElement {
  const t = useText();
  useLiveLedger();
  const { identity } = useSession();
  // Where somebody is about to be signed in again the side has its place already, and nothing moves when it comes.
  const hasSide = identity !== undefined || session.mayResume();
  return (
    <>
      <a className="skip" href="#main">
        {t('跳到主要内容', 'Skip to content')}
      </a>
      <Header />
      <TrialBand />
      <div className={hasSide ? 'body with-side' : 'body'}>
        {hasSide && identity === undefined && <nav className="side" />}
        {identity !== undefined && (
          <Suspense fallback={<nav className="side" />}>
            <SideMenu party={identity.party} />
          </Suspense>
        )}
        <main id="main" tabIndex={-1}>
          {children}
        </main>
      </div>
      <TrustLine />
    </>
  );
}

function Header(): ReactElement {
  const t = useText();
  return (
    <header className="top">
      <Link className="brand" href="/">
        {t('碳审计账本', 'Carbon Audit Ledger')}
      </Link>
      <nav aria-label={t('主导航', 'Main')}>
        <MenuList items={publicMenu} />
      </nav>
      <div className="who">
        <Who />
        <LanguageSwitch />
      </div>
    </header>
  );
}

function Who(): ReactElement {
  const t = useText();
  const words = useWords();
  const { identity } = useSession();
  if (identity === undefined) return <SignInLink>{t('登录', 'Sign in')}</SignInLink>;
  const { party } = identity;
  return (
    <>
      <span title={`${party.name} · ${party.uscc}`}>
        {party.name} · {words(partyKindWords(party.kind))}
      </span>
      <Link href="/sign-in">{t('切换', 'Switch')}</Link>
      <button
        type="button"
        className="plain"
        onClick={() => {
          session.lock();
        }}
      >
        {t('锁定', 'Lock')}
      </button>
    </>
  );
}

function LanguageSwitch(): ReactElement {
  const { language, choose } = useLanguage();
  const other = language === 'zh' ? 'en' : 'zh';
  return (
    <button
      type="button"
      className="plain"
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      onClick={() => {
        choose(other);
      }}
    >
      {other === 'zh' ? '中文' : 'English'}
    </button>
  );
}

function TrialBand(): ReactElement | null {
  const t = useText();
  const { data } = useAsk(['ledger'], (client) => client.ledger());
  const { lockedBy } = useSession();
  return (
    <>
      {(data?.trial ?? isTrialPage()) && (
        <aside className="band" aria-label={t('试用账本', 'Trial ledger')}>
          {t(
            '试用账本：密钥公开，数据虚构，不证明任何事情。',
            'Trial ledger: its keys are public, its data fictitious; nothing here proves anything.',
          )}
        </aside>
      )}
      {lockedBy === 'idle' && (
        <div className="band" role="alert">
          {t('久未操作，密钥已锁定。', 'Nobody was here for a while: the key is locked.')}{' '}
          <SignInLink>{t('重新登录', 'Sign in again')}</SignInLink>
        </div>
      )}
    </>
  );
}
