import {
  canonicalBytes,
  figureWords,
  formatAmount,
  formatTime,
  markWords,
  parseFigureAddress,
  titleOfKey,
  type Language,
  type Trace,
  type TraceNode,
} from '@carbon-ledger/core';
import { inLanguage, makePdf, trialBlocks, type Block, type Cell } from '../paper';

export interface TraceReportOptions {
  readonly language: Language;
  /** As it was believed then; now where it is not said. */
  readonly asOf?: string;
  /** Of a ledger to try things on. */
  readonly isTrial?: boolean;
}

/** Figures on the pages; the trace that is attached has all. */
const MOST_ROWS = 600;

/**
 * 追溯报告: a figure with every figure that it rests on, each computed anew, and where the chain breaks. The same trace always gives
 * the same bytes; it is attached whole.
 */
export function makeTraceReport(
  trace: Trace,
  { language, asOf, isTrial = false }: Readonly<TraceReportOptions>,
): Promise<Uint8Array> {
  const t = inLanguage(language);
  return makePdf({
    language,
    title: t('追溯报告', 'Trace Report'),
    subtitle: figureTitle(trace.figure, language),
    foot: `${t('碳审计账本', 'Carbon Audit Ledger')} · ${trace.figure}`,
    dated: asInstant(asOf) ?? lastAnchored(trace),
    keywords: ['carbon-ledger/trace'],
    blocks: [
      ...trialBlocks(isTrial, 'report', language),
      verdictOf(trace, language),
      { kind: 'facts', rows: factsOf(trace, language, asOf) },
      ...breakBlocks(trace, language),
      ...figureBlocks(trace, language),
      ...documentBlocks(trace, language),
      ...limitBlocks(language),
    ],
    attachments: [
      {
        name: 'trace.json',
        mediaType: 'application/json',
        bytes: canonicalBytes(JSON.parse(JSON.stringify(trace))),
        description: t('完整追溯数据', 'The trace, whole'),
      },
    ],
  });
}

/** `二氧化碳排放量 · 2 号机组 2024 年 9 月 月度存证`. */
function figureTitle(address: string, language: Language): string {
  const { key, figure } = parseFigureAddress(address);
  const kind = key.split('/').at(-1) ?? '';
  return `${figureWords(figure)[language]} · ${titleOfKey(key, kind.split('.')[0] ?? kind, language)}`;
}

function asInstant(asOf: string | undefined): string | undefined {
  return asOf?.length === 10 ? `${asOf}T15:59:59Z` : asOf;
}

function lastAnchored({ nodes }: Trace): string {
  const times = nodes.map(({ anchoredAt }) => anchoredAt).filter((time) => !Number.isNaN(Date.parse(time)));
  return times.sort().at(-1) ?? '1970-01-01T00:00:00Z';
}

function verdictOf({ status, breaks, doubts = [], hidden }: Trace, language: Language): Block {
  const t = inLanguage(language);
  if (status === 'intact') {
    const text = t(
      '完整：每一步均已由来源重新计算，结果一致。',
      'Intact: every step was computed anew from its sources and agrees.',
    );
    return { kind: 'verdict', tone: 'good', text };
  }
  if (status === 'questioned') {
    const doubted = doubts.map(({ figure, step, by }) => `${figure} (${by ?? step})`).join('; ');
    const text = t(`存疑：所依据的记录存有疑问：${doubted}`, `In doubt: what it rests on is questioned: ${doubted}`);
    return { kind: 'verdict', tone: 'warn', text };
  }
  if (status === 'undecidable') {
    const text = t(
      `无法判定：${String(hidden)} 个数据项未向查询者公开，未能重新计算。`,
      `Undecidable: ${String(hidden)} figures are not open to who asked, and could not be computed anew.`,
    );
    return { kind: 'verdict', tone: 'warn', text };
  }
  const count = String(breaks.length);
  return { kind: 'verdict', tone: 'bad', text: t(`中断：${count} 处不一致。`, `Broken at ${count} places.`) };
}

function factsOf(trace: Trace, language: Language, asOf: string | undefined): (readonly [string, string])[] {
  const t = inLanguage(language);
  const computed = trace.nodes.filter(({ recomputed }) => recomputed !== undefined).length;
  return [
    [t('数据项地址', 'Address'), trace.figure],
    [t('数值', 'Value'), formatAmount(trace.value, trace.unit, language)],
    [
      t('数据项', 'Figures'),
      t(
        `${String(trace.nodes.length)} 个，重新计算 ${String(computed)} 个`,
        `${String(trace.nodes.length)}, ${String(computed)} of them computed anew`,
      ),
    ],
    [t('视角', 'As of'), asOf ?? t('现在', 'now')],
  ];
}

