import type { Mark, MarkName } from '../provenance';
import type { Words } from './words';

const words: Readonly<Record<MarkName, (mark: Mark) => Words>> = {
  late: ({ days = 0 }) => ({
    zh: `逾期 ${String(days)} 天`,
    en: `${String(days)} ${days === 1 ? 'day' : 'days'} late`,
  }),
  'key-compromised': ({ since = '' }) => ({
    zh: `签名密钥已泄露（自 ${since}）`,
    en: `signed with a key that was in other hands since ${since}`,
  }),
  'under-finding': ({ by = '' }) => ({ zh: `检查问题未销号（${by}）`, en: `under the open finding ${by}` }),
  'input-withdrawn': ({ by = '', others = 0 }) => ({
    zh: `依据失效（${by}${others === 0 ? '' : `等${String(others + 1)}条`}）`,
    en: `rests on what does not stand: ${by}${others === 0 ? '' : ` and ${String(others)} more`}`,
  }),
  'input-doubted': ({ by = '', others = 0 }) => ({
    zh: `依据存疑（${by}${others === 0 ? '' : `等${String(others + 1)}条`}）`,
    en: `rests on what is in doubt: ${by}${others === 0 ? '' : ` and ${String(others)} more`}`,
  }),
  frozen: ({ by = '' }) => ({ zh: `检查冻结（${by}）`, en: `frozen by ${by}` }),
  'filed-while-frozen': ({ by = '' }) => ({
    zh: `冻结期间提交（${by}）`,
    en: `filed while ${by} held its year frozen`,
  }),
  'numbers-frozen': ({ by = '' }) => ({ zh: `号段已冻结（${by}）`, en: `of numbers frozen by ${by}` }),
};

/** A mark of a record as people read it: `逾期 12 天`. */
export function markWords(mark: Mark): Words {
  return words[mark.mark](mark);
}

const titles: Readonly<Record<MarkName, Words>> = {
  late: { zh: '逾期', en: 'late' },
  'key-compromised': { zh: '签名密钥已泄露', en: 'key compromised' },
  'under-finding': { zh: '检查问题未销号', en: 'under an open finding' },
  'input-withdrawn': { zh: '依据失效', en: 'input withdrawn' },
  'input-doubted': { zh: '依据存疑', en: 'input in doubt' },
  frozen: { zh: '检查冻结', en: 'frozen' },
  'filed-while-frozen': { zh: '冻结期间提交', en: 'filed while frozen' },
  'numbers-frozen': { zh: '号段已冻结', en: 'numbers frozen' },
};

/** A mark in a word or two, where the rest is told elsewhere. */
export function markTitle({ mark }: Pick<Mark, 'mark'>): Words {
  return titles[mark];
}
