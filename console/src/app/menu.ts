import { partyKinds, recordTypes, type PartyKind, type RecordType } from '@carbon-ledger/core';
import { typesFiledBy } from '../filing/draft';
import type { MenuItem } from './public-menu';

const inbox: MenuItem = { href: '/inbox', words: { zh: '待办', en: 'Inbox' } };
const file: MenuItem = { href: '/file', words: { zh: '填报', en: 'File' } };
const plantYear: MenuItem = { href: '/plant-year', words: { zh: '核对年度数据', en: 'Check a plant-year' } };
const year: MenuItem = { href: '/year', words: { zh: '年度总览', en: 'Year' } };
const engagements: MenuItem = { href: '/engagements', words: { zh: '委托', en: 'Engagements' } };
const reviews: MenuItem = { href: '/reviews', words: { zh: '审核', en: 'Reviews' } };
const region: MenuItem = { href: '/region', words: { zh: '地区总览', en: 'Region' } };
const reconcile: MenuItem = { href: '/reconcile', words: { zh: '对账比对', en: 'Reconcile files' } };
const inspection: MenuItem = { href: '/inspection', words: { zh: '现场检查', en: 'On-site check' } };

const sampling: MenuItem = { href: '/sampling', words: { zh: '抽样', en: 'Sampling' } };
const allocation: MenuItem = { href: '/allocation', words: { zh: '配额分配', en: 'Allocation' } };
const openItems: MenuItem = { href: '/open-items', words: { zh: '挂条拉账', en: 'Open items' } };
const forms: MenuItem = { href: '/forms', words: { zh: '空白表格', en: 'Empty forms' } };

function batch(kind: string, zh: string, en: string): MenuItem {
  return { href: `/batch/${kind}`, words: { zh, en } };
}

const months = batch('monthly-evidence', '批量填报月度存证', 'File months');
const annual = batch('annual-report', '批量填报年度报告', 'File annual reports');
const offset = batch('offset-application', '表格填报抵销申请', 'Apply for offsets by form');
const reports = batch('lab-results', '批量锚定检测报告', 'Anchor reports');

/** Pages of a kind of party beside its lists: where its day is done. */
const desks: Readonly<Partial<Record<PartyKind, readonly MenuItem[]>>> = {
  enterprise: [year, months, annual, offset, plantYear, openItems, forms],
  preparer: [engagements, year, plantYear, forms],
  lab: [reports, engagements, forms],
  verifier: [engagements, sampling, year, plantYear, openItems, forms],
  'city-authority': [reviews, region, openItems, year, inspection],
  'province-authority': [reviews, region, allocation, openItems, year, inspection, reconcile, plantYear, forms],
  'national-authority': [reviews, region, openItems, year, plantYear],
  'allowance-registry': [reconcile, year, forms],
  'ccer-registry': [reconcile, year, forms],
  inspector: [inspection, openItems, year, plantYear],
};

/** Types that a kind of party reads, beside those that it files itself. */
const reads: Readonly<Partial<Record<PartyKind, readonly RecordType[]>>> = {
  enterprise: ['test-report', 'verification-conclusion', 'allowance-issuance', 'surrender'],
  preparer: ['monthly-evidence'],
  verifier: ['annual-report', 'monthly-evidence'],
  'city-authority': ['monthly-evidence', 'annual-report'],
  'province-authority': ['monthly-evidence', 'annual-report', 'verification-conclusion'],
  'national-authority': ['annual-report', 'verification-conclusion', 'allowance-issuance'],
  'allowance-registry': ['allowance-issuance', 'ccer-cancellation'],
  'ccer-registry': ['offset-confirmation'],
  inspector: ['monthly-evidence', 'test-report'],
};

/** Corrections and registrations are reached from what they are about. */
const unlisted: ReadonlySet<RecordType> = new Set(['party', 'supersession', 'revocation', 'rule-edition']);

function listOf(type: RecordType, query = ''): MenuItem {
  return { href: `/records?type=${type}${query}`, words: recordTypes[type].title };
}

/** Lists of what the party files, as the authority table has it, and of what else it reads. */
function listsOf(kind: PartyKind, uscc: string): readonly MenuItem[] {
  const own = typesFiledBy(kind).filter((type) => !unlisted.has(type));
  const about = kind === 'enterprise' ? `&party=${uscc}` : '';
  const read = (reads[kind] ?? []).filter((type) => !own.includes(type));
  return [
    ...own.map((type) => listOf(type, about === '' ? `&issuer=${uscc}` : about)),
    ...read.map((type) => listOf(type, about)),
  ];
}

function isPartyKind(kind: string): kind is PartyKind {
  return (partyKinds as readonly string[]).includes(kind);
}

/** Pages where the day of a kind of party is done: what somebody can begin with for whom nothing waits. */
export function desksOf(kind: string): readonly MenuItem[] {
  return isPartyKind(kind) ? [...(desks[kind] ?? []), file] : [];
}

/** The side of the console that a party sees, by its kind: the same tables say what it may do. */
export function menuOf(kind: string, uscc: string): readonly MenuItem[] {
  if (!isPartyKind(kind)) return [inbox];
  return [inbox, file, ...(desks[kind] ?? []), ...listsOf(kind, uscc)];
}
