import type { DrawnSample, InspectionReport, Language } from '@carbon-ledger/core';
import { inLanguage, type Block, type Cell } from '../paper';
import { MOST_ROWS, restOf } from './rest-of';

const rules: Readonly<Record<DrawnSample['rule'], Readonly<Record<Language, string>>>> = {
  'lowest-hash': {
    zh: '最小散列：种子与信用代码的 SHA-256 最小者中签',
    en: 'Lowest hash: the lowest SHA-256 of seed and code is drawn',
  },
  'lowest-ticket': {
    zh: '按风险签数取最小散列：每签一次 SHA-256，取最小者',
    en: 'Lowest hash of its tickets: as many tries as a plant has tickets by risk',
  },
};

/** Plan and sample, with everything from which anybody draws it again. */
export function planBlocks({ plan, sample }: InspectionReport, language: Language): Block[] {
  const t = inLanguage(language);
  const planned: Block[] =
    plan === undefined
      ? [{ kind: 'text', text: t('未按账本上的检查方案进行。', 'Not under a plan on the ledger.') }]
      : [
          {
            kind: 'facts',
            rows: [
              [t('检查依据', 'Basis'), plan.basis],
              [t('方案', 'Plan'), plan.key],
              [t('记录', 'Record'), plan.record],
            ],
          },
        ];
  return [
    { kind: 'heading', text: t('检查方案', 'Plan') },
    ...planned,
    ...(sample === undefined ? [] : sampleBlocks(sample, language)),
  ];
}

function sampleBlocks(sample: DrawnSample, language: Language): Block[] {
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('抽样', 'Sample') },
    {
      kind: 'facts',
      rows: [
        [t('规则', 'Rule'), rules[sample.rule][language]],
        [
          t('抽取', 'Drawn'),
          t(
            `${String(sample.frame.length)} 家中抽取 ${String(sample.size)} 家`,
            `${String(sample.size)} of ${String(sample.frame.length)} plants`,
          ),
        ],
        [t('随机种子', 'Seed'), sample.seed],
        [t('种子承诺值（SHA-256）', 'Commitment to the seed (SHA-256)'), sample.commitment],
      ],
    },
    frameTable(sample, language),
    ...restOf(sample.frame.length, language),
  ];
}

function frameTable({ frame, tickets, drawn }: DrawnSample, language: Language): Block {
  const t = inLanguage(language);
  return {
    kind: 'table',
    columns: [
      { title: t('单位', 'Plant'), width: 4 },
      { title: t('签数', 'Tickets'), width: 1, align: 'right' },
      { title: t('结果', 'Result'), width: 2 },
    ],
    rows: frame.slice(0, MOST_ROWS).map((uscc, at): Cell[] => {
      const isDrawn = drawn.includes(uscc);
      return [uscc, String(tickets?.[at] ?? 1), isDrawn ? { text: t('抽中', 'drawn'), tone: 'warn' } : '–'];
    }),
  };
}
