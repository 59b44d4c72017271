import type { Words } from '../language/language';

export interface Term {
  readonly name: Words;
  readonly text: Words;
}

/** The words of this ledger and of the market, said plainly. */
export const glossary: readonly Term[] = [
  {
    name: { zh: '锚定', en: 'Anchoring' },
    text: {
      zh: '把一条已签名的记录写入账本。此后其内容的任何改动都能被发现；锚定不说明内容在此之前是真实的。',
      en: 'Writing a signed record to the ledger. Any change of it can be noticed from then on; it does not show that the content was true before.',
    },
  },
  {
    name: { zh: '月度存证', en: 'Monthly evidence' },
    text: {
      zh: '重点排放单位每月结束后四十个自然日内报送的参数、数据及其支撑材料。',
      en: 'Parameters, data and supporting papers that an emitting enterprise files within forty natural days after the end of each month.',
    },
  },
  {
    name: { zh: '数据质量控制方案', en: 'Data quality control plan' },
    text: {
      zh: '说明每个参数怎样测量、由谁测量、缺失时怎样处理的方案；月度存证须引用它。',
      en: 'Says how each parameter is measured, by whom, and what is done where one is missing; monthly evidence cites it.',
    },
  },
  {
    name: { zh: '检测报告', en: 'Test report' },
    text: {
      zh: '检测机构对缩分煤样的检测结果，由检测机构自己签署。',
      en: 'What a laboratory found in a composite coal sample, signed by the laboratory itself.',
    },
  },
  {
    name: { zh: '核查结论', en: 'Verification conclusion' },
    text: {
      zh: '核查机构对年度排放报告的结论。',
      en: 'What a verifier concluded about an annual emission report.',
    },
  },
  {
    name: { zh: '配额', en: 'Allowance' },
    text: {
      zh: '一吨二氧化碳当量的排放额度，由主管部门发放，到期清缴。',
      en: 'The right to emit one tonne of carbon dioxide equivalent, issued by the authority and surrendered when due.',
    },
  },
  {
    name: { zh: '预分配', en: 'Pre-allocation' },
    text: {
      zh: '年度数据核定之前先行发放的部分配额；核定之后多退少补。',
      en: 'Allowances issued before the year is determined; what is too much or too little is settled afterwards.',
    },
  },
  {
    name: { zh: '清缴', en: 'Surrender' },
    text: {
      zh: '重点排放单位按经核定的排放量交回配额。',
      en: 'An enterprise hands back allowances for its determined emission.',
    },
  },
  {
    name: { zh: '缺口', en: 'Gap' },
    text: {
      zh: '排放量减去应发配额；为正时须购买配额或以 CCER 抵销。',
      en: 'Emission less allowances; where it is positive, allowances are bought or CCER used.',
    },
  },
  {
    name: { zh: 'CCER（核证自愿减排量）', en: 'CCER' },
    text: {
      zh: '经核证的自愿减排量。用于抵销的不超过应清缴量的 5%；每个编号只能使用一次。',
      en: 'Certified voluntary emission reduction. At most 5 % of the amount due may be offset with it, and each serial number is used once.',
    },
  },
  {
    name: { zh: '更正替代', en: 'Supersession' },
    text: {
      zh: '声明某条记录有误、将由新版本替代的记录；原记录仍留在日志中。',
      en: 'Says that a record is wrong and a new version takes its place; the first one stays in the log.',
    },
  },
  {
    name: { zh: '撤回', en: 'Withdrawal' },
    text: {
      zh: '声明某条记录不再有效；引用它的记录随之失去依据，须逐一更正。',
      en: 'Says that a record no longer stands; what cites it loses its grounds and has to be corrected.',
    },
  },
  {
    name: { zh: '业务键', en: 'Business key' },
    text: {
      zh: '统一社会信用代码/机组/时期/类型。同一业务键下至多一条记录有效。',
      en: 'USCC/unit/period/kind. Under one key at most one record is current.',
    },
  },
  {
    name: { zh: '数据项', en: 'Figure' },
    text: {
      zh: '记录中的一个数值，地址为 业务键#名称。由公式得出的，任何持有记录的人都能重算。',
      en: 'One number of a record, at the address key#name. Whoever has the records can recompute those that follow from a formula.',
    },
  },
  {
    name: { zh: '溯源', en: 'Trace' },
    text: {
      zh: '把一个数据项逐级追到来源并重算每一步；不符之处指明到参数。',
      en: 'Follows a figure down to its sources and computes every step anew; where one does not follow, the parameter is named.',
    },
  },
  {
    name: { zh: '回执', en: 'Receipt' },
    text: {
      zh: '一条记录已载入日志的证明，可离线核验，不依赖本服务。',
      en: 'Proof that a record stands in the log; it is verified offline and does not need this service.',
    },
  },
  {
    name: { zh: '数据证明', en: 'Figure proof' },
    text: {
      zh: '一个数据项及其计算路径的证明，其余内容不公开。',
      en: 'Proof of one figure and the way it was computed, with everything else kept closed.',
    },
  },
  {
    name: { zh: '检查点', en: 'Checkpoint' },
    text: {
      zh: '服务对日志当前长度和根哈希的签名；此前的条目不能再更改。',
      en: 'The service’s signature over length and root hash of the log; what came before cannot be changed any more.',
    },
  },
  {
    name: { zh: '见证', en: 'Cosigning' },
    text: {
      zh: '其他组织核对日志后的签名，防止向不同的人出示不同的日志。',
      en: 'Signatures of other organisations that checked the log, so that nobody is shown another one.',
    },
  },
  {
    name: { zh: '核验策略', en: 'Policy' },
    text: {
      zh: '核验回执所需的公钥与见证数。应一次性从可信途径取得并长期保存。',
      en: 'The public keys and the number of cosigners that receipts are checked by. Get it once from a source that you trust, and keep it.',
    },
  },
  {
    name: { zh: '摘要', en: 'Digest' },
    text: {
      zh: '由文件算出的 SHA-256 与 SM3 值。文件改动一个字节，摘要就不同；由摘要不能还原文件。',
      en: 'SHA-256 and SM3 of a file. One changed byte gives another digest, and a digest does not give back the file.',
    },
  },
  {
    name: { zh: '统一社会信用代码', en: 'USCC' },
    text: { zh: '十八位，末位为校验码（GB 32100）。', en: 'Eighteen characters, the last of them a check (GB 32100).' },
  },
  {
    name: { zh: '低位发热量', en: 'Net calorific value' },
    text: {
      zh: '单位燃料完全燃烧放出、扣除水蒸气潜热后的热量。',
      en: 'Heat that a unit of fuel gives when it burns completely, less the latent heat of steam.',
    },
  },
  {
    name: { zh: '元素碳含量', en: 'Carbon content' },
    text: {
      zh: '每吨燃料所含的碳。未按规定检测的月份按缺省值计算，缺省值偏高。',
      en: 'Carbon in a tonne of fuel. A month without a compliant test takes the default value, which is high.',
    },
  },
];
