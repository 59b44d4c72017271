import { useQueryClient } from '@tanstack/react-query';
import type { DutyView } from '@carbon-ledger/client-sdk';
import { useEffect, type ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAsk, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { recordTypeOfKey } from '../filing/words';
import { ExportShown } from '../lists/ExportShown';
import { withParameters } from '../lists/view-state';
import { Failure } from '../parts/Failure';
import { typedText } from '../parts/form-text';
import { Loading } from '../parts/Loading';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { ContentFacts } from '../records/ContentFacts';
import { Compared, useNeighbours } from '../reviews/Compared';
import { Decision, useActions } from '../reviews/Decision';
import { documentRoleWords, roleWords } from '../words/code-words';
import { recordTitle, titleOfKey } from '../words/record-words';

const MOST = 500;

/** The desk of who reviews: the queue at the left, the record beside last month and last year, its evidence at the right. */
export function ReviewsPage(): ReactElement {
  const t = useText();
  useTitle(t('审核', 'Reviews'));
  const { identity } = useSession();
  const { data, error } = useAsk(['inbox', 'review'], (client) => client.inbox({ type: 'review', limit: MOST }), {
    enabled: identity !== undefined,
  });
  return (
    <>
      <h1>{t('审核', 'Reviews')}</h1>
      {identity === undefined && <SignInFirst />}
      {error !== null && <Failure error={error} />}
      {identity !== undefined && data === undefined && error === null && <Loading />}
      {data !== undefined && data.items.length === 0 && (
        <p role="status">{t('没有等待审核的记录。', 'Nothing waits for a review.')}</p>
      )}
      {data !== undefined && data.items.length > 0 && <Narrowed duties={data.items} />}
    </>
  );
}

/** The queue, narrowed by what the address says: a link to it shows the same queue. */
function Narrowed({ duties }: { readonly duties: readonly DutyView[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const search = useSearch();
  const [, go] = useLocation();
  const asked = new URLSearchParams(search);
  const [find, isLate] = [asked.get('find') ?? '', asked.get('late') === 'true'];
  const text = ({ key, subject }: DutyView): string =>
    `${titleOfKey(key, recordTypeOfKey(key), language)} ${name(subject.uscc)} ${key}`.toLowerCase();
  const queue = duties.filter(
    (duty) => (!isLate || duty.late !== undefined) && text(duty).includes(find.toLowerCase()),
  );
  const ask = (change: Readonly<Record<string, string | undefined>>): void => {
    go(`/reviews?${withParameters(search, { at: undefined, ...change })}`, { replace: true });
  };
  return (
    <>
      <form
        className="row no-print"
        role="search"
        aria-label={t('筛选队列', 'Narrow the queue')}
        onSubmit={(event) => {
          event.preventDefault();
          ask({ find: typedText(event.currentTarget, 'find').trim() });
        }}
      >
        <label htmlFor="review-find">
          <span>{t('企业、机组、月份', 'Enterprise, unit, month')}</span>
          <input id="review-find" key={find} name="find" type="search" defaultValue={find} />
        </label>
        <label className="choice">
          <input
            type="checkbox"
            checked={isLate}
            onChange={({ target }) => {
              ask({ late: target.checked ? 'true' : undefined });
            }}
          />{' '}
          {t('只看逾期', 'Late only')}
        </label>
      </form>
      {queue.length === 0 ? <p role="status">{t('没有符合条件的记录。', 'Nothing fits.')}</p> : <Desk queue={queue} />}
    </>
  );
}

function Desk({ queue }: { readonly queue: readonly DutyView[] }): ReactElement {
  const t = useText();
  const [, go] = useLocation();
  const search = useSearch();
  const asked = new URLSearchParams(search).get('at');
  const found = queue.findIndex(({ record }) => record === asked);
  const at = Math.max(found, 0);
  const placeOf = (record: string | undefined): string => `/reviews?${withParameters(search, { at: record })}`;
  const move = (to: number): void => {
    const record = queue[Math.min(Math.max(to, 0), queue.length - 1)]?.record;
    if (record !== undefined) go(placeOf(record), { replace: true });
  };
  useDeskKeys(at, move);
  const record = queue[at]?.record;
  const queries = useQueryClient();
  /** On to the next one, before the queue is read again without this one. */
  const goOn = (): void => {
    go(placeOf((queue[at + 1] ?? queue[at - 1])?.record), { replace: true });
    void queries.invalidateQueries();
  };
  return (
    <>
      <p className="quiet no-print">
        {t(
          `第 ${String(at + 1)} / ${String(queue.length)} 条。键盘：J 下一条，K 上一条，A 通过，R 退回。`,
          `No. ${String(at + 1)} of ${String(queue.length)}. Keys: J next, K previous, A accept, R return.`,
        )}
      </p>
      <div className="desk">
        <Queue queue={queue} at={at} placeOf={placeOf} />
        {record === undefined ? <Loading /> : <Reviewed key={record} id={record} onDone={goOn} />}
      </div>
    </>
  );
}

/** Keys work where nobody is typing. */
function useDeskKeys(at: number, move: (to: number) => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof Element && event.target.closest('input, select, textarea') !== null;
      if (isTyping || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'j') move(at + 1);
      else if (event.key === 'k') move(at - 1);
      else document.querySelector<HTMLButtonElement>(`[aria-keyshortcuts='${CSS.escape(event.key)}']`)?.click();
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  });
}

interface QueueProps {
  readonly queue: readonly DutyView[];
  readonly at: number;
  readonly placeOf: (record: string | undefined) => string;
}

function Queue({ queue, at, placeOf }: QueueProps): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const titleOf = ({ key }: DutyView): string => titleOfKey(key, recordTypeOfKey(key), language);
  const titles = [t('记录', 'Record'), t('主体', 'Party'), t('截止日期', 'Due'), t('逾期天数', 'Days late')];
  return (
    <nav className="queue" aria-label={t('审核队列', 'Queue')} tabIndex={0}>
      <ol>
        {queue.map((duty, index) => (
          <li key={`${duty.key} ${duty.step}`}>
            <Link href={placeOf(duty.record)} aria-current={index === at ? 'true' : undefined}>
              {titleOf(duty)}
              <br />
              <span className="quiet">{name(duty.subject.uscc)}</span>
              {duty.late !== undefined && (
                <strong className="bad"> {t(`逾期 ${String(duty.late)} 天`, `${String(duty.late)} d late`)}</strong>
              )}
            </Link>
          </li>
        ))}
      </ol>
      <p className="row no-print">
        <ExportShown
          name={t('审核队列', 'review-queue')}
          table={() => [
            titles,
            ...queue.map((duty) => [titleOf(duty), name(duty.subject.uscc), duty.until ?? '', String(duty.late ?? '')]),
          ]}
        />
      </p>
    </nav>
  );
}

