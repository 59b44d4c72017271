import type { AnchoredRecordView, LedgerClient } from '@carbon-ledger/client-sdk';
import { recordTypes } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk, useNamesPending, usePartyName, useSession } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { filingAddress, typesFiledBy } from '../filing/draft';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { labelWords } from '../words/code-words';

async function engagementsOf(client: LedgerClient, uscc: string): Promise<AnchoredRecordView[]> {
  const found: AnchoredRecordView[] = [];
  for await (const view of client.allRecords({ type: 'engagement', status: 'current', limit: 500 })) {
    if (view.record.content['party'] === uscc) found.push(view);
  }
  return found;
}

/** Who engaged the party for which year, and what it files for each: the desk of laboratories, preparers and verifiers. */
export function EngagementsPage(): ReactElement {
  const t = useText();
  useTitle(t('委托', 'Engagements'));
  const { identity } = useSession();
  return (
    <>
      <h1>{t('委托', 'Engagements')}</h1>
      {identity === undefined ? <SignInFirst /> : <Own uscc={identity.party.uscc} kind={identity.party.kind} />}
    </>
  );
}

function Own({ uscc, kind }: { readonly uscc: string; readonly kind: string }): ReactElement {
  const isUnnamed = useNamesPending();
  const { data, error } = useAsk(['engagements', uscc], (client) => engagementsOf(client, uscc));
  if (error !== null) return <Failure error={error} />;
  if (data === undefined || isUnnamed) return <Loading />;
  if (data.length === 0) return <NobodyEngages />;
  return <Engagements views={data} kind={kind} />;
}

/** Who has nothing to do yet is told by whom that changes. */
function NobodyEngages(): ReactElement {
  const t = useText();
  return (
    <p>
      {t(
        '没有有效的委托。检测与咨询由企业委托，核查由省级主管部门委托；委托登记后在此列出。',
        'Nobody engages this party. Enterprises engage laboratories and consultancies, provinces engage verifiers; what they file is listed here.',
      )}
    </p>
  );
}

interface EngagementsProps {
  readonly views: readonly AnchoredRecordView[];
  readonly kind: string;
}

function Engagements({ views, kind }: EngagementsProps): ReactElement {
  const t = useText();
  const words = useWords();
  const name = usePartyName();
  const types = typesFiledBy(kind).filter((type) =>
    recordTypes[type].filed.some(({ by, as }) => by === kind && as === 'engaged'),
  );
  const text = ({ record }: AnchoredRecordView): string => name(record.subject.uscc);
  const columns: readonly Column<AnchoredRecordView>[] = [
    {
      id: 'party',
      title: t('企业', 'Enterprise'),
      isHead: true,
      text,
      cell: (view) => <Link href={`/records/${view.id}`}>{text(view)}</Link>,
    },
    { id: 'year', title: t('年度', 'Year'), text: ({ record }) => record.subject.period },
    { id: 'for', title: t('事项', 'For'), text: ({ record }) => words(labelWords(record.kind.split('.')[1] ?? '')) },
    {
      id: 'look',
      title: t('查看', 'Look at'),
      text: () => '',
      cell: ({ record: { subject } }) => (
        <Link
          href={`/year?uscc=${subject.uscc}&year=${subject.period}`}
          aria-label={t(
            `${name(subject.uscc)} ${subject.period} 年总览`,
            `Year ${subject.period} of ${name(subject.uscc)}`,
          )}
        >
          {t(`${subject.period} 年总览`, `Year ${subject.period}`)}
        </Link>
      ),
    },
    {
      id: 'file',
      title: t('填报', 'File'),
      text: () => '',
      cell: ({ record: { subject } }) =>
        types.map((type) => (
          <div key={type} className="stacked">
            <Link
              href={filingAddress({ type, uscc: subject.uscc, period: subject.period })}
              aria-label={`${words(recordTypes[type].title)} ${name(subject.uscc)} ${subject.period}`}
            >
              {words(recordTypes[type].title)}
            </Link>
          </div>
        )),
    },
  ];
  return (
    <DataTable
      rows={views}
      rowId={({ id }) => id}
      columns={columns}
      name={t('委托', 'engagements')}
      empty={t('没有有效的委托。', 'Nobody engages this party.')}
    />
  );
}
