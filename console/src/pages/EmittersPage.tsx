import type { KeyEmitter } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAsk, useNamesPending, usePartyName } from '../app/ledger-hooks';
import { useText } from '../app/language-context';
import { listed } from '../lists/listed';
import { withParameters } from '../lists/view-state';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { InDoubt } from '../parts/InDoubt';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { YearField } from '../parts/YearField';
import { formatNumber } from '../words/numbers';
import { regionWords } from '../words/regions';

/** 信息网: key emitters of a year with what was verified of them, and how they surrendered. Needs no account. */
export function EmittersPage(): ReactElement {
  const t = useText();
  const search = useSearch();
  const [, go] = useLocation();
  const year = new URLSearchParams(search).get('year') ?? '2024';
  useTitle(t('重点排放单位', 'Key emitters'));
  const { data, error } = useAsk(['emitters', year], (client) => listed(client, 'listEmitters', { year, limit: 500 }), {
    enabled: /^\d{4}$/.test(year),
  });
  const isPending = useNamesPending() || (data === undefined && error === null);
  return (
    <>
      <h1>{t('重点排放单位：核查结果与清缴', 'Key emitters: verification results and surrender')}</h1>
      <YearField
        year={year}
        onChange={(chosen) => {
          go(`/emitters?${withParameters(search, { year: chosen })}`, { replace: true });
        }}
      />
      {error !== null && <Failure error={error} />}
      {isPending && <Loading />}
      {data !== undefined && !isPending && <EmitterTable emitters={data} year={year} />}
    </>
  );
}

/** How a year ended, in the words of the rules. */
function useSurrenderWords(): (emitter: KeyEmitter) => { readonly words: string; readonly look: string } {
  const t = useText();
  return ({ surrender: { status, shortfall } }) =>
    ({
      none: { words: t('未清缴', 'not surrendered yet'), look: 'quiet' },
      surrendered: { words: t('已清缴', 'surrendered'), look: 'good' },
      cleared: { words: t('✓ 已履约', '✓ cleared'), look: 'good' },
      default: {
        words: t(`✕ 未足额清缴，缺 ${shortfall ?? ''} 吨`, `✕ default, ${shortfall ?? ''} t missing`),
        look: 'bad',
      },
    })[status];
}

function EmitterTable({
  emitters,
  year,
}: {
  readonly emitters: readonly KeyEmitter[];
  readonly year: string;
}): ReactElement {
  const t = useText();
  const name = usePartyName();
  const surrender = useSurrenderWords();
  const columns: readonly Column<KeyEmitter>[] = [
    {
      id: 'name',
      title: t('单位名称', 'Name'),
      isHead: true,
      text: (one) => one.name,
      cell: (one) => <Link href={`/emitters/${one.uscc}`}>{one.name}</Link>,
    },
    { id: 'uscc', title: t('统一社会信用代码', 'USCC'), text: ({ uscc }) => uscc },
    {
      id: 'region',
      title: t('地区', 'Region'),
      text: ({ region }) => t(regionWords(region, 'zh'), regionWords(region, 'en')),
    },
    {
      id: 'verified',
      title: t('核查排放量（t）', 'Verified emission (t)'),
      isNumber: true,
      text: ({ verified }) => verified?.tonnes ?? '',
      order: ({ verified }) => Number(verified?.tonnes ?? -1),
      cell: ({ verified }) =>
        verified === undefined ? (
          '–'
        ) : (
          <>
            <Link href={`/records/${verified.record}`}>{formatNumber(verified.tonnes)}</Link>
            <InDoubt doubts={verified.doubts} />
          </>
        ),
    },
    {
      id: 'verifier',
      title: t('核查机构', 'Verifier'),
      text: ({ verified }) => (verified === undefined ? '' : name(verified.by)),
    },
    {
      id: 'surrender',
      title: t('清缴情况', 'Surrender'),
      text: (one) => surrender(one).words,
      cell: (one) => {
        const { words, look } = surrender(one);
        const { rests } = one.surrender;
        const told = <span className={look}>{words}</span>;
        if (rests === undefined) return told;
        return (
          <>
            <Link href={`/records/${rests.record}`}>{told}</Link>
            <InDoubt doubts={rests.doubts} />
          </>
        );
      },
    },
    {
      id: 'disclosure',
      title: t('信息公开', 'Disclosure'),
      text: ({ disclosure }) => (disclosure === undefined ? '' : t('已公开', 'filed')),
      cell: ({ disclosure }) =>
        disclosure === undefined ? '–' : <Link href={`/records/${disclosure.record}`}>{t('已公开', 'filed')}</Link>,
    },
  ];
  return (
    <div data-emitters={year}>
      <DataTable
        rows={emitters}
        rowId={({ uscc }) => uscc}
        columns={columns}
        name={t(`重点排放单位 ${year}`, `key emitters ${year}`)}
        empty={t('该年度尚无重点排放单位名录。', 'No list of key emitters was filed for this year yet.')}
      />
    </div>
  );
}