function Reviewed({ id, onDone }: { readonly id: string; readonly onDone: () => void }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { data, error } = useAsk(['record', id], (client) => client.record(id, { figures: true }));
  // What was asked for of it comes at once: nothing moves under the eyes of who begins to read.
  const isWhole = [useNeighbours(data), useActions(id)].every(({ isPending }) => !isPending);
  if (error !== null) return <Failure error={error} />;
  if (data === undefined || !isWhole) return <Loading />;
  return (
    <>
      <article className="reviewed" data-reviewed={id}>
        <h2>
          <Link href={`/records/${id}`}>{recordTitle(data.record, language)}</Link>{' '}
          <StateTag status={data.status} state={data.state} type={data.record.type} />
        </h2>
        <Decision view={data} onDone={onDone} />
        <Compared view={data} />
        <h3>{t('内容', 'Content')}</h3>
        <ContentFacts record={data.record} />
      </article>
      <aside className="evidence" aria-label={t('材料与依据', 'Evidence')}>
        <h3>{t('材料', 'Files')}</h3>
        <ul>
          {data.record.documents.map((document) => (
            <li key={`${document.role} ${document.sha256}`}>
              {document.name} <span className="quiet">{documentRoleWords(document.role)[language]}</span>
            </li>
          ))}
        </ul>
        <p>
          <a href="/check" target="_blank" rel="noreferrer">
            {t('核验手中的文件', 'Check a file that you have')}
          </a>
        </p>
        <h3>{t('引用', 'Rests on')}</h3>
        <ul>
          {data.record.cites.map(({ role, record, key }) => (
            <li key={`${role} ${record}`}>
              <Link href={`/records/${record}`}>{titleOfKey(key, recordTypeOfKey(key), language)}</Link>{' '}
              <span className="quiet">{roleWords(role)[language]}</span>
            </li>
          ))}
        </ul>
      </aside>
    </>
  );
}
