import {
  fileVerdicts,
  formatAmount,
  formatNumber,
  titleOfKey,
  type CheckedFile,
  type FileVerdict,
  type FolderCheck,
  type InspectionReport,
  type Language,
  type Twins,
} from '@carbon-ledger/core';
import { inLanguage, type Block, type Cell, type Tone } from '../paper';
import { reasonIn } from './reasons';
import { MOST_ROWS, restOf } from './rest-of';

const tones: Readonly<Record<FileVerdict, Tone>> = {
  same: 'good',
  'other-name': 'warn',
  'no-longer-stands': 'warn',
  questioned: 'warn',
  changed: 'bad',
  ambiguous: 'warn',
  'not-anchored': 'plain',
  archive: 'plain',
  unreadable: 'warn',
};

/** What was looked at: every file with its answer, the conspicuous ones first, then where they were changed and what it costs. */
export function checkBlocks({ check }: InspectionReport, language: Language): Block[] {
  if (check === undefined) return [];
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('查看内容', 'What was looked at') },
    countTable(check, language),
    ...fileBlocks(check, language),
    ...cellBlocks(check, language),
    ...impactBlocks(check, language),
    ...missingBlocks(check, language),
    ...twinBlocks(check, language),
  ];
}

export function keyTitle(key: string, language: Language): string {
  const kind = key.split('/').at(-1) ?? '';
  return `${titleOfKey(key, kind.split('.')[0] ?? kind, language)}\n${key}`;
}

function countTable({ counts }: FolderCheck, language: Language): Block {
  const t = inLanguage(language);
  const own: readonly (readonly [string, number, Tone])[] = [
    ...(Object.keys(fileVerdicts) as FileVerdict[]).map(
      (verdict) => [fileVerdicts[verdict][language], counts[verdict], tones[verdict]] as const,
    ),
    [t('已存证，此处缺失', 'anchored, and missing here'), counts.missing, 'bad'],
    [t('一份报告两个编号', 'one report under two numbers'), counts.twins, 'bad'],
  ];
  return {
    kind: 'table',
    columns: [
      { title: t('结果', 'Answer'), width: 5 },
      { title: t('数量', 'Count'), width: 1, align: 'right' },
    ],
    rows: own
      .filter(([, count]) => count > 0)
      .map(([title, count, tone]): Cell[] => [{ text: title, tone }, String(count)]),
  };
}

/** What asks for a look comes before what is the same. */
function inUrgency(files: readonly CheckedFile[]): CheckedFile[] {
  const order = Object.keys(tones);
  const rank = ({ verdict }: CheckedFile): number => (verdict === 'same' ? order.length : order.indexOf(verdict));
  return [...files].sort(
    (a, b) => Number(a.verdict !== 'changed') - Number(b.verdict !== 'changed') || rank(a) - rank(b),
  );
}

function fileBlocks({ files }: FolderCheck, language: Language): Block[] {
  if (files.length === 0) return [];
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('文件', 'Files') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 3.4 },
        { title: t('结果', 'Answer'), width: 2.4 },
        { title: t('记录', 'Record'), width: 4.2 },
      ],
      rows: inUrgency(files)
        .slice(0, MOST_ROWS)
        .map((file) => fileRow(file, language)),
    },
    ...restOf(files.length, language),
  ];
}

function fileRow(file: CheckedFile, language: Language): Cell[] {
  const { path, verdict, sha256, key, record } = file;
  const told = [fileVerdicts[verdict][language], ...detailsOf(file, language)].join('\n');
  const of = key === undefined ? '–' : [keyTitle(key, language), record ?? ''].join('\n');
  return [[path, sha256 ?? ''].join('\n').trim(), { text: told, tone: tones[verdict] }, of];
}

function detailsOf({ verdict, anchoredName, compared, differs = [], why }: CheckedFile, language: Language): string[] {
  const t = inLanguage(language);
  const other = verdict === 'other-name' && anchoredName !== undefined;
  return [
    ...(other ? [t(`存证时文件名：${anchoredName}`, `anchored as ${anchoredName}`)] : []),
    ...(compared === 'whole-file' ? [t('仅作整体比对', 'compared as a whole only')] : []),
    ...(compared === 'opening' ? [t('按单元格开封文件比对', 'compared with the opening of its cells')] : []),
    ...(compared === 'own-copy' ? [t('与企业自存副本比对', 'compared with the party’s own copy')] : []),
    ...[...differs, ...(why === undefined ? [] : [why])].map((said) => reasonIn(said, language)),
  ];
}

