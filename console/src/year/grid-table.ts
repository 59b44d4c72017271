import { recordTypes, type RecordType } from '@carbon-ledger/core';
import type { Language } from '../language/language';
import { periodWords, unitWords } from '../words/record-words';
import { stateLook } from '../words/states';
import type { monthRows } from './grid';

interface Grid {
  readonly rows: ReturnType<typeof monthRows>;
  readonly units: readonly string[];
  readonly types: readonly RecordType[];
}

/** The months of a year as they are shown, to be taken away: one line a month, one column for each type of each unit. */
export function gridTable({ rows, units, types }: Grid, language: Language): [string[], ...string[][]] {
  const titles = units.flatMap((unit) =>
    types.map((type) => `${unitWords(unit, language)} ${recordTypes[type].title[language]}`),
  );
  const unfiled = { zh: '未提交', en: 'not filed' }[language];
  return [
    [{ zh: '月份', en: 'Month' }[language], ...titles],
    ...rows.map(({ period, cells }) => [
      periodWords(period, language),
      ...cells.map(({ view, type }) => (view === undefined ? unfiled : stateLook({ ...view, type }).words[language])),
    ]),
  ];
}
