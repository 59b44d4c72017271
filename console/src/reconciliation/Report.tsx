import {
  canonicalize,
  findingKinds,
  reconciled,
  type FindingKind,
  type ReconciliationReport,
} from '@carbon-ledger/core';
import { reconciliationWorkbook } from '@carbon-ledger/spreadsheets';
import { useMemo, type ReactElement } from 'react';
import { Link } from 'wouter';
import { usePartyName, useSession } from '../app/ledger-hooks';
import { useLanguage, useText } from '../app/language-context';
import { rulesFor } from '../filing/draft';
import { Button } from '../parts/Button';
import { DataTable, type Column } from '../parts/DataTable';
import { Facts } from '../parts/Facts';
import { saveFile } from '../parts/save-file';
import { useWork } from '../parts/use-work';
import { WorkStatus } from '../parts/WorkStatus';
import { formatAmount, formatNumber } from '../words/numbers';
import {
  anchoringAddress,
  findingLines,
  otherWords,
  severities,
  severityWords,
  sourceWords,
  type FindingLine,
} from './lines';

const tones = { same: 'good', differs: 'bad', undecidable: 'warn' } as const;

/** What a run came to: sums, how many of each kind, every mismatch with both places, and each enterprise. */
export function Report({ report }: { readonly report: ReconciliationReport }): ReactElement {
  const t = useText();
  const verdict = reconciled(report);
  const told = {
    same: t('✓ 一致：各方所载相符', '✓ Everything matches'),
    differs: t('✕ 不一致', '✕ It does not match'),
    undecidable: t('无法判定：没有可比对的行', 'Undecidable: no row to compare'),
  };
  return (
    <section data-reconciled={verdict === 'same' ? 'clean' : verdict}>
      <h2>{t('结果', 'Result')}</h2>
      <p className={`tag ${tones[verdict]}`} role="status">
        {told[verdict]}
      </p>
      <Totals report={report} />
      <TakeAway report={report} />
      <h2>{t('逐行结果', 'Row by row')}</h2>
      <Findings report={report} />
      <h2>{t('企业汇总', 'By enterprise')}</h2>
      <Enterprises enterprises={report.enterprises} />
    </section>
  );
}

function Totals({ report }: { readonly report: ReconciliationReport }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { applied, cancelled, booked, kinds } = report.totals;
  const told = Object.entries(kinds).map(([kind, count]) => {
    const { title, rule } = findingKinds[kind as FindingKind];
    return [`${title[language]}（${rule}）`, String(count)] as const;
  });
  const facts = [
    [t('申请量', 'Applied for'), formatAmount(applied, 'tCO2', language)],
    [t('注销量', 'Cancelled'), formatAmount(cancelled, 'tCO2', language)],
    [t('登记量', 'Booked'), formatAmount(booked, 'tCO2', language)],
    ...told,
    [t('报告摘要', 'Digest of the report'), report.digest],
  ] as const;
  return <Facts rows={facts} />;
}

function TakeAway({ report }: { readonly report: ReconciliationReport }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const { identity } = useSession();
  const work = useWork();
  const name = `${t('对账报告', 'reconciliation')}-${report.year}-${report.asOf}`;
  const mayAnchor = identity !== undefined && rulesFor('reconciliation', identity.party.kind).length > 0;
  const makePaper = (): void => {
    work.start(t('正在生成对账报告 …', 'The report is being made …'), async ({ client, save }) =>
      save(`${name}.pdf`, await client.paper('reconciliation', report, language), 'application/pdf'),
    );
  };
  return (
    <>
      <p className="row no-print">
        <Button
          type="primary"
          onClick={() => {
            saveFile(`${name}.xlsx`, reconciliationWorkbook(report, undefined));
          }}
        >
          {t('导出对账报告 XLSX', 'Export the report, XLSX')}
        </Button>
        <Button loading={work.busy !== undefined} onClick={makePaper}>
          {t('导出对账报告 PDF', 'Export the report, PDF')}
        </Button>
        <Button
          onClick={() => {
            saveFile(`${name}.json`, `${canonicalize(report)}\n`, 'application/json');
          }}
        >
          {t('导出 JSON', 'Export JSON')}
        </Button>
        <Button
          onClick={() => {
            window.print();
          }}
        >
          {t('打印', 'Print')}
        </Button>
        {mayAnchor && (
          <Link className="button" href={anchoringAddress(report)}>
            {t('锚定本次对账（附上所导出的 JSON）', 'Anchor this run (add the JSON)')}
          </Link>
        )}
      </p>
      <p className="quiet no-print">
        {t(
          'PDF 由本服务排版：报告会发给本服务，服务不留存。',
          'The service lays out the PDF: the report is sent to it, and not kept there.',
        )}
      </p>
      <WorkStatus work={work} />
    </>
  );
}

