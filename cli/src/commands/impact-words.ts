import { figureWords, type AccountChange, type Title } from '@carbon-ledger/core';
import { pad } from '../output/table';
import type { Language } from '../output/language';

/** Accounts of an impact as notices name them; English keeps the names that `--json` has. */
const accounts: Readonly<Record<AccountChange['account'], string>> = {
  ...{ held: '持有配额', surrendered: '已清缴配额', cancelled: '已注销配额', deducted: '已核减配额' },
  ...{ handBack: '应退回配额', deduction: '待核减配额', obligation: '应清缴量' },
  ...{ ccerConfirmed: '已确认抵销量', ccerCancelled: '已注销 CCER', ccerBooked: '已登记抵销量' },
  ...{ ccerIssued: 'CCER 签发量', ccerFrozen: 'CCER 冻结量', ccerUsed: 'CCER 已用量' },
};

export function accountTitle(account: AccountChange['account'], language: Language): string {
  return language === 'zh' ? accounts[account] : account;
}

/** The name of a sum in tonnes. */
export function tonnesTitle(name: string, language: Language): string {
  return language === 'zh' ? figureWords(name).zh : name;
}

/** A line of a list of sums: its name, then what it comes to. */
export function sumLine(name: string, value: string): string {
  return `  ${pad(name, 22)} ${value}`;
}

export const notKnown: Title = { en: 'not known', zh: '未知' };
export const notComputed: Title = { en: 'cannot be computed any more', zh: '无法再计算' };

export const heads = {
  figure: { en: 'FIGURE', zh: '数据项' },
  now: { en: 'NOW', zh: '现值' },
  then: { en: 'THEN', zh: '撤回后' },
  change: { en: 'CHANGE', zh: '变动' },
  unit: { en: 'UNIT', zh: '单位' },
  party: { en: 'PARTY', zh: '主体' },
  year: { en: 'YEAR', zh: '年度' },
  account: { en: 'ACCOUNT', zh: '账目' },
  footprint: { en: 'FOOTPRINT', zh: '产品碳足迹' },
  nowInTonnes: { en: 'NOW tCO2e', zh: '现值（tCO2e）' },
  thenInTonnes: { en: 'THEN tCO2e', zh: '撤回后（tCO2e）' },
  changeInTonnes: { en: 'CHANGE t', zh: '变动（吨）' },
} as const satisfies Readonly<Record<string, Title>>;

/** A change with its sign. */
export function signed(delta: string): string {
  return delta.startsWith('-') || delta === '0' ? delta : `+${delta}`;
}
