import { LedgerError } from '@carbon-ledger/core/errors';
import type { ListSheet } from '@carbon-ledger/spreadsheets';
import type { Lacking } from './lacking';
import type { FileVerdict, Verdict } from './verify-files';

const verdicts: readonly Verdict[] = [
  ...(['consistent', 'no-longer-stands', 'questioned'] as const),
  ...(['inconsistent', 'not-found', 'undecidable'] as const),
];

/** What can be said of a file, and of one that is not there. */
export type Listed = Verdict | 'lacking';

/** @throws LedgerError USAGE for what is no verdict */
export function parseListed(text: string): ReadonlySet<Listed> {
  const all: readonly Listed[] = [...verdicts, 'lacking'];
  const asked = text.split(',').map((one) => all.find((verdict) => verdict === one.trim()));
  const known = asked.filter((one) => one !== undefined);
  if (known.length < asked.length)
    throw new LedgerError('USAGE', `--only ${text}: verdicts, divided by commas, are ${all.join(', ')}`);
  return new Set(known);
}

function fileRow(file: FileVerdict): string[] {
  const { path, verdict, verdictZh, reason, key, record, party, anchoredAt, status, state, sha256, sm3, size } = file;
  const found = [key, record, party, anchoredAt, status, state].map((one) => one ?? '');
  return [path, verdictZh, verdict, reason, ...found, sha256 ?? '', sm3 ?? '', size === undefined ? '' : String(size)];
}

function lackingRow({ name, key, record, party, sha256, sm3 }: Lacking): string[] {
  const found = [key, record, party].map((one) => one ?? '');
  return [name, '缺失', 'lacking', '', ...found, '', '', '', sha256 ?? '', sm3 ?? '', ''];
}

/** Every file that was looked at, in that order, then what is lacking, as a list for a spreadsheet program. */
export function verdictList(files: readonly FileVerdict[], lacking: readonly Lacking[]): ListSheet {
  return {
    name: '核对结果',
    headers: [
      ...['文件', '结论', 'verdict', '说明', '业务键', '记录编号', '签署方', '锚定时间', '记录状态', '流程状态'],
      ...['SHA-256', 'SM3', '字节数'],
    ],
    rows: [...files.map(fileRow), ...lacking.map(lackingRow)],
  };
}
