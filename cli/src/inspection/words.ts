import { fileVerdicts, type CheckedFile, type DrawnSample, type FolderCheck } from '@carbon-ledger/core';
import { pad } from '../output/table';
import { plainText } from '../output/style';

function cellLine({ sheet, cell, anchored, found, figure }: NonNullable<CheckedFile['cells']>[number]): string {
  const shown = (text: string | null): string => (text === null ? '–' : text);
  const of = figure === undefined ? '' : `  ${figure}`;
  return plainText(`    ${sheet}!${cell}  ${shown(anchored)} → ${shown(found)}${of}`);
}

function impactLines({ impact }: CheckedFile): string[] {
  if (impact === undefined) return [];
  const tonnes = Object.entries(impact.tonnes).map(([name, value]) => `${name} ${value ?? '?'}`);
  return [`    ${String(impact.figures.length)} figures rest on it: ${tonnes.join(', ')}`];
}

/** As many changed cells as are shown of one file; all of them stand in the JSON. */
const mostCells = 20;

function fileLines(file: CheckedFile): string[] {
  const { verdict, path, key, why, differs = [], cells = [] } = file;
  const label = pad(`${fileVerdicts[verdict].zh} ${verdict}`, 34);
  const other = verdict === 'other-name' ? `as ${file.anchoredName ?? ''}` : '';
  const about = [key, other, why].filter((part) => part !== undefined && part !== '').join('  ');
  const more = cells.length > mostCells ? [`    … ${String(cells.length - mostCells)} more cells`] : [];
  return [
    plainText(`${label}  ${path}  ${about}`).trimEnd(),
    ...differs.map((one) => plainText(`    ${one}`)),
    ...cells.slice(0, mostCells).map(cellLine),
    ...more,
    ...impactLines(file),
  ];
}

const twinWords = { file: 'one file', results: 'the same results', copies: 'one file here' } as const;

/** What is missing may lie in what was not opened. */
function doubtOf({ missing, unreadable }: FolderCheck['counts']): string[] {
  const isOpen = missing > 0 && unreadable > 0;
  return isOpen ? ['未能读取之处可能含有所缺文件 what is missing may lie in what was not looked at'] : [];
}

export function formatCheck({ counts, files, missing, twins }: FolderCheck): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return [
    told.map(([name, count]) => `${name} ${String(count)}`).join(' · '),
    ...doubtOf(counts),
    ...files.filter(({ verdict, why }) => verdict !== 'same' || why !== undefined).flatMap(fileLines),
    ...missing.map(({ key, name }) => plainText(`${pad('此处缺失 missing', 34)}  ${name}  ${key}`)),
    ...twins.map(({ by, reports }) =>
      plainText(
        `${pad('一份报告两个编号 twins', 34)}  ${twinWords[by]}: ${reports.map(({ number, key }) => `${number} (${key})`).join(', ')}`,
      ),
    ),
  ].join('\n');
}

export function formatSample({ rule, seed, commitment, frame, tickets, size, drawn }: DrawnSample): string {
  const places = frame.map((uscc, index) => `  ${uscc}  ${String(tickets?.[index] ?? 1)}`);
  return [
    `${rule}: ${String(size)} of ${String(frame.length)}`,
    `seed        ${seed}`,
    `commitment  ${commitment}`,
    'plant, tickets:',
    ...places,
    'drawn:',
    ...drawn.map((uscc) => `  ${uscc}`),
  ].join('\n');
}
