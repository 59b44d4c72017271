import { holdsRegion, recordTypes, shanghaiDay } from '@carbon-ledger/core';
import type { ReactElement } from 'react';
import { Link } from 'wouter';
import { useAsk, useParties, usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText, useWords } from '../app/language-context';
import { daysOpen, openItems, type OpenItem } from '../open-items/items';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { StateTag } from '../parts/StateTag';
import { useTitle } from '../parts/use-title';
import { SignInFirst } from '../parts/SignInLink';
import { formatTime } from '../words/numbers';
import { partyKindWords, recordTitle } from '../words/record-words';
import { stateLook } from '../words/states';

/** 挂条拉账: what was found or returned in a region and is not done with, who is to act, and for how long it has been open. */
export function OpenItemsPage(): ReactElement {
  const t = useText();
  useTitle(t('挂条拉账', 'Open items'));
  const { identity } = useSession();
  return (
    <>
      <h1>{t('挂条拉账', 'Open items')}</h1>
      <p className="lead">
        {t(
          '检查问题、不符合项、复核申请，以及被退回、存疑、开放更正的记录，直至销号。由账本当前状态列出，无需另行登记。',
          'Findings, nonconformities, objections, and records that were returned, questioned or opened for correction, until they are closed. Listed from the states of the ledger: nothing has to be kept beside it.',
        )}
      </p>
      {identity === undefined ? (
        <SignInFirst />
      ) : (
        <Items kind={identity.party.kind} uscc={identity.party.uscc} region={identity.party.region} />
      )}
    </>
  );
}

interface ItemsProps {
  readonly kind: string;
  readonly uscc: string;
  readonly region: string;
}

/** Of its region an authority sees all, any other party what is about it or was filed by it. */
function Items({ kind, uscc, region }: ItemsProps): ReactElement {
  const parties = useParties();
  const held = kind === 'national-authority' ? '' : region;
  const isAuthority = kind.endsWith('-authority');
  const own = new Set(
    (parties.data ?? [])
      .filter((one) => one.uscc === uscc || (isAuthority && holdsRegion(held, one.region)))
      .map((one) => one.uscc),
  );
  const { data, error } = useAsk(['open-items'], (client) => openItems(client, (party) => own.has(party)), {
    enabled: parties.data !== undefined,
  });
  if (error !== null) return <Failure error={error} />;
  if (data === undefined) return <Loading />;
  return <ItemTable items={data} />;
}

function ItemTable({ items }: { readonly items: readonly OpenItem[] }): ReactElement {
  const t = useText();
  const words = useWords();
  const { language } = useLanguage();
  const name = usePartyName();
  const now = new Date().toISOString();
  const today = shanghaiDay(now);
  const awaitedText = ({ awaited }: OpenItem): string =>
    awaited
      .map(
        ({ type, by }) =>
          `${words(recordTypes[type].title)}（${by.map((kind) => words(partyKindWords(kind))).join('、')}）`,
      )
      .join('；');
  const columns: readonly Column<OpenItem>[] = [
    {
      id: 'item',
      title: t('事项', 'Item'),
      isHead: true,
      text: ({ view }) => recordTitle(view.record, language),
      cell: ({ view }) => <Link href={`/records/${view.id}`}>{recordTitle(view.record, language)}</Link>,
    },
    { id: 'party', title: t('主体', 'Party'), text: ({ view }) => name(view.record.subject.uscc) },
    {
      id: 'state',
      title: t('状态', 'State'),
      text: ({ view }) => stateLook({ ...view, type: view.record.type }).words[language],
      cell: ({ view }) => <StateTag status={view.status} state={view.state} type={view.record.type} />,
    },
    { id: 'awaited', title: t('下一步（由谁）', 'Next, and by whom'), text: awaitedText },
    {
      id: 'since',
      title: t('自', 'Since'),
      text: ({ since }) => formatTime(since),
      order: ({ since }) => since,
      cell: ({ since, by }) => <Link href={`/records/${by}`}>{formatTime(since)}</Link>,
    },
    {
      id: 'days',
      title: t('已挂账（天）', 'Open (days)'),
      isNumber: true,
      text: ({ since }) => String(daysOpen(since, now)),
      order: ({ since }) => daysOpen(since, now),
    },
    {
      id: 'until',
      title: t('期限', 'Until'),
      text: ({ until = '' }) => until,
      cell: ({ until }) =>
        until === undefined ? '–' : <span className={until < today ? 'tag bad' : 'nowrap'}>{until}</span>,
    },
  ];
  return (
    <section data-open-items="">
      <DataTable
        rows={items}
        rowId={({ view }) => view.key}
        columns={columns}
        name={t('挂条拉账', 'open items')}
        empty={t('没有未结事项。', 'Nothing is open.')}
      />
    </section>
  );
}
