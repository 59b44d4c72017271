import type { Words } from './words';

const steps: Readonly<Record<string, Words>> = {
  'record-hash': { zh: '记录内容与编号不符', en: 'the record is not the one of its id' },
  'figures-root': { zh: '数据项与记录所载的根不符', en: 'the figures are not those of the record' },
  open: { zh: '被引用的记录已退回或正在更正', en: 'the record was returned, or is being corrected' },
  withdrawn: { zh: '被引用的记录已撤回', en: 'the record was withdrawn' },
  superseded: { zh: '被引用的记录已有新版本', en: 'the record has been replaced' },
  'missing-input': { zh: '缺少计算所需的数据', en: 'an input of the formula is missing' },
  'not-on-ledger': { zh: '账本上没有被引用的记录', en: 'the record is not on the ledger' },
  questioned: { zh: '主管部门对该记录有疑问', en: 'an authority questions the record' },
  'under-finding': { zh: '该记录涉及未结的检查问题', en: 'a finding about the record is open' },
  'input-withdrawn': { zh: '该记录的依据已失效', en: 'what the record rests on does not stand' },
  'input-doubted': { zh: '该记录的依据存疑', en: 'what the record rests on is in doubt' },
  'key-compromised': { zh: '签名密钥已泄露', en: 'signed with a key that was in other hands' },
};

/** Why a chain breaks at a step of a trace; where it is none of these, it is the formula that gives another value. */
export function stepWords(step: string): Words {
  const known = Object.hasOwn(steps, step) ? steps[step] : undefined;
  return known ?? { zh: `公式 ${step} 得出不同的值`, en: `formula ${step} gives another value` };
}