function Findings({ report }: { readonly report: ReconciliationReport }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const party = usePartyName();
  const lines = useMemo(() => findingLines(report), [report]);
  const columns: readonly Column<FindingLine>[] = [
    {
      id: 'severity',
      title: t('程度', 'Weight'),
      text: ({ severity }) => severityWords[severity][language],
      order: ({ severity }) => severities.indexOf(severity),
      cell: ({ severity }) => (
        <span className={`tag ${severityWords[severity].look}`}>{severityWords[severity][language]}</span>
      ),
    },
    { id: 'kind', title: t('结果', 'Answer'), isHead: true, text: ({ kind }) => findingKinds[kind].title[language] },
    { id: 'party', title: t('企业', 'Enterprise'), text: ({ uscc }) => party(uscc) },
    { id: 'source', title: t('来源', 'Side'), text: ({ source }) => sourceWords[source][language] },
    { id: 'place', title: t('位置', 'Place'), text: ({ place }) => place },
    { id: 'project', title: t('项目', 'Project'), text: ({ project }) => project },
    {
      id: 'qty',
      title: t('数量（t）', 'Quantity (t)'),
      isNumber: true,
      text: ({ qty }) => qty,
      order: ({ qty }) => Number(qty) || 0,
      cell: ({ qty }) => formatNumber(qty),
    },
    { id: 'found', title: t('实为', 'Found'), text: ({ found }) => found },
    { id: 'expected', title: t('应为', 'Expected'), text: ({ expected }) => expected },
    {
      id: 'other',
      title: t('对方', 'Other side'),
      text: (line) => otherWords(line)[language],
      cell: (line) =>
        line.record === undefined ? (
          otherWords(line)[language]
        ) : (
          <Link href={`/records/${line.record}`}>{otherWords(line)[language] || line.record.slice(0, 16)}</Link>
        ),
    },
  ];
  return (
    <DataTable
      rows={lines}
      rowId={({ id }) => id}
      columns={columns}
      name={t('逐行结果', 'rows')}
      list="rows"
      empty={t('没有行。', 'There are no rows.')}
    />
  );
}

type Enterprise = ReconciliationReport['enterprises'][number];

function Enterprises({ enterprises }: { readonly enterprises: readonly Enterprise[] }): ReactElement {
  const t = useText();
  const { language } = useLanguage();
  const amount = (id: 'due' | 'cap' | 'applied' | 'cancelled' | 'booked', title: string): Column<Enterprise> => ({
    ...{ id, title, isNumber: true },
    text: (one) => one[id] ?? '',
    order: (one) => Number(one[id] ?? 0),
    cell: (one) => (one[id] == null ? '–' : formatNumber(one[id])),
  });
  const columns: readonly Column<Enterprise>[] = [
    { id: 'name', title: t('企业', 'Enterprise'), isHead: true, text: ({ name, uscc }) => name || uscc },
    { id: 'year', title: t('年度', 'Year'), text: ({ year }) => year },
    amount('due', t('应清缴（t）', 'Due (t)')),
    amount('cap', t('抵销上限（t）', 'Cap (t)')),
    amount('applied', t('申请（t）', 'Applied (t)')),
    amount('cancelled', t('注销（t）', 'Cancelled (t)')),
    amount('booked', t('登记（t）', 'Booked (t)')),
    {
      id: 'kinds',
      title: t('结果', 'Answer'),
      text: ({ kinds }) =>
        Object.entries(kinds)
          .map(([kind, count]) => `${findingKinds[kind as FindingKind].title[language]} ${String(count)}`)
          .join('; '),
    },
  ];
  return (
    <DataTable
      rows={enterprises}
      rowId={({ uscc, year }) => `${uscc}/${year}`}
      columns={columns}
      name={t('企业汇总', 'enterprises')}
      list="enterprises"
      empty={t('没有企业。', 'There are no enterprises.')}
    />
  );
}
