import {
  figureWords,
  formatAmount,
  formatNumber,
  formatTime,
  type InspectionReport,
  type Language,
  type ReportedFinding,
} from '@carbon-ledger/core';
import { inLanguage, type Block, type Cell } from '../paper';
import { keyTitle } from './check-blocks';

/** Every finding with its figures, its documents, the record that it is, and its two times. */
export function findingBlocks({ findings }: InspectionReport, language: Language): Block[] {
  const t = inLanguage(language);
  const heading: Block = { kind: 'heading', text: t('检查发现的问题', 'Findings') };
  if (findings.length === 0) {
    const text = t('账本上没有与本检查有关的问题记录。', 'No finding of this inspection is on the ledger.');
    return [heading, { kind: 'text', text }];
  }
  return [heading, ...findings.flatMap((finding, at) => oneFinding(finding, at + 1, language))];
}

function oneFinding(finding: ReportedFinding, number: number, language: Language): Block[] {
  const t = inLanguage(language);
  const { key, record, clause, seen, values, claimedAt, anchoredAt } = finding;
  const atStake = values['atStake_tCO2'];
  return [
    {
      kind: 'facts',
      rows: [
        [t('问题', 'Finding'), t(`第 ${String(number)} 项`, `No. ${String(number)}`)],
        [t('依据条款', 'Clause'), clause],
        [t('发现情况', 'What was seen'), seen],
        [t('涉及排放量', 'Quantity at stake'), atStake === undefined ? '–' : formatAmount(atStake, 'tCO2', language)],
        [t('现场签署（自述）', 'Signed on the spot (claimed)'), formatTime(claimedAt)],
        [t('上链时间（账本）', 'Anchored (the ledger’s)'), formatTime(anchoredAt)],
        [t('记录', 'Record'), `${key}\n${record}`],
      ],
    },
    ...figureTable(finding, language),
    ...documentTable(finding, language),
  ];
}

function figureTable({ figures, values }: ReportedFinding, language: Language): Block[] {
  if (figures.length === 0) return [];
  const t = inLanguage(language);
  const amount = (name: string, unit: string): string => {
    const value = values[name];
    return value === undefined ? '–' : `${formatNumber(value)} ${unit}`;
  };
  return [
    {
      kind: 'table',
      columns: [
        { title: t('数据项', 'Figure'), width: 5 },
        { title: t('存证值', 'Anchored'), width: 2, align: 'right' },
        { title: t('查实值', 'Found'), width: 2, align: 'right' },
      ],
      rows: figures.map(({ record, figure, unit }, at): Cell[] => [
        `${figureWords(figure)[language]}\n${record}#${figure}`,
        amount(`anchored.${String(at + 1)}`, unit),
        { text: amount(`found.${String(at + 1)}`, unit), tone: 'bad' },
      ]),
    },
  ];
}

function documentTable({ documents }: ReportedFinding, language: Language): Block[] {
  if (documents.length === 0) return [];
  const t = inLanguage(language);
  return [
    {
      kind: 'table',
      columns: [
        { title: t('材料', 'Document'), width: 4 },
        { title: t('记录', 'Record'), width: 6 },
      ],
      rows: documents.map(({ record, document }) => [document, keyTitle(record, language)]),
    },
  ];
}
