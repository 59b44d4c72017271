import type { DutyView } from '@carbon-ledger/client-sdk';
import type { ReactElement, ReactNode } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useQuery } from '@tanstack/react-query';
import { addressOfDuty } from '../actions/address';
import { stepWords } from '../actions/words';
import { desksOf } from '../app/menu';
import { useAsk, useNamesPending, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { useDrafts } from '../drafts/use-drafts';
import { isRecordType } from '../filing/draft';
import { recordTypeOfKey } from '../filing/words';
import { withParameters } from '../lists/view-state';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { MarkTags } from '../parts/MarkTags';
import { RecentRecords } from '../parts/RecentRecords';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { formatTime } from '../words/numbers';
import { partyKindWords, recordTypeWords, titleOfKey } from '../words/record-words';
import { counted } from '../words/counted';

/** Home of a party: what waits for it, until when, and what it began. */
export function InboxPage(): ReactElement {
  const t = useText();
  const words = useWords();
  useTitle(t('待办', 'Inbox'));
  const { identity } = useSession();
  return (
    <>
      <h1>{t('待办', 'Inbox')}</h1>
      {identity === undefined ? (
        <SignInFirst />
      ) : (
        <>
          <p>
            {identity.party.name} · {words(partyKindWords(identity.party.kind))}
            {identity.isTrial ? t('（试用密钥）', ' (trial key)') : ''}
          </p>
          <Duties>
            <DraftList />
            <Recent />
          </Duties>
        </>
      )}
      {identity === undefined && <Recent />}
    </>
  );
}

function Recent(): ReactElement {
  const t = useText();
  return (
    <>
      <h2>{t('近期记录', 'Recent records')}</h2>
      <RecentRecords />
    </>
  );
}

const MOST = 200;

/** Which duties are shown stands in the address: it can be sent, and Back comes to it again. */
function useAskedDuties(): { readonly isLate: boolean; readonly type: string } {
  const asked = new URLSearchParams(useSearch());
  return { isLate: asked.get('late') === 'true', type: asked.get('type') ?? '' };
}

/** What stands below comes with the duties: it is not pushed down by them. */
function Duties({ children }: { readonly children: ReactNode }): ReactElement {
  const t = useText();
  const { isLate, type } = useAskedDuties();
  const isUnnamed = useNamesPending();
  const { data, error } = useAsk(['inbox', isLate, type], (client) =>
    client.inbox({ limit: MOST, ...(isLate ? { late: 'true' } : {}), ...(isRecordType(type) ? { type } : {}) }),
  );
  if (error !== null)
    return (
      <>
        <Failure error={error} />
        {children}
      </>
    );
  if (data === undefined || isUnnamed) return <Loading />;
  return (
    <>
      <DutyFilters isLate={isLate} type={type} found={data.items} />
      {data.total === 0 ? (
        <NothingWaits />
      ) : (
        <>
          <p aria-live="polite">
            {t(`${String(data.total)} 项待办`, `${counted(data.total, 'thing')} to do`)}
            {data.late > 0 && (
              <strong className="bad">
                {t(`，其中 ${String(data.late)} 项逾期`, `, ${String(data.late)} of them late`)}
              </strong>
            )}
            {data.total > data.items.length &&
              t(
                `；列出最急的 ${String(data.items.length)} 项`,
                `; the ${String(data.items.length)} most urgent are listed`,
              )}
          </p>
          <DutyTable duties={data.items} />
        </>
      )}
      {children}
    </>
  );
}

/** What one may begin with all the same. */
function NothingWaits(): ReactElement {
  const t = useText();
  const words = useWords();
  const { identity } = useSession();
  return (
    <>
      <p>{t('没有等待您处理的事项。您可以从这里开始：', 'Nothing waits for you. You may begin here:')}</p>
      <ul className="row plain-list" data-begin="">
        {desksOf(identity?.party.kind ?? '').map(({ href, words: title }) => (
          <li key={href}>
            <Link href={href}>{words(title)}</Link>
          </li>
        ))}
      </ul>
    </>
  );
}

interface FilterProps {
  readonly isLate: boolean;
  readonly type: string;
  readonly found: readonly DutyView[];
}

function DutyFilters({ isLate, type, found }: FilterProps): ReactElement {
  const t = useText();
  const words = useWords();
  const search = useSearch();
  const [, go] = useLocation();
  const types = [...new Set([...(isRecordType(type) ? [type] : []), ...found.map(({ file }) => file.type)])];
  const choose = (change: Readonly<Record<string, string>>): void => {
    const next = withParameters(search, change);
    go(next === '' ? '/inbox' : `/inbox?${next}`);
  };
  return (
    <div className="row no-print" role="search" aria-label={t('筛选待办', 'Filter')}>
      <label htmlFor="duty-type">
        <span>{t('要提交的记录', 'Record to be filed')}</span>
        <select
          id="duty-type"
          value={type}
          onChange={({ target }) => {
            choose({ type: target.value });
          }}
        >
          <option value="">{t('全部', 'All')}</option>
          {types.map((one) => (
            <option key={one} value={one}>
              {words(recordTypeWords(one))}
            </option>
          ))}
        </select>
      </label>
      <label className="choice">
        <input
          type="checkbox"
          checked={isLate}
          onChange={({ target }) => {
            choose({ late: target.checked ? 'true' : '' });
          }}
        />{' '}
        {t('只看逾期', 'Late only')}
      </label>
    </div>
  );
}

/** What lost its ground says so, and by what; the rest stands on its page. */
function groundless({ marks = [] }: DutyView): Pick<DutyView, 'marks'> {
  return { marks: marks.filter(({ mark }) => mark === 'input-withdrawn') };
}

function DutyTable({ duties }: { readonly duties: readonly DutyView[] }): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  const name = usePartyName();
  const titleOf = ({ key }: DutyView): string => titleOfKey(key, recordTypeOfKey(key), language);
  const stateOf = ({ stateTitle }: DutyView): string =>
    stateTitle === undefined ? t('尚未提交', 'not filed yet') : words(stateTitle);
  const columns: readonly Column<DutyView>[] = [
    {
      id: 'step',
      title: t('要做什么', 'What to do'),
      isHead: true,
      text: (duty) => words(stepWords(duty)),
      cell: (duty) => <Link href={addressOfDuty(duty)}>{words(stepWords(duty))}</Link>,
    },
    {
      id: 'about',
      title: t('关于', 'About'),
      text: titleOf,
      cell: (duty) =>
        duty.record === undefined ? (
          titleOf(duty)
        ) : (
          <>
            <Link href={`/records/${duty.record}`}>{titleOf(duty)}</Link> <MarkTags view={groundless(duty)} full />
          </>
        ),
    },
    { id: 'party', title: t('主体', 'Party'), text: ({ subject }) => name(subject.uscc) },
    { id: 'state', title: t('当前状态', 'State'), text: stateOf },
    {
      id: 'until',
      title: t('截止日期', 'Due'),
      text: ({ until = '', late }) => (late === undefined ? until : `${until} ${lateWords(late, t)}`),
      order: ({ until = '9999' }) => until,
      cell: (duty) => <DueDay duty={duty} />,
    },
  ];
  return (
    <div data-duties="">
      <DataTable
        rows={duties}
        rowId={({ key, step }) => `${key} ${step}`}
        columns={columns}
        name={t('待办', 'inbox')}
        empty={t('没有等待您处理的事项。', 'Nothing waits for you.')}
      />
    </div>
  );
}

