import type { ReactElement } from 'react';
import { Link, useParams } from 'wouter';
import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import { Actions, useActions } from '../actions/Actions';
import { useAsk, usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { Qr } from '../parts/Qr';
import { MarkTags } from '../parts/MarkTags';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { ContentFacts } from '../records/ContentFacts';
import { Documents } from '../records/Documents';
import { Figures } from '../records/Figures';
import { History } from '../records/History';
import { Neighbours } from '../records/Neighbours';
import { Proofs } from '../records/Proofs';
import { formatTime } from '../words/numbers';
import { recordTitle, recordTypeWords } from '../words/record-words';
import { stateLook } from '../words/states';

export function RecordPage(): ReactElement {
  const { id } = useParams<{ id: string }>();
  const { data, error } = useAsk(['record', id], (client) => client.record(id, { figures: true }));
  // Asked at once with the record, above whose content it stands.
  const { isPending } = useActions(id);
  if (error !== null) return <Failure error={error} />;
  return data === undefined || isPending ? <Loading /> : <Record view={data} />;
}

function Record({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const title = recordTitle(view.record, language);
  useTitle(title);
  return (
    <article>
      <h1>
        {title} <StateTag status={view.status} state={view.state} type={view.record.type} />{' '}
        <MarkTags view={view} full />
      </h1>
      <div className="with-code">
        <Facts view={view} />
        <Qr place={`/records/${view.id}`} />
      </div>
      <Actions view={view} />
      <Proofs view={view} />
      <h2>{t('内容', 'Content')}</h2>
      <ContentFacts record={view.record} />
      <Figures view={view} />
      <Documents record={view.record} />
      <Neighbours view={view} />
      <History view={view} />
    </article>
  );
}

function Facts({ view }: { readonly view: AnchoredRecordView }): ReactElement {
  const t = useText();
  const words = useWords();
  const name = usePartyName();
  const { record } = view;
  const rows: readonly (readonly [string, string | ReactElement])[] = [
    [
      t('类型', 'Type'),
      <Link key="type" href={`/knowledge?q=${record.type}`}>
        {words(recordTypeWords(record.type))}
      </Link>,
    ],
    [
      t('状态', 'State'),
      <Link key="state" href={`/knowledge?q=${view.state}`}>
        {words(stateLook({ status: view.status, state: view.state, type: record.type }).words)}{' '}
        <code className="quiet">{view.state}</code>
      </Link>,
    ],
    [t('主体', 'About'), `${name(record.subject.uscc)}（${record.subject.uscc}）`],
    [t('签署方', 'Signed by'), `${name(record.issuer)}（${record.issuer}）`],
    [t('锚定时间', 'Anchored'), formatTime(view.anchoredAt)],
    [t('日志位置', 'Log entry'), String(view.logIndex)],
    [t('业务键', 'Key'), <code key="key">{view.key}</code>],
    [t('编号', 'Id'), <code key="id">{view.id}</code>],
    [t('交易', 'Transaction'), <code key="tx">{view.txId}</code>],
    ...(view.earlier === undefined
      ? []
      : [[t('最早锚定', 'First anchored'), formatTime(view.earlier.anchoredAt)] as const]),
  ];
  return (
    <dl className="facts">
      {rows.map(([term, value]) => (
        <Row key={term} term={term} value={value} />
      ))}
    </dl>
  );
}

function Row({ term, value }: { readonly term: string; readonly value: string | ReactElement }): ReactElement {
  return (
    <>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </>
  );
}
