import type { ReactElement } from 'react';
import { Link } from 'wouter';
import type { Identity } from '../keys/session';
import { useAsk, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { RecentRecords } from '../parts/RecentRecords';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { waitingFor } from '../inbox/waiting';
import { partyKindWords, recordTitle } from '../words/record-words';
import { TableHead } from '../parts/TableHead';

/** What waits for the party that is signed in. */
export function InboxPage(): ReactElement {
  const t = useText();
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
        <Waiting identity={identity} />
      )}
      <RecentRecords />
    </>
  );
}

function Waiting({ identity }: { readonly identity: Identity }): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  const { uscc, name, kind } = identity.party;
  const { data, error } = useAsk(['waiting'], (client) => waitingFor(client, uscc));
  return (
    <>
      <p>
        {name} · {words(partyKindWords(kind))}
        {identity.isTrial ? t('（试用密钥）', ' (trial key)') : ''}
      </p>
      {error !== null && <Failure error={error} />}
      {data?.length === 0 && <p>{t('没有等待您处理的事项。', 'Nothing waits for you.')}</p>}
      {data !== undefined && data.length > 0 && (
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
      )}
    </>
  );
}