function lateWords(days: number, t: ReturnType<typeof useText>): string {
  return t(`逾期 ${String(days)} 天`, `${counted(days, 'day')} late`);
}

function DueDay({ duty: { until, counted, late } }: { readonly duty: DutyView }): ReactElement {
  const t = useText();
  return (
    <span className={late === undefined ? '' : 'bad'}>
      {until ?? '–'}
      {counted === 'weekdays' && <small> {t('（无工作日历，按周一至周五）', ' (no calendar: Mon–Fri)')}</small>}
      {late !== undefined && <strong> {lateWords(late, t)}</strong>}
    </span>
  );
}

/** What was begun and not filed; it lies on this computer only. */
function DraftList(): ReactElement | null {
  const t = useText();
  const drafts = useDrafts();
  const { identity } = useSession();
  const { data, refetch } = useQuery({
    queryKey: [identity?.key.keyId ?? '', 'drafts'],
    queryFn: async () => (await drafts?.list()) ?? [],
    staleTime: 0,
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <>
      <h2>{t('草稿', 'Drafts')}</h2>
      <ul>
        {data.map(({ address, title, savedAt }) => (
          <li key={address}>
            <Link href={address}>{title}</Link> <span className="quiet">{formatTime(savedAt)}</span>{' '}
            <button
              type="button"
              className="plain"
              aria-label={t(`放弃草稿：${title}`, `Discard the draft: ${title}`)}
              onClick={() => {
                drafts?.drop(address);
                void refetch();
              }}
            >
              {t('放弃', 'Discard')}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
