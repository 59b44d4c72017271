import type { RecordType } from '../records';
import { recordTypes } from '../rulebook/registry';
import type { Words } from './words';

/** Roles in which records are cited, where the role is no type of record itself. */
const roles: Readonly<Record<string, Words>> = {
  parameters: { zh: '参数表', en: 'Parameters' },
  'unit-evidence': { zh: '各机组月度存证', en: 'Monthly evidence of the units' },
  'unit-report': { zh: '各机组年度报告', en: 'Annual reports of the units' },
  'unit-conclusion': { zh: '各机组核查结论', en: 'Conclusions on the units' },
  'unit-issuance': { zh: '各机组配额', en: 'Allowances of the units' },
  'shared-belt-plan': { zh: '共用皮带的其他机组的数据质量控制方案', en: 'Plans of the other units on the belt' },
  'pre-issuance': { zh: '预分配', en: 'Pre-allocation' },
  application: { zh: '抵销申请', en: 'Offset application' },
  reviewed: { zh: '被审核的记录', en: 'What is reviewed' },
  superseded: { zh: '被更正的记录', en: 'What is corrected' },
  revoked: { zh: '被撤回的记录', en: 'What is withdrawn' },
  reversed: { zh: '被冲正的记录', en: 'What is reversed' },
  contested: { zh: '所异议的记录', en: 'What is contested' },
  questioned: { zh: '存疑的月度存证', en: 'Evidence in question' },
  evidence: { zh: '作为证据的记录', en: 'Evidence' },
  correction: { zh: '已更正的不符合项', en: 'Corrected nonconformities' },
  'conservative-estimate': { zh: '保守估算的不符合项', en: 'Nonconformities estimated conservatively' },
  'last-conclusion': { zh: '上一份核查结论', en: 'Last conclusion' },
  covered: { zh: '自查所及的记录', en: 'What is covered' },
  screened: { zh: '被筛查的记录', en: 'What is screened' },
  about: { zh: '所说明的记录', en: 'What is explained' },
  issuance: { zh: '所依据的配额发放', en: 'Issuance' },
  source: { zh: '数据来源记录', en: 'Sources' },
  factor: { zh: '所用排放因子', en: 'Factors' },
  upstream: { zh: '上游产品碳足迹', en: 'Footprints of what is bought' },
  synced: { zh: '被同步的冻结或注销', en: 'Freeze or cancellation' },
};

/** What documents are for. */
const documentRoles: Readonly<Record<string, Words>> = {
  report: { zh: '报告', en: 'Report' },
  evidence: { zh: '支撑材料', en: 'Supporting paper' },
  workbook: { zh: '填报表格', en: 'Filled form' },
  'delivery-slip': { zh: '送样单', en: 'Delivery slip' },
  'composite-record': { zh: '缩分样记录', en: 'Composite sample record' },
  'daily-coal': { zh: '每日入炉煤记录', en: 'Daily coal records' },
  'production-report': { zh: '生产报表', en: 'Production report' },
  'stock-ledger': { zh: '煤炭盘存台账', en: 'Stock ledger' },
  plan: { zh: '数据质量控制方案', en: 'Data quality control plan' },
  notice: { zh: '通知', en: 'Notice' },
  'verification-report': { zh: '核查报告', en: 'Verification report' },
  'cancellation-proof': { zh: '注销凭证', en: 'Proof of cancellation' },
  'surrender-notice': { zh: '清缴通知', en: 'Surrender notice' },
};

/** Labels of kinds, and parts of them. */
const labels: Readonly<Record<string, Words>> = {
  testing: { zh: '检测', en: 'Testing' },
  preparation: { zh: '报告编制', en: 'Preparation' },
  verification: { zh: '核查', en: 'Verification' },
  pre: { zh: '预分配', en: 'Pre-allocation' },
  adjustment: { zh: '调整', en: 'Adjustment' },
  enterprise: { zh: '企业', en: 'Enterprise' },
  verifier: { zh: '核查机构', en: 'Verifier' },
  city: { zh: '市级', en: 'City' },
  province: { zh: '省级', en: 'Province' },
  national: { zh: '国家', en: 'National' },
};

function typeWords(name: string): Words | undefined {
  return Object.hasOwn(recordTypes, name) ? recordTypes[name as RecordType].title : undefined;
}

function own(table: Readonly<Record<string, Words>>, name: string): Words | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function itself(name: string): Words {
  return { zh: name, en: name };
}

export function roleWords(role: string): Words {
  return typeWords(role) ?? own(roles, role) ?? itself(role);
}

export const documentRoleChoices: readonly string[] = Object.keys(documentRoles);

export function documentRoleWords(role: string): Words {
  return own(documentRoles, role) ?? itself(role);
}

/** A label of a kind that may be there several times: `testing-2`. */
function numberedWords(label: string): Words | undefined {
  const [, name = '', number = ''] = /^(.+)-([0-9]+)$/.exec(label) ?? [];
  const known = own(labels, name);
  return known && { zh: `${known.zh} ${number}`, en: `${known.en} ${number}` };
}

/** `province_monthly-evidence`: level and kind of what is acted on, each in words. */
export function labelWords(label: string): Words {
  const known = own(labels, label) ?? typeWords(label) ?? numberedWords(label);
  if (known !== undefined) return known;
  const parts = label.split('_').map((part) => own(labels, part) ?? typeWords(part) ?? itself(part));
  return {
    zh: parts.map(({ zh }) => zh).join(' · '),
    en: parts.map(({ en }) => en).join(' · '),
  };
}
