import { messageInChinese, shelvedRuleSet } from '@carbon-ledger/core';
import { useMemo, type ReactElement } from 'react';
import { Link, useLocation, useSearch } from 'wouter';
import { useAsk, usePartyName } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { recordTypeOfKey } from '../filing/words';
import { withParameters } from '../lists/view-state';
import { DataTable, type Column } from '../parts/DataTable';
import { Failure } from '../parts/Failure';
import { Loading } from '../parts/Loading';
import { titleOfKey } from '../words/record-words';
import type { RegionAsked } from './read-region';
import { ruleLines, type RuleLine, type Screening } from './summary';
import { counted } from '../words/counted';

type Finding = Screening['findings'][number];

function useSeverityWords(): (severity: string) => string {
  const t = useText();
  const words: Readonly<Record<string, string>> = {
    B: t('✕ 阻断', '✕ blocks'),
    W: t('⚠ 须说明', '⚠ asks why'),
    I: t('– 提示', '– informs'),
  };
  return (severity) => words[severity] ?? '–';
}

function useRuleText(): (rule: string) => string {
  const { language } = useLanguage();
  const texts = useMemo(() => new Map(shelvedRuleSet().rules.map(({ id, text }) => [id, text])), []);
  return (rule) => texts.get(rule)?.[language] ?? '';
}

/** What a rule says of values, in the language of the page; a value that is no sentence stays as it is. */
function useSaid(): (text: string) => string {
  const { language } = useLanguage();
  return (text) => (language === 'en' ? text : (messageInChinese(text) ?? text));
}

/** What the rules found in the region, rule by rule, and under a chosen rule each finding. */
export function ScreeningView({ region, year }: RegionAsked): ReactElement {
  const t = useText();
  const rule = new URLSearchParams(useSearch()).get('rule') ?? '';
  const scope = region === '' ? ({ of: 'all', year } as const) : ({ of: 'region', code: region, year } as const);
  const { data, error } = useAsk(['screening', region, year], (client) => client.screen(scope));
  return (
    <section data-screening="">
      <h2>{t('筛查（按规则）', 'Screening by rule')}</h2>
      {error !== null && <Failure error={error} />}
      {data === undefined && error === null && <Loading />}
      {data !== undefined && (
        <>
          <Counts result={data.result} digest={data.digest} />
          <RuleTable lines={ruleLines(data.result)} />
          {rule !== '' && <Findings rule={rule} findings={data.result.findings.filter((one) => one.rule === rule)} />}
        </>
      )}
    </section>
  );
}

function Counts({ result, digest }: { readonly result: Screening; readonly digest: string }): ReactElement {
  const t = useText();
  const { counts, enterprises, hidden, ruleSet } = result;
  const [b, w, i, explained] = [counts.B, counts.W, counts.I, counts.explained].map(String);
  return (
    <p>
      {t(
        `${String(enterprises)} 家企业：阻断 ${b ?? ''} 项，须说明 ${w ?? ''} 项，提示 ${i ?? ''} 项，已说明 ${explained ?? ''} 项。`,
        `${counted(enterprises, 'enterprise')}: ${b ?? ''} block, ${w ?? ''} ask why, ${i ?? ''} inform, ${explained ?? ''} are explained.`,
      )}{' '}
      {hidden > 0 &&
        t(
          `${String(hidden)} 条记录的数据项未向您开放。`,
          `The figures of ${counted(hidden, 'record')} are not open to you.`,
        )}{' '}
      <span className="quiet">
        {t('规则集', 'Rule set')} {ruleSet.id} · {t('结果摘要', 'digest')} <code>{digest.slice(0, 16)}</code>
      </span>
    </p>
  );
}

function RuleTable({ lines }: { readonly lines: readonly RuleLine[] }): ReactElement {
  const t = useText();
  const text = useRuleText();
  const severity = useSeverityWords();
  const said = useSaid();
  const search = useSearch();
  const [, go] = useLocation();
  const count = (id: 'found' | 'explained' | 'plants' | 'ran', title: string): Column<RuleLine> => ({
    ...{ id, title, isNumber: true },
    text: (line) => String(line[id]),
    order: (line) => line[id],
  });
  const columns: readonly Column<RuleLine>[] = [
    {
      id: 'rule',
      title: t('规则', 'Rule'),
      isHead: true,
      text: ({ rule }) => rule,
      cell: ({ rule }) => <Link href={`/knowledge?q=${rule}`}>{rule}</Link>,
    },
    { id: 'text', title: t('内容', 'What it asks'), text: ({ rule }) => text(rule) },
    { id: 'severity', title: t('程度', 'Weight'), keepsWhole: true, text: ({ severity: weight }) => severity(weight) },
    {
      ...count('found', t('发现', 'Found')),
      cell: ({ rule, found }) =>
        found === 0 ? (
          '0'
        ) : (
          <button
            type="button"
            className="plain"
            aria-label={t(
              `列出 ${rule} 的 ${String(found)} 项发现`,
              `List the ${counted(found, 'finding')} of ${rule}`,
            )}
            onClick={() => {
              go(`/region?${withParameters(search, { rule })}`, { replace: true });
            }}
          >
            {String(found)}
          </button>
        ),
    },
    count('plants', t('企业', 'Plants')),
    count('explained', t('已说明', 'Explained')),
    count('ran', t('运行次数', 'Ran')),
    {
      id: 'lacking',
      title: t('未运行的原因', 'Not run for lack of'),
      text: ({ lacking }) => lacking.map(({ what, count }) => `${said(what)} × ${String(count)}`).join(t('；', '; ')),
    },
  ];
  return (
    <DataTable
      rows={lines}
      rowId={({ rule }) => rule}
      columns={columns}
      name={t('筛查', 'screening')}
      list="rules"
      empty={t('没有规则运行过。', 'No rule was run.')}
    />
  );
}

function Findings({ rule, findings }: { readonly rule: string; readonly findings: readonly Finding[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const name = usePartyName();
  const said = useSaid();
  const title = (key: string): string => titleOfKey(key, recordTypeOfKey(key), language);
  const columns: readonly Column<Finding>[] = [
    {
      id: 'at',
      title: t('记录', 'Record'),
      isHead: true,
      text: ({ at }) => title(at),
      cell: ({ at }) => <Link href={`/records?key=${encodeURIComponent(at)}`}>{title(at)}</Link>,
    },
    { id: 'plant', title: t('企业', 'Plant'), text: ({ at }) => name(at.split('/')[0] ?? '') },
    { id: 'got', title: t('实为', 'Found'), text: ({ got }) => said(got) },
    { id: 'limit', title: t('应为', 'Allowed'), text: ({ limit }) => said(limit) },
    { id: 'explained', title: t('说明', 'Explained by'), text: ({ explained = '' }) => explained },
  ];
  return (
    <section data-findings={rule} aria-live="polite">
      <h3>{t(`${rule} 的发现`, `Findings of ${rule}`)}</h3>
      <DataTable
        rows={findings}
        rowId={({ at, inputs }) => `${at} ${inputs}`}
        columns={columns}
        name={t(`筛查发现 ${rule}`, `findings ${rule}`)}
        list="findings"
        empty={t('没有发现。', 'Nothing was found.')}
      />
    </section>
  );
}
