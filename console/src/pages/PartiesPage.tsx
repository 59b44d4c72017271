import { Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import type { PartyView } from '@carbon-ledger/client-sdk';
import { useParties } from '../app/ledger-hooks';
import { useText, useWords } from '../app/language-context';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { formatTime } from '../words/numbers';
import { partyKindWords } from '../words/record-words';
import { placeOfParty } from './search-place';
import { TableHead } from '../parts/TableHead';

/** Registered parties: emitters, laboratories, verifiers, authorities, registries. */
export function PartiesPage(): ReactElement {
  const t = useText();
  useTitle(t('主体', 'Parties'));
  const parameters = new URLSearchParams(useSearch());
  const [kind, text] = [parameters.get('kind') ?? '', parameters.get('q') ?? ''];
  const { data, error } = useParties();
  const found = (data ?? []).filter((party) => matches(party, kind, text));
  return (
    <>
      <h1>{t('主体', 'Parties')}</h1>
      <PartyFilters kind={kind} text={text} kinds={[...new Set((data ?? []).map((party) => party.kind))]} />
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null ? <Loading /> : <PartyTable parties={found} />}
    </>
  );
}

function matches(party: PartyView, kind: string, text: string): boolean {
  const fits = text === '' || [party.name, party.uscc, party.region].some((value) => value.includes(text));
  return fits && (kind === '' || party.kind === kind);
}

interface FilterProps {
  readonly kind: string;
  readonly text: string;
  readonly kinds: readonly string[];
}

function PartyFilters({ kind, text, kinds }: FilterProps): ReactElement {
  const t = useText();
  const words = useWords();
  const [, go] = useLocation();
  const set = (next: { kind: string; q: string }): void => {
    const parameters = new URLSearchParams(Object.entries(next).filter(([, value]) => value !== ''));
    go(`/parties?${parameters.toString()}`, { replace: true });
  };
  return (
    <div className="row" role="search">
      <label htmlFor="kind">
        <span>{t('类别', 'Kind')}</span>
        <Select
          id="kind"
          aria-label={t('类别', 'Kind')}
          style={{ width: 220 }}
          value={kind}
          options={[
            { value: '', label: t('全部', 'All') },
            ...kinds.map((name) => ({ value: name, label: words(partyKindWords(name)) })),
          ]}
          onChange={(value: string) => {
            set({ kind: value, q: text });
          }}
        />
      </label>
      <label htmlFor="name">
        <span>{t('名称、代码或地区', 'Name, code or region')}</span>
        <Input
          id="name"
          defaultValue={text}
          onChange={(event) => {
            set({ kind, q: event.target.value.trim() });
          }}
        />
      </label>
    </div>
  );
}

function PartyTable({ parties }: { readonly parties: readonly PartyView[] }): ReactElement {
  const t = useText();
  const words = useWords();
  if (parties.length === 0) return <p>{t('没有符合条件的主体。', 'No party fits.')}</p>;
  return (
    <div className="scroll">
      <table className="data">
        <caption aria-live="polite">{t(`${String(parties.length)} 个`, `${String(parties.length)} parties`)}</caption>
        <TableHead
          titles={[
            t('名称', 'Name'),
            t('类别', 'Kind'),
            t('统一社会信用代码', 'USCC'),
            t('地区', 'Region'),
            t('登记时间', 'Registered'),
          ]}
        />
        <tbody>
          {parties.map((party) => (
            <tr key={party.uscc}>
              <th scope="row">
                <Link href={placeOfParty(party)}>{party.name}</Link>
              </th>
              <td>{words(partyKindWords(party.kind))}</td>
              <td>
                <code>{party.uscc}</code>
              </td>
              <td>{party.region}</td>
              <td>{formatTime(party.anchoredAt)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
