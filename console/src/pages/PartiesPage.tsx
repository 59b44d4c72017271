import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { PartyView } from '@carbon-ledger/client-sdk';
import { useParties } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { withParameters } from '../lists/view-state';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { formatTime } from '../words/numbers';
import { partyKindWords } from '../words/record-words';
import { placeOfParty } from './search-place';
import { regionWords } from '../words/regions';

/** Registered parties: emitters, laboratories, verifiers, authorities, registries. */
export function PartiesPage(): ReactElement {
  const t = useText();
  useTitle(t('主体', 'Parties'));
  const kind = new URLSearchParams(useSearch()).get('kind') ?? '';
  const { data, error } = useParties();
  const found = (data ?? []).filter((party) => kind === '' || party.kind === kind);
  return (
    <>
      <h1>{t('主体', 'Parties')}</h1>
      <KindFilter kind={kind} kinds={[...new Set((data ?? []).map((party) => party.kind))]} />
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null ? <Loading /> : <PartyTable parties={found} />}
    </>
  );
}

interface FilterProps {
  readonly kind: string;
  readonly kinds: readonly string[];
}

function KindFilter({ kind, kinds }: FilterProps): ReactElement {
  const t = useText();
  const words = useWords();
  const search = useSearch();
  const [, go] = useLocation();
  return (
    <div className="row no-print" role="search" aria-label={t('筛选', 'Filters')}>
      <label htmlFor="kind">
        <span>{t('类别', 'Kind')}</span>
        <select
          id="kind"
          value={kind}
          onChange={({ target }) => {
            go(`/parties?${withParameters(search, { kind: target.value })}`, { replace: true });
          }}
        >
          <option value="">{t('全部', 'All')}</option>
          {kinds.map((name) => (
            <option key={name} value={name}>
              {words(partyKindWords(name))}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function PartyTable({ parties }: { readonly parties: readonly PartyView[] }): ReactElement {
  const t = useText();
  const words = useWords();
  const columns: readonly Column<PartyView>[] = [
    {
      id: 'name',
      title: t('名称', 'Name'),
      isHead: true,
      text: ({ name }) => name,
      cell: (party) => <Link href={placeOfParty(party)}>{party.name}</Link>,
    },
    { id: 'kind', title: t('类别', 'Kind'), text: ({ kind }) => words(partyKindWords(kind)) },
    {
      id: 'uscc',
      title: t('统一社会信用代码', 'USCC'),
      text: ({ uscc }) => uscc,
      cell: ({ uscc }) => <code>{uscc}</code>,
    },
    {
      id: 'region',
      title: t('地区', 'Region'),
      text: ({ region }) => t(regionWords(region, 'zh'), regionWords(region, 'en')),
    },
    {
      id: 'registered',
      title: t('登记时间', 'Registered'),
      text: ({ anchoredAt }) => formatTime(anchoredAt),
      order: ({ anchoredAt }) => anchoredAt,
    },
  ];
  return (
    <DataTable
      rows={parties}
      rowId={({ uscc }) => uscc}
      name={t('主体', 'parties')}
      columns={columns}
      empty={t('没有符合条件的主体。', 'No party fits.')}
    />
  );
}
