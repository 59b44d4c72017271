import { changesOf, firstState, parseBusinessKey, processes, recordTypes, type BuiltRecord } from '@carbon-ledger/core';
import type { Words } from '../language/language';
import { counted } from '../words/counted';
import { recordTitle, recordTypeWords, titleOfKey } from '../words/record-words';

/** Names that are shown instead of codes. */
export type NameOf = (uscc: string) => string;

function both(make: (language: 'zh' | 'en') => string): Words {
  return { zh: make('zh'), en: make('en') };
}

/** The state that a record begins in. */
function beginning({ record }: BuiltRecord): Words {
  const process = processes[recordTypes[record.type].process];
  const state = process.states[firstState(record)];
  return both((language) => state?.title[language] ?? firstState(record));
}

/** What the record does to others: `1 号机组 2024 年 9 月 月度存证 → 已退回`. */
function effectsInWords({ record }: BuiltRecord): Words[] {
  return changesOf(record).map(({ key, process, state }) => {
    const title = processes[process].states[state]?.title;
    const type = recordTypeOfKey(key);
    return both((language) => {
      const name = titleOfKey(key, type, language);
      const led = title?.[language] ?? state;
      return language === 'zh' ? `“${name}”的状态变为“${led}”。` : `${name}: its state becomes “${led}”.`;
    });
  });
}

export function recordTypeOfKey(key: string): string {
  return parseBusinessKey(key).kind.split('.')[0] ?? '';
}

/** What will be signed, in sentences: who says what about whom, what it rests on, what it changes, and what cannot be undone. */
export function inWords(built: BuiltRecord, nameOf: NameOf): Words[] {
  const { record } = built;
  const [issuer, subject] = [nameOf(record.issuer), nameOf(record.subject.uscc)];
  const [cites, files] = [record.cites.length, record.documents.length];
  const figures = Object.keys(record.totals).length + built.figures.length;
  const [state, type] = [beginning(built), recordTypeWords(record.type)];
  return [
    {
      zh: `${issuer}签署：${recordTitle(record, 'zh')}${record.issuer === record.subject.uscc ? '' : `（主体：${subject}）`}。`,
      en: `${issuer} signs: ${recordTitle(record, 'en')}${record.issuer === record.subject.uscc ? '' : `, about ${subject}`}.`,
    },
    {
      zh: `引用 ${String(cites)} 条记录，登记 ${String(files)} 个文件的摘要，载有 ${String(figures)} 个数据项；文件本身不离开本机。`,
      en: `It cites ${counted(cites, 'record')}, names ${counted(files, 'file')} by digest and carries ${counted(figures, 'figure')}; the files stay on this computer.`,
    },
    { zh: `提交后其状态为“${state.zh}”。`, en: `Once filed, its state is “${state.en}”.` },
    ...effectsInWords(built),
    {
      zh: `锚定之后不能删除，也不能修改；如有错误，只能以新版本更正或撤回，${type.zh}的本版本将永久保留。`,
      en: `Once anchored it can be neither deleted nor changed. A mistake is corrected by a next version or a withdrawal; this version of the ${type.en.toLowerCase()} stays for good.`,
    },
  ];
}