function breakBlocks({ breaks }: Trace, language: Language): Block[] {
  if (breaks.length === 0) return [];
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('中断之处', 'Where it breaks') },
    {
      kind: 'table',
      columns: [
        { title: t('数据项', 'Figure'), width: 4 },
        { title: t('步骤', 'Step'), width: 2 },
        { title: t('应为', 'Expected'), width: 1.5, align: 'right' },
        { title: t('实为', 'Found'), width: 1.5, align: 'right' },
      ],
      rows: breaks.map(({ figure, step, expected, got }) => [
        `${figureTitle(figure, language)}\n${figure}`,
        step,
        expected ?? '–',
        { text: got ?? '–', tone: 'bad' },
      ]),
    },
  ];
}

function figureBlocks({ nodes, breaks }: Trace, language: Language): Block[] {
  const t = inLanguage(language);
  const broken = new Set(breaks.map(({ figure }) => figure));
  const left = nodes.length - MOST_ROWS;
  return [
    { kind: 'heading', text: t('数据项与重新计算', 'Figures, and each computed anew') },
    {
      kind: 'table',
      columns: [
        { title: t('数据项', 'Figure'), width: 3.8 },
        { title: t('数值', 'Value'), width: 1.8, align: 'right' },
        { title: t('公式', 'Formula'), width: 2.4 },
        { title: t('重算', 'Anew'), width: 1.5 },
        { title: t('签署方', 'Signer'), width: 2.7 },
      ],
      rows: nodes.slice(0, MOST_ROWS).map((node) => nodeRow(node, broken.has(node.figure), language)),
    },
    ...(left > 0
      ? [
          {
            kind: 'text',
            quiet: true,
            text: t(`其余 ${String(left)} 个见附件。`, `${String(left)} more stand in the attachment.`),
          } as const,
        ]
      : []),
  ];
}

/** Late, signed with a key in other hands, resting on what was withdrawn …: one a line. */
function marksOf({ marks = [] }: TraceNode, language: Language): string[] {
  return marks.map((mark) => markWords(mark)[language]);
}

function nodeRow(node: TraceNode, isBroken: boolean, language: Language): Cell[] {
  return [
    figureTitle(node.figure, language),
    formatAmount(node.value, node.unit, language),
    node.expression ?? node.formula ?? inLanguage(language)('填报', 'stated'),
    recomputedCell(node, isBroken, language),
    [node.party, formatTime(node.anchoredAt), ...marksOf(node, language)].join('\n'),
  ];
}

function recomputedCell({ recomputed, hidden }: TraceNode, isBroken: boolean, language: Language): Cell {
  const t = inLanguage(language);
  if (isBroken) return { text: recomputed ?? t('中断', 'broken'), tone: 'bad' };
  if (hidden === true) return { text: t('未公开', 'not open'), tone: 'warn' };
  return recomputed === undefined ? '–' : { text: t('一致', 'agrees'), tone: 'good' };
}

function documentBlocks({ nodes }: Trace, language: Language): Block[] {
  const t = inLanguage(language);
  const documents = new Map(
    nodes.flatMap((node) => node.documents.map((one) => [one.sha256, { ...one, node }] as const)),
  );
  if (documents.size === 0) return [];
  return [
    { kind: 'heading', text: t('所依据的文件', 'Documents it rests on') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 3 },
        { title: t('记录', 'Record'), width: 3 },
        { title: 'SHA-256', width: 5 },
      ],
      rows: [...documents.values()]
        .slice(0, MOST_ROWS)
        .map(({ name, sha256, node }) => [name, keyTitle(node, language), sha256]),
    },
  ];
}

function keyTitle({ figure }: TraceNode, language: Language): string {
  const { key } = parseFigureAddress(figure);
  const kind = key.split('/').at(-1) ?? '';
  return titleOfKey(key, kind.split('.')[0] ?? kind, language);
}

function limitBlocks(language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('本报告不说明什么', 'What this report does not say') },
    {
      kind: 'list',
      items: [
        t(
          '不说明来源数据真实，只说明其后每一步与锚定的记录和公式一致。',
          'That the sources are true: only that every step after them agrees with the records and formulas that are anchored.',
        ),
        t(
          '本报告由服务生成，未经签名。要自行核验，请用 carbon-ledger prove 与 verify-proof。',
          'It was made by a service and is not signed. To check without it: carbon-ledger prove and verify-proof.',
        ),
      ],
    },
  ];
}
