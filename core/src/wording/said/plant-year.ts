/** Of plant-year files: what they hold that cannot be read, and what of it does not fit together. */
export const saidOfPlantYears: Readonly<Record<string, string>> = {
  'not a plant-year file': '不是企业年度数据文件',
  'the plant-year file has faults': '企业年度数据文件有问题',
  'not a plant-year file: it needs reportYear, enterprise.uscc and units with unitId and months':
    '不是企业年度数据文件：须有 reportYear、enterprise.uscc，以及带 unitId 与 months 的 units',
  'the file cannot be compared: it does not say whose it is': '无法比对：文件没有写明是哪家企业的',
  'nothing of {}/{} is anchored': '{1} 的 {2} 没有任何已锚定的记录',
  'the file has something here that cannot be placed, and lacks this': '文件此处有无法归位的内容，而缺少这一项',
  'not a member that is read here': '此处不读取这样的字段',
  'not the rules of a report year': '不是报告年度的规则',
  '{} is not of a record type': '{1} 不是记录类型',

  // Values
  'not a month (YYYY-MM)': '不是月份（年-月）',
  'not a year (YYYY)': '不是年份（四位）',
  'not a day of a month (1 to 31)': '不是日（1 至 31）',
  'not a decimal number (digits with an optional point; no spaces, separators, full-width digits or exponent)':
    '不是小数（只含数字与小数点；不得有空格、分隔符、全角数字或指数）',
  'not a number: it has neither letter nor digit': '不是编号：既无字母也无数字',
  'neither "measured" nor "default … tC/GJ"': '既不是 "measured"，也不是 "default … tC/GJ"',
  'PLANT and - are not units': 'PLANT 与 - 不是机组',
  'the columns day, fc_t, ncv_GJ_t and mar_pct are needed, each once': '须有 day、fc_t、ncv_GJ_t、mar_pct 各一列',
  'more than {} units': '机组多于 {1} 台',
  'write {} alone: the figure is in {}': '只写 {1}：该数据项的单位即为 {2}',

  // Files and repetitions
  '{} is also the {} of {}: one document, one unit, one month': '{1} 同时是 {3} 的{2}：一份文件只属于一台机组的一个月',
  'R-D22: {} is about {}, not {}': 'R-D22：{1} 是关于 {2} 的，不是 {3}',
  'R-D01: {} is also the number of {}': 'R-D01：{1} 同时是 {2} 的编号',
  '{} is {}, which': '{1} 为 {2}，该编号',
  'daily rows of {}/{} stand there twice': '{1} {2} 的每日数据出现两次',
  'this month stands there twice': '该月出现两次',
  'this day stands there twice': '该日出现两次',
  '{} cites {} records as {}; it must be {} to {}': '{1} 以“{3}”引用 {2} 条记录，应为 {4} 至 {5} 条',
  '{} is also the record of {}': '{1} 同时是 {2} 的记录',

  // Days
  '{} is not a month of {}': '{1} 不是 {2} 年的月份',
  'R-D02: {} {} lies before {} {}': 'R-D02：{1} {2} 早于 {3} {4}',
  'issued - month end': '签发日 − 月末',
  'daysMonthEndToIssue: issued - month end gives {}, not {}': '月末至签发天数：签发日 − 月末 = {1}，不是 {2}',
  'received {}, before its month {} began': '收样日 {1}，早于所属月份 {2} 开始',
  'submitted {}, due {}': '提交于 {1}，期限 {2}',
  'submitted {}, before {} was over': '提交于 {1}，早于 {2} 结束',
  'day {} is missing': '缺少 {1} 日',
  'day {} is no day of the month': '{1} 日不在该月',
  'the file has no month {} of unit {}': '文件中没有 {2} 机组的 {1}',
  'closing of the month before': '上月期末',
  'opening_t of {}: the month before closed with {}, not {}': '{1} 期初库存：上月期末为 {2}，不是 {3}',
  '{}: the value in force is {}, not {}': '{1}：现行取值为 {2}，不是 {3}',

  // Allowances and offsets
  'allowances are surrendered once they are issued: state the final issuance in compliance.credits':
    '配额发放后方可清缴：请在 compliance.credits 中写明最终发放',
  '{} t are due to be handed back': '应退回 {1} 吨',
  'the range holds {}, not {}': '该编号段含 {1}，不是 {2}',
  'the lot holds': '该批次含',
  'frozen are': '已冻结',
  '{} {} to {}': '{1} {2} 至 {3}',
  'serial numbers of {} stand there twice': '{1} 的编号出现两次',
  'the procedure of {}': '{1} 的程序',
  '{} begins with a freeze: say which numbers are frozen': '{1}始于冻结：请写明冻结的编号',
  '{} asks that it be synced to the allowance registry first: say its projectType':
    '{1}要求先同步至碳排放权注册登记机构：请写明 projectType',
  'nothing of this lot is frozen that could be released': '该批次没有可解冻的编号',
  'for {} CCER is cancelled from {} to {}, not on {}': '{1} 年度的 CCER 于 {2} 至 {3} 注销，不在 {4}',
  'registered after it was cancelled ({})': '登记晚于注销（{1}）',
};
