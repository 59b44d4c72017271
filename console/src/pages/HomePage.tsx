import { lazy, Suspense, type ReactElement } from 'react';
import { Link, useLocation } from 'wouter';
import { useParties } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { Button } from '../parts/Button';
import { typedText } from '../parts/form-text';
import { useTitle } from '../parts/use-title';
import { partyKindWords } from '../words/party-words';
import { placeOfSearch } from './search-place';

/** Titles of records bring the whole rulebook along: the rest of the page does not wait for it. */
const RecentRecords = lazy(async () => ({ default: (await import('../parts/RecentRecords')).RecentRecords }));

/** The public site: look up, check, and how to check without us. Needs no account. */
export function HomePage(): ReactElement {
  const t = useText();
  useTitle(t('碳审计账本', 'Carbon Audit Ledger'));
  return (
    <>
      <h1>{t('碳审计账本', 'Carbon Audit Ledger')}</h1>
      <p className="lead">
        {t(
          '全国碳市场的月度存证、检测报告、核查结论、配额发放与 CCER 注销在此锚定、核验、追溯。查询与核验无需账号。',
          'Monthly evidence, test reports, verification conclusions, allowances and CCER cancellations of the national carbon market are anchored, verified and traced here. Looking up and checking need no account.',
        )}
      </p>
      <Search />
      <div className="columns">
        <CheckHere />
        <Lists />
      </div>
      <section>
        <h2>{t('近期记录', 'Recent records')}</h2>
        <Suspense>
          <RecentRecords />
        </Suspense>
      </section>
    </>
  );
}

function Search(): ReactElement {
  const t = useText();
  const { data } = useParties();
  const [, go] = useLocation();
  return (
    <form
      role="search"
      className="row"
      onSubmit={(event) => {
        event.preventDefault();
        go(placeOfSearch(typedText(event.currentTarget, 'q'), data ?? []));
      }}
    >
      <label htmlFor="search">
        <span>{t('主体名称或代码、记录编号、数据项', 'Name or code of a party, record id, or figure')}</span>
        <input id="search" name="q" type="search" className="search" autoComplete="off" />
      </label>
      <Button type="primary" htmlType="submit">
        {t('查询', 'Look up')}
      </Button>
    </form>
  );
}

function CheckHere(): ReactElement {
  const t = useText();
  return (
    <section>
      <h2>{t('核验文件', 'Check a file')}</h2>
      <p>
        {t(
          '拖入文件、文件夹、回执或数据证明，得到：一致、一致但记录已失效、不一致、未找到、无法判定。文件不会离开您的电脑。',
          'Drop a file, a folder, a receipt or a figure proof and learn whether it is consistent, consistent with a record that no longer stands, inconsistent, not found, or undecidable. The file never leaves your computer.',
        )}
      </p>
      <p>
        <a href="/check">{t('打开核验页', 'Open the drop box')}</a> ·{' '}
        <a href="/check#without">{t('不依靠我们怎样核验', 'How to check without us')}</a>
      </p>
    </section>
  );
}

/** Kinds without a directory of their own above. */
const others = [
  ...['preparer', 'city-authority', 'province-authority', 'national-authority'],
  ...['allowance-registry', 'ccer-registry', 'inspector', 'device'],
];

function Lists(): ReactElement {
  const t = useText();
  const words = useWords();
  const { data } = useParties();
  // Every kind stands there from the first moment, so that nothing moves when their numbers are known.
  const count = (kind: string): string => String((data ?? []).filter((party) => party.kind === kind).length);
  return (
    <section>
      <h2>{t('名录', 'Directories')}</h2>
      <ul>
        <li>
          <Link href="/emitters">
            {t('重点排放单位：核查结果与清缴情况', 'Key emitters: verification and surrender')}
          </Link>
        </li>
        <li>
          <Link href="/labs">{t('检测机构及资质', 'Laboratories and their qualifications')}</Link>
        </li>
        <li>
          <Link href="/verifiers">{t('核查机构及其评估', 'Verifiers and their assessments')}</Link>
        </li>
        {others.map((kind) => (
          <li key={kind}>
            <Link href={`/parties?kind=${kind}`}>{words(partyKindWords(kind))}</Link>
            {/* The space comes with the number: one that ends a line and then does not counts as a shift. */}
            {data !== undefined && <span>{` ${count(kind)}`}</span>}
          </li>
        ))}
        <li>
          <Link href="/factors">{t('排放因子、方法学与参数', 'Emission factors, methodologies and parameters')}</Link>
        </li>
      </ul>
    </section>
  );
}
