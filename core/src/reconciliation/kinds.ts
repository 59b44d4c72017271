import type { Title } from '../methodology/spec';

/** How much a finding weighs: `block` holds up the surrender, `critical` is past the deadline. */
export type Severity = 'none' | 'info' | 'warn' | 'critical' | 'block';

interface KindWords {
  /** Case of the reconciliation table (domain rules, 4.5), or what it belongs to. */
  readonly rule: string;
  readonly severity: Severity;
  readonly title: Title;
}

const kind = (rule: string, severity: Severity, zh: string, en: string): KindWords => ({
  rule,
  severity,
  title: { zh, en },
});

/** Every answer that a row or an enterprise can get. */
export const findingKinds = {
  MATCHED: kind('C01', 'none', '一致', 'Matched'),
  AWAITING_BOOKING: kind('C02', 'info', '待次日登记', 'Waits for the next day'),
  MISSING_IN_ALLOWANCE_REGISTRY: kind('C02', 'warn', '注册登记机构缺失', 'Missing in the allowance registry'),
  MISSING_IN_VOLUNTARY_REGISTRY: kind('C03', 'block', '自愿减排注册登记机构缺失', 'Missing in the CCER registry'),
  QUANTITY_MISMATCH: kind('C04', 'block', '数量不一致', 'Quantities differ'),
  SERIAL_COUNT_MISMATCH: kind('C04', 'block', '序列号个数与数量不符', 'Serial numbers and quantity differ'),
  SERIAL_OVERLAP: kind('C05', 'block', '序列号重复使用', 'Serial numbers used twice'),
  DOUBLE_USE: kind('C05', 'block', '同一记录重复', 'The same record twice'),
  FROZEN_FOR_ANOTHER: kind('C05', 'block', '序列号已为他方或其他年度冻结', 'Frozen for another enterprise or year'),
  NOT_FROZEN: kind('4.2', 'warn', '未按程序先行冻结', 'Not frozen first'),
  OVER_CAP_5PCT: kind('C06', 'block', '超过抵销比例上限', 'Over the cap'),
  OBLIGATION_MISMATCH: kind('C06', 'warn', '应清缴量与核查结果不符', 'Obligation is not what was verified'),
  INELIGIBLE_PROJECT_IN_ETS: kind('C07', 'block', '项目已纳入配额管理', 'Project inside the allocation'),
  LATE: kind('C08', 'block', '超过清缴截止日期', 'After the deadline'),
  INELIGIBLE_VINTAGE: kind('C09', 'block', '减排量不在可用范围', 'Vintage not allowed'),
  CANCEL_PURPOSE_MISMATCH: kind('C10', 'block', '注销用途不符', 'Cancelled for another purpose'),
  OTHER_PURPOSE: kind('C10', 'info', '其他用途注销', 'Cancelled for another purpose, not offered'),
  ACCOUNT_BINDING_MISMATCH: kind('C11', 'block', '账户与企业不对应', 'Account of somebody else'),
  FORM_VS_CANCELLATION_MISMATCH: kind('C12', 'block', '申请表与注销量不符', 'Form and cancellations differ'),
  BOOKED_BEFORE_CANCELLED: kind('D+1', 'critical', '先登记后注销', 'Booked before it was cancelled'),
  BOOKED_LATE: kind('D+1', 'warn', '登记晚于次日', 'Booked after the next day'),
  NOT_ON_LEDGER: kind('ledger', 'warn', '账本无此注销记录', 'Not on the ledger'),
  LEDGER_DIFFERS: kind('ledger', 'critical', '与账本记录不符', 'The ledger says otherwise'),
  IN_DOUBT: kind('ledger', 'warn', '账本记录存疑', 'The record on the ledger is in doubt'),
  YEAR_WITHOUT_RULES: kind('form', 'block', '该履约年度无规则', 'No rules for its year'),
  UNREADABLE: kind('form', 'block', '无法读取', 'Cannot be read'),
} as const satisfies Record<string, KindWords>;

export type FindingKind = keyof typeof findingKinds;

export const isClean = (kinds: readonly FindingKind[]): boolean =>
  kinds.every((one) => findingKinds[one].severity === 'none' || findingKinds[one].severity === 'info');
