import type { DutyView } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useQuery } from '@tanstack/react-query';
import { addressOfDuty } from '../actions/address';
import { stepWords } from '../actions/words';
import type { Identity } from '../keys/session';
import { useAsk, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { useDrafts } from '../drafts/use-drafts';
import { recordTypeOfKey } from '../filing/words';
import { waitingFor } from '../inbox/waiting';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { RecentRecords } from '../parts/RecentRecords';
import { StateTag } from '../parts/StateTag';
import { TableHead } from '../parts/TableHead';
import { useTitle } from '../parts/use-title';
import { formatTime } from '../words/numbers';
import { partyKindWords, recordTitle, titleOfKey } from '../words/record-words';

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
        <p>
          <Link href="/sign-in">{t('请先登录。', 'Sign in first.')}</Link>
        </p>
      ) : (
        <>
          <p>
            {identity.party.name} · {words(partyKindWords(identity.party.kind))}
            {identity.isTrial ? t('（试用密钥）', ' (trial key)') : ''}
          </p>
          <Duties />
          <Groundless identity={identity} />
          <DraftList />
        </>
      )}
      <RecentRecords />
    </>
  );
}

const MOST = 200;

function Duties(): ReactElement {
  const t = useText();
  const { data, error } = useAsk(['inbox'], (client) => client.inbox({ limit: MOST }));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  if (data.total === 0) return <p>{t('没有等待您处理的事项。', 'Nothing waits for you.')}</p>;
  return (
    <>
      <p aria-live="polite">
        {t(`${String(data.total)} 项待办`, `${String(data.total)} things to do`)}
        {data.late > 0 && (
          <strong className="bad">
            {' '}
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
  );
}

function DutyTable({ duties }: { readonly duties: readonly DutyView[] }): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  const name = usePartyName();
  return (
    <div className="scroll">
      <table className="data" data-duties="">
        <TableHead
          titles={[
            t('要做什么', 'What to do'),
            t('关于', 'About'),
            t('主体', 'Party'),
            t('当前状态', 'State'),
            t('截止日期', 'Due'),
          ]}
        />
        <tbody>
          {duties.map((duty) => (
            <tr key={`${duty.key} ${duty.step}`}>
              <th scope="row">
                <Link href={addressOfDuty(duty)}>{words(stepWords(duty))}</Link>
              </th>
              <td>
                {duty.record === undefined ? (
                  titleOfKey(duty.key, recordTypeOfKey(duty.key), language)
                ) : (
                  <Link href={`/records/${duty.record}`}>
                    {titleOfKey(duty.key, recordTypeOfKey(duty.key), language)}
                  </Link>
                )}
              </td>
              <td>{name(duty.subject.uscc)}</td>
              <td>{duty.stateTitle === undefined ? t('尚未提交', 'not filed yet') : words(duty.stateTitle)}</td>
              <td className={duty.late === undefined ? '' : 'bad'}>
                {duty.until ?? '–'}
                {duty.counted === 'weekdays' && (
                  <small> {t('（无工作日历，按周一至周五）', ' (no calendar: Mon–Fri)')}</small>
                )}
                {duty.late !== undefined && (
                  <strong> {t(`逾期 ${String(duty.late)} 天`, `${String(duty.late)} days late`)}</strong>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Own records that rest on what was withdrawn or superseded since. */
function Groundless({ identity }: { readonly identity: Identity }): ReactElement | null {
  const t = useText();
  const { language } = useLanguage();
  const { data, error } = useAsk(['waiting'], (client) => waitingFor(client, identity.party.uscc));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined || data.length === 0) return null;
  return (
    <>
      <h2>{t('失去依据的记录', 'Records without their ground')}</h2>
      <table className="data">
        <TableHead titles={[t('记录', 'Record'), t('为什么', 'Why'), t('依据', 'Because of')]} />
        <tbody>
          {data.map(({ mine, cause }) => (
            <tr key={`${mine.id} ${cause.id}`}>
              <th scope="row">
                <Link href={`/records/${mine.id}`}>{recordTitle(mine.record, language)}</Link>
              </th>
              <td>{t('它引用的记录已失效，须更正', 'It cites a record that no longer stands: correct it')}</td>
              <td>
                <Link href={`/records/${cause.id}`}>{recordTitle(cause.record, language)}</Link>{' '}
                <StateTag status={cause.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
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
