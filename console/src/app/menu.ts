import type { Words } from '../language/language';

export interface MenuItem {
  readonly href: string;
  readonly words: Words;
}

/** What everybody sees, signed in or not. */
export const publicMenu: readonly MenuItem[] = [
  { href: '/', words: { zh: '首页', en: 'Home' } },
  { href: '/check', words: { zh: '核验', en: 'Check' } },
  { href: '/records', words: { zh: '记录', en: 'Records' } },
  { href: '/trace', words: { zh: '溯源', en: 'Trace' } },
  { href: '/parties', words: { zh: '主体', en: 'Parties' } },
  { href: '/log', words: { zh: '日志', en: 'Log' } },
  { href: '/knowledge', words: { zh: '知识库', en: 'Knowledge' } },
];

function recordsOf(type: string, by: 'issuer' | 'party', uscc: string, zh: string, en: string): MenuItem {
  return { href: `/records?type=${type}&${by}=${uscc}`, words: { zh, en } };
}

const inbox: MenuItem = { href: '/inbox', words: { zh: '待办', en: 'Inbox' } };
const plantYear: MenuItem = { href: '/plant-year', words: { zh: '核对年度数据', en: 'Check a plant-year' } };

type Side = (uscc: string) => readonly MenuItem[];

const enterprise: Side = (uscc) => [
  recordsOf('monthly-evidence', 'party', uscc, '月度存证', 'Monthly evidence'),
  recordsOf('test-report', 'party', uscc, '检测报告', 'Test reports'),
  recordsOf('annual-report', 'party', uscc, '年度报告', 'Annual reports'),
  recordsOf('verification-conclusion', 'party', uscc, '核查结论', 'Verification conclusions'),
  recordsOf('allowance-issuance', 'party', uscc, '配额', 'Allowances'),
  recordsOf('surrender', 'party', uscc, '清缴', 'Surrender'),
  plantYear,
];

const laboratory: Side = (uscc) => [
  recordsOf('sample-receipt', 'issuer', uscc, '样品接收', 'Sample receipts'),
  recordsOf('test-report', 'issuer', uscc, '检测报告', 'Test reports'),
];

const authority: Side = () => [
  { href: '/records?type=monthly-evidence', words: { zh: '月度存证', en: 'Monthly evidence' } },
  { href: '/records?type=annual-report', words: { zh: '年度报告', en: 'Annual reports' } },
  { href: '/records?type=verification-conclusion', words: { zh: '核查结论', en: 'Verification conclusions' } },
  { href: '/records?type=allowance-issuance', words: { zh: '配额发放', en: 'Allowance issuance' } },
  { href: '/records?type=revocation', words: { zh: '撤回', en: 'Withdrawals' } },
  { href: '/records?type=methodology', words: { zh: '核算方法学', en: 'Methodologies' } },
  plantYear,
];

const verifier: Side = (uscc) => [
  recordsOf('verification-conclusion', 'issuer', uscc, '核查结论', 'Verification conclusions'),
  { href: '/records?type=annual-report', words: { zh: '年度报告', en: 'Annual reports' } },
  plantYear,
];

const registry: Side = () => [
  { href: '/records?type=allowance-issuance', words: { zh: '配额发放', en: 'Allowance issuance' } },
  { href: '/records?type=surrender', words: { zh: '清缴', en: 'Surrender' } },
  { href: '/records?type=ccer-lot', words: { zh: 'CCER 签发批次', en: 'CCER lots' } },
  { href: '/records?type=ccer-cancellation', words: { zh: 'CCER 注销', en: 'CCER cancellations' } },
];

const inspector: Side = () => [
  { href: '/records?type=monthly-evidence', words: { zh: '月度存证', en: 'Monthly evidence' } },
  { href: '/records?type=test-report', words: { zh: '检测报告', en: 'Test reports' } },
  plantYear,
];

const sides: Readonly<Record<string, Side>> = {
  enterprise,
  preparer: enterprise,
  lab: laboratory,
  verifier,
  'city-authority': authority,
  'province-authority': authority,
  'national-authority': authority,
  'allowance-registry': registry,
  'ccer-registry': registry,
  inspector,
};

/** The side of the console that a party sees, by its kind. */
export function menuOf(kind: string, uscc: string): readonly MenuItem[] {
  return [inbox, ...(sides[kind]?.(uscc) ?? [])];
}
