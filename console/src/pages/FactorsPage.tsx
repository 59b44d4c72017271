import { formFields, parameterTableSchema } from '@carbon-ledger/core';
import type { AnswerOf } from '@carbon-ledger/client-sdk';
import type { ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAsk, useNamesPending, usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { useTitle } from '../parts/use-title';
import { YearField } from '../parts/YearField';
import { Members } from '../records/ContentValue';
import { figureWords } from '../words/figure-words';
import { formatParameter, formatTime, formatUnit } from '../words/numbers';
import { recordTypeWords } from '../words/record-words';

type Rule = AnswerOf<'getRulesInForce'>['rules'][number];

/** A parameter as it stands in its table. */
interface Factor {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly source: string;
  readonly table: string;
  readonly record: string;
}

function factorsOf(rules: readonly Rule[]): Factor[] {
  return rules.flatMap(({ type, record, content }) => {
    const table = type === 'parameter' ? parameterTableSchema.safeParse(content).data : undefined;
    return Object.entries(table?.values ?? {}).map(([name, { value, unit, source }]) => ({
      ...{ name, value, unit, source },
      ...{ table: table?.table ?? '', record },
    }));
  });
}

/** 信息网: emission factors, methodologies and the other rules that are in force for a year. Needs no account. */
export function FactorsPage(): ReactElement {
  const t = useText();
  const search = useSearch();
  const [, go] = useLocation();
  const year = new URLSearchParams(search).get('year') ?? '2024';
  useTitle(t('排放因子与核算规则', 'Emission factors and rules'));
  const { data, error } = useAsk(['rules', year], (client) => client.call('getRulesInForce', { query: { year } }), {
    enabled: /^\d{4}$/.test(year),
  });
  const isPending = useNamesPending() || (data === undefined && error === null);
  return (
    <>
      <h1>{t('排放因子与核算规则', 'Emission factors and rules in force')}</h1>
      <YearField
        year={year}
        onChange={(chosen) => {
          go(`/factors?year=${chosen}`, { replace: true });
        }}
      />
      {error !== null && <Failure error={error} />}
      {isPending && <Loading />}
      {data !== undefined && !isPending && (
        <>
          <h2>{t('方法学、参数与规则', 'Methodologies, parameters and rules')}</h2>
          <RuleTable rules={data.rules} year={year} />
          <h2>{t('参数与排放因子', 'Parameters and emission factors')}</h2>
          <FactorTable factors={factorsOf(data.rules)} year={year} />
          <Benchmarks rules={data.rules} />
        </>
      )}
    </>
  );
}

function RuleTable({ rules, year }: { readonly rules: readonly Rule[]; readonly year: string }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const columns: readonly Column<Rule>[] = [
    {
      id: 'title',
      title: t('名称', 'Name'),
      isHead: true,
      text: (rule) => titleOf(rule, language),
      cell: (rule) => <Link href={`/records/${rule.record}`}>{titleOf(rule, language)}</Link>,
    },
    { id: 'type', title: t('类别', 'Kind'), text: ({ type }) => recordTypeWords(type)[language] },
    { id: 'by', title: t('发布机构', 'Published by'), text: ({ by }) => name(by) },
    { id: 'version', title: t('版本', 'Version'), isNumber: true, text: ({ version }) => String(version) },
    { id: 'anchored', title: t('锚定时间', 'Anchored'), text: ({ anchoredAt }) => formatTime(anchoredAt) },
  ];
  return (
    <div data-rules={year}>
      <DataTable
        rows={rules}
        rowId={({ record }) => record}
        columns={columns}
        name={t(`核算规则 ${year}`, `rules ${year}`)}
        list="rules"
        empty={t('该年度尚未发布规则。', 'No rules were published for this year yet.')}
      />
    </div>
  );
}

function titleOf({ key, content }: Rule, language: 'zh' | 'en'): string {
  const title: unknown = content['title'];
  const told =
    typeof title === 'object' && title !== null ? (title as Partial<Record<'zh' | 'en', unknown>>)[language] : '';
  const named = [told, content['table'], content['id']].find((one) => typeof one === 'string' && one !== '');
  return typeof named === 'string' ? named : key;
}

function FactorTable({ factors, year }: { readonly factors: readonly Factor[]; readonly year: string }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const columns: readonly Column<Factor>[] = [
    {
      id: 'words',
      title: t('名称', 'Name'),
      isHead: true,
      text: ({ name }) => figureWords(name)[language],
    },
    { id: 'name', title: t('代号', 'Symbol'), text: ({ name }) => name },
    {
      id: 'value',
      title: t('数值', 'Value'),
      isNumber: true,
      text: ({ value, unit }) => formatParameter(value, unit),
      order: ({ value }) => Number(value),
    },
    { id: 'unit', title: t('单位', 'Unit'), keepsWhole: true, text: ({ unit }) => formatUnit(unit, language) },
    { id: 'source', title: t('依据', 'Source'), text: ({ source }) => source },
    {
      id: 'table',
      title: t('方法学', 'Methodology'),
      keepsWhole: true,
      text: ({ table }) => table,
      cell: ({ table, record }) => <Link href={`/records/${record}`}>{table}</Link>,
    },
  ];
  return (
    <div data-factors={year}>
      <DataTable
        rows={factors}
        rowId={({ record, name }) => `${record} ${name}`}
        columns={columns}
        name={t(`排放因子 ${year}`, `emission factors ${year}`)}
        list="factors"
        empty={t('该年度尚未发布参数表。', 'No parameters were published for this year yet.')}
      />
    </div>
  );
}

/** Benchmarks of the allocation, and balance values that were solved. */
function Benchmarks({ rules }: { readonly rules: readonly Rule[] }): ReactElement | null {
  const { language } = useLanguage();
  const benchmarks = rules.filter(({ type }) => type === 'benchmark');
  if (benchmarks.length === 0) return null;
  return (
    <>
      <h2>{recordTypeWords('benchmark')[language]}</h2>
      {benchmarks.map(({ record, content }) => (
        <Members key={record} value={content} fields={formFields('benchmark')} />
      ))}
    </>
  );
}