function cellBlocks({ files }: FolderCheck, language: Language): Block[] {
  const t = inLanguage(language);
  const rows = files.flatMap(({ path, cells = [] }) =>
    cells.map(({ sheet, cell, anchored, found, figure }): Cell[] => [
      path,
      `${sheet}!${cell}`,
      anchored ?? '–',
      { text: found ?? '–', tone: 'bad' },
      figure ?? '–',
    ]),
  );
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', text: t('变更的单元格', 'Cells that were changed') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 2.6 },
        { title: t('单元格', 'Cell'), width: 1.4 },
        { title: t('存证值', 'Anchored'), width: 1.5, align: 'right' },
        { title: t('现值', 'Found'), width: 1.5, align: 'right' },
        { title: t('由此读取的数据项', 'Figure that was read from it'), width: 3.4 },
      ],
      rows: rows.slice(0, MOST_ROWS),
    },
    ...restOf(rows.length, language),
  ];
}

type Impact = NonNullable<CheckedFile['impact']>;

function tonnesCell(value: string | null, language: Language): string {
  return value === null ? inLanguage(language)('无法计算', 'cannot be computed') : formatNumber(value);
}

/** Tonnes and allowances that rest on the changed values, and the figures that would change. */
function impactBlocks({ files }: FolderCheck, language: Language): Block[] {
  const t = inLanguage(language);
  const impacts = files.flatMap(({ path, impact }) => (impact === undefined ? [] : [{ path, impact }]));
  if (impacts.length === 0) return [];
  const figures = impacts.flatMap(({ impact }) => impact.figures);
  return [
    { kind: 'heading', text: t('变更的影响', 'What the changes cost') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 3 },
        ...[t('排放量', 'Emission'), t('配额', 'Allowances'), t('缺口', 'Gap'), t('需购配额', 'To buy')].map(
          (title) => ({ title: `${title} (t)`, width: 1.6, align: 'right' as const }),
        ),
      ],
      rows: impacts.slice(0, MOST_ROWS).map(({ path, impact }) => [path, ...tonnesOf(impact, language)]),
    },
    ...restOf(impacts.length, language),
    {
      kind: 'table',
      columns: [
        { title: t('受影响的数据项', 'Figure that rests on them'), width: 5 },
        { title: t('存证值', 'Anchored'), width: 1.6, align: 'right' },
        { title: t('改算后', 'Would be'), width: 1.6, align: 'right' },
        { title: t('差', 'Change'), width: 1.6, align: 'right' },
      ],
      rows: figures
        .slice(0, MOST_ROWS)
        .map(({ figure, unit, now, then, delta }) => [
          figure,
          formatAmount(now, unit, language),
          tonnesCell(then, language),
          tonnesCell(delta, language),
        ]),
    },
    ...restOf(figures.length, language),
  ];
}

function tonnesOf({ tonnes }: Impact, language: Language): string[] {
  const { emission_tCO2, allowance_tCO2, gap_tCO2, allowancesToBuy_tCO2 } = tonnes;
  return [emission_tCO2, allowance_tCO2, gap_tCO2, allowancesToBuy_tCO2].map((value) => tonnesCell(value, language));
}

function missingBlocks({ missing }: FolderCheck, language: Language): Block[] {
  if (missing.length === 0) return [];
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('已存证而此处缺失', 'Anchored, and missing here') },
    {
      kind: 'table',
      columns: [
        { title: t('文件', 'File'), width: 4 },
        { title: t('记录', 'Record'), width: 6 },
      ],
      rows: missing
        .slice(0, MOST_ROWS)
        .map(({ key, record, name, sha256 }) => [`${name}\n${sha256}`, `${keyTitle(key, language)}\n${record}`]),
    },
    ...restOf(missing.length, language),
  ];
}

const twinWords: Readonly<Record<Twins['by'], Readonly<Record<Language, string>>>> = {
  file: { zh: '同一文件', en: 'one file' },
  results: { zh: '结果相同', en: 'the same results' },
  copies: { zh: '此处为同一文件', en: 'one file here' },
};

function twinBlocks({ twins }: FolderCheck, language: Language): Block[] {
  if (twins.length === 0) return [];
  const t = inLanguage(language);
  return [
    { kind: 'heading', text: t('一份报告两个编号', 'One report under two numbers') },
    {
      kind: 'table',
      columns: [
        { title: t('依据', 'Shown by'), width: 3 },
        { title: t('报告编号与记录', 'Numbers and records'), width: 7 },
      ],
      rows: twins
        .slice(0, MOST_ROWS)
        .map(({ by, same, reports }) => [
          [twinWords[by][language], ...same].join('\n'),
          reports.map(({ number, key, record }) => `${number} · ${key}\n${record}`).join('\n'),
        ]),
    },
    ...restOf(twins.length, language),
  ];
}
