import type { Words } from '../language/language';

export interface Term {
  readonly name: Words;
  readonly text: Words;
}

/** A term in Chinese and English, and what it means in both. */
type Row = readonly [zh: string, en: string, textZh: string, textEn: string];

const rows: readonly Row[] = [
  [
    '补报',
    'Filing late',
    '应报未报的月份或报告事后提交；账本按自己的时间记为逾期，不改期限。待办列出缺报的各项，点开即可填报。',
    'Filing a month or report after its day. The ledger marks it late by its own time and moves no deadline; the inbox lists what is missing, with its form.',
  ],
  [
    '催报',
    'Reminder',
    '账本不发催报函：待办和地区总览列出谁缺报、逾期几天；通知可由主管部门订阅。',
    'The ledger sends no reminders: the inbox and the region page tell who has not filed, and by how many days; authorities may subscribe to notices.',
  ],
  [
    '退回',
    'Return',
    '审核人写明理由和期限，要求重新提交；待办中的“重新提交”带出原内容，下一版替代原版，原版永久保留。',
    'A reviewer says why and until when it is to be filed anew. *File again* in the inbox brings what stood there; the next version replaces the one before, which stays.',
  ],
  [
    '延期',
    'Extension',
    '账本没有延期：期限由当年参数表给出，只能由发布参数表的主管部门以新版参数表改变；逾期提交仍被接受并标为逾期。',
    'There is none: days follow from the parameters of the year, and only their authority changes them by a next version. What is filed late is taken, and marked late.',
  ],
  [
    '热值',
    'Calorific value',
    '指收到基低位发热量（NCVar），单位 GJ/t，保留三位小数；由每日实测按煤量加权平均。',
    'The net calorific value as received (NCVar), GJ/t, three decimals: daily values, weighted by coal.',
  ],
  [
    '存证',
    'Anchoring evidence',
    '把文件摘要、数据项和签名写入账本，见“锚定”；存证证书（PDF）在记录页面下载。',
    'Writing digests, figures and a signature to the ledger, see Anchoring; the certificate (PDF) is on the record’s page.',
  ],
  [
    '履约',
    'Compliance',
    '企业在期限内清缴与核定排放量等量的配额（可用 CCER 抵销一部分），由省级确认。',
    'An enterprise surrenders as many allowances as it emitted, a part of it by CCER, in time; the province confirms it.',
  ],
  [
    '扣减',
    'Deduction',
    '核定配额少于已发放的预分配时，多发的部分从后续发放中扣减或退回。',
    'Where less is determined than was pre-allocated, the rest is deducted from later issues or handed back.',
  ],
  [
    '抵销',
    'Offset',
    '以已注销的 CCER 抵销一部分清缴义务，不超过上限；依次为申请、冻结、确认、注销、登记。',
    'Cancelled CCER in place of a part of what is owed, up to the cap: application, freeze, confirmation, cancellation, booking.',
  ],
  [
    '复核',
    'Objection',
    '企业对核查结果或配额有异议，自告知之日起若干工作日内申请；省级在期限内维持或变更。',
    'An enterprise objects to a conclusion or an allocation within working days of being told; the province confirms or changes it in time.',
  ],
  [
    '整改',
    'Rectification',
    '对检查问题或不符合项采取措施并提交报告；经确认后销号。',
    'Putting a finding or a nonconformity right, and reporting it; it is closed once confirmed.',
  ],
  [
    '挂条',
    'Open item',
    '未了结的检查问题、不符合项、复核和退回，列在“挂条拉账”，直至销号。',
    'What is not settled: findings, nonconformities, objections, returns, listed under Open items until closed.',
  ],
  [
    '销号',
    'Closure',
    '整改经核实后由主管部门关闭检查问题，从“挂条拉账”中消去。',
    'The authority closes findings that were put right; they leave the open items.',
  ],
  [
    '飞行检查',
    'Unannounced inspection',
    '按随机种子抽取企业、不事先通知的现场检查；方案先公布种子的承诺值，启动时公开种子。',
    'An inspection without notice of plants that a seed draws: the plan tells the seed’s digest first, the opening tells the seed.',
  ],
  [
    '缺省值',
    'Default value',
    '未实测或实测不合规时采用的规定值，通常使排放量偏高；地区总览列出多计的吨数。',
    'The value that stands where nothing was measured as required; it usually gives a higher emission, and the region page tells the tonnes.',
  ],
  [
    '抽样',
    'Sampling',
    '用公开的种子抽取样本：核查抽月份或材料，飞行检查抽企业；任何人可复算。',
    'Drawing by a seed that is told: months or documents of a verification, plants of an inspection. Anybody draws the same.',
  ],
  [
    '锚定',
    'Anchoring',
    '把一条已签名的记录写入账本。此后其内容的任何改动都能被发现；锚定不说明内容在此之前是真实的。',
    'Writing a signed record to the ledger. Any change of it can be noticed from then on; it does not show that the content was true before.',
  ],
  [
    '月度存证',
    'Monthly evidence',
    '重点排放单位每月结束后四十个自然日内报送的参数、数据及其支撑材料。',
    'Parameters, data and supporting papers that an emitting enterprise files within forty natural days after the end of each month.',
  ],
  [
    '数据质量控制方案',
    'Data quality control plan',
    '说明每个参数怎样测量、由谁测量、缺失时怎样处理的方案；月度存证须引用它。',
    'Says how each parameter is measured, by whom, and what is done where one is missing; monthly evidence cites it.',
  ],
  [
    '检测报告',
    'Test report',
    '检测机构对缩分煤样的检测结果，由检测机构自己签署。',
    'What a laboratory found in a composite coal sample, signed by the laboratory itself.',
  ],
  [
    '核查结论',
    'Verification conclusion',
    '核查机构对年度排放报告的结论。',
    'What a verifier concluded about an annual emission report.',
  ],
  [
    '配额',
    'Allowance',
    '一吨二氧化碳当量的排放额度，由主管部门发放，到期清缴。',
    'The right to emit one tonne of carbon dioxide equivalent, issued by the authority and surrendered when due.',
  ],
  [
    '预分配',
    'Pre-allocation',
    '年度数据核定之前先行发放的部分配额；核定之后多退少补。',
    'Allowances issued before the year is determined; what is too much or too little is settled afterwards.',
  ],
  [
    '清缴',
    'Surrender',
    '重点排放单位按经核定的排放量交回配额。',
    'An enterprise hands back allowances for its determined emission.',
  ],
  [
    '缺口',
    'Gap',
    '排放量减去应发配额；为正时须购买配额或以 CCER 抵销。',
    'Emission less allowances; where it is positive, allowances are bought or CCER used.',
  ],
  [
    'CCER（核证自愿减排量）',
    'CCER',
    '经核证的自愿减排量。用于抵销的不超过应清缴量的 5%；每个编号只能使用一次。',
    'Certified voluntary emission reduction. At most 5 % of the amount due may be offset with it, and each serial number is used once.',
  ],
  [
    '更正替代',
    'Supersession',
    '声明某条记录有误、将由新版本替代的记录；原记录仍留在日志中。',
    'Says that a record is wrong and a new version takes its place; the first one stays in the log.',
  ],
  [
    '撤回',
    'Withdrawal',
    '声明某条记录不再有效；引用它的记录随之失去依据，须逐一更正。',
    'Says that a record no longer stands; what cites it loses its grounds and has to be corrected.',
  ],
  [
    '业务键',
    'Business key',
    '统一社会信用代码/机组/时期/类型。同一业务键下至多一条记录有效。',
    'USCC/unit/period/kind. Under one key at most one record is current.',
  ],
  [
    '数据项',
    'Figure',
    '记录中的一个数值，地址为 业务键#名称。由公式得出的，任何持有记录的人都能重算。',
    'One number of a record, at the address key#name. Whoever has the records can recompute those that follow from a formula.',
  ],
  [
    '溯源',
    'Trace',
    '把一个数据项逐级追到来源并重算每一步；不符之处指明到参数。',
    'Follows a figure down to its sources and computes every step anew; where one does not follow, the parameter is named.',
  ],
  [
    '回执',
    'Receipt',
    '一条记录已载入日志的证明，可离线核验，不依赖本服务。',
    'Proof that a record stands in the log; it is verified offline and does not need this service.',
  ],
  [
    '数据证明',
    'Figure proof',
    '一个数据项及其计算路径的证明，其余内容不公开。',
    'Proof of one figure and the way it was computed, with everything else kept closed.',
  ],
  [
    '检查点',
    'Checkpoint',
    '服务对日志当前长度和根哈希的签名；此前的条目不能再更改。',
    'The service’s signature over length and root hash of the log; what came before cannot be changed any more.',
  ],
  [
    '见证',
    'Cosigning',
    '其他组织核对日志后的签名，防止向不同的人出示不同的日志。',
    'Signatures of other organisations that checked the log, so that nobody is shown another one.',
  ],
  [
    '核验策略',
    'Policy',
    '核验回执所需的公钥与见证数。应一次性从可信途径取得并长期保存。',
    'The public keys and the number of cosigners that receipts are checked by. Get it once from a source that you trust, and keep it.',
  ],
  [
    '摘要',
    'Digest',
    '由文件算出的 SHA-256 与 SM3 值。文件改动一个字节，摘要就不同；由摘要不能还原文件。',
    'SHA-256 and SM3 of a file. One changed byte gives another digest, and a digest does not give back the file.',
  ],
  [
    '统一社会信用代码',
    'USCC',
    '十八位，末位为校验码（GB 32100）。',
    'Eighteen characters, the last of them a check (GB 32100).',
  ],
  [
    '低位发热量',
    'Net calorific value',
    '单位燃料完全燃烧放出、扣除水蒸气潜热后的热量。',
    'Heat that a unit of fuel gives when it burns completely, less the latent heat of steam.',
  ],
  [
    '元素碳含量',
    'Carbon content',
    '每吨燃料所含的碳。未按规定检测的月份按缺省值计算，缺省值偏高。',
    'Carbon in a tonne of fuel. A month without a compliant test takes the default value, which is high.',
  ],
];

/** The words of this ledger and of the market, said plainly. */
export const glossary: readonly Term[] = rows.map(([zh, en, textZh, textEn]) => ({
  name: { zh, en },
  text: { zh: textZh, en: textEn },
}));
