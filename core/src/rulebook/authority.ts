import { shanghaiDay } from '../calendar';
import { withArticle, type Fault } from '../errors';
import { holdsRegion, reachOf } from '../identifiers';
import type { LedgerRecord } from '../records/record';
import type { Engagement, EngagementRoster, PartyState } from '../state/kinds';
import type { Title } from './spec';

/** Kinds of party. `device` is owned by another party and signs for it. */
export const partyKinds = [
  'enterprise',
  'lab',
  'preparer',
  'verifier',
  'city-authority',
  'province-authority',
  'national-authority',
  'allowance-registry',
  'ccer-registry',
  'inspector',
  'device',
] as const;
export type PartyKind = (typeof partyKinds)[number];

/** Kinds of party as notices name them. */
export const partyKindTitles: Readonly<Record<PartyKind, Title>> = {
  enterprise: { en: 'Emitting enterprise', zh: '重点排放单位' },
  lab: { en: 'Laboratory', zh: '检测机构' },
  preparer: { en: 'Report preparer', zh: '咨询机构' },
  verifier: { en: 'Verifier', zh: '核查机构' },
  'city-authority': { en: 'City authority', zh: '市级生态环境主管部门' },
  'province-authority': { en: 'Provincial authority', zh: '省级生态环境主管部门' },
  'national-authority': { en: 'National authority', zh: '国家生态环境主管部门' },
  'allowance-registry': { en: 'Allowance registry', zh: '碳排放权注册登记机构' },
  'ccer-registry': { en: 'CCER registry', zh: '自愿减排注册登记机构' },
  inspector: { en: 'Inspector', zh: '监督检查人员' },
  device: { en: 'Device', zh: '监测设备' },
};

/**
 * How a party must stand to the subject of a record.
 * `self`: it is the subject · `region`: an authority whose region holds the subject's · `nation`: the national authority ·
 * `engaged`: named for this enterprise and year by a current engagement · `registry`: the registry of that kind, for any
 * registered party · `party`: nobody in particular; the type's own checks say who (party records, corrections).
 */
export const relations = ['self', 'region', 'nation', 'engaged', 'registry', 'party'] as const;
export type Relation = (typeof relations)[number];

/** One line of the authority table: this kind of party may file, standing so to the subject. */
export interface FilingRule {
  readonly by: PartyKind;
  readonly as: Relation;
  /** Only for kinds with one of these labels. */
  readonly labels?: readonly string[];
}

/** Who files and about whom, as the ledger knows both. */
export interface Standing {
  readonly filer: PartyState;
  readonly subject: PartyState | undefined;
  readonly engaged: EngagementRoster | undefined;
}

/** Kinds of authority by level: nobody corrects what a higher level filed. All others are at level 0. */
const levels: Partial<Record<PartyKind, number>> = {
  'city-authority': 1,
  'province-authority': 2,
  'national-authority': 3,
};

export function levelOf(kind: PartyKind): number {
  return levels[kind] ?? 0;
}

/** Whether an authority's region holds another (GB/T 2260; 深圳 and 新疆兵团 act for themselves). Nobody but an authority has a reach. */
export function isInRegion(authority: { readonly kind: PartyKind; readonly region: string }, region: string): boolean {
  const level = levelOf(authority.kind);
  return level === 3 || (level > 0 && reachOf(authority.region) !== '' && holdsRegion(authority.region, region));
}

/** Registered, and neither ended nor withdrawn. A suspended party remains one that others act about. */
export function isStanding(party: PartyState | undefined): party is PartyState {
  return party !== undefined && party.ended === undefined && party.content.status !== 'ended';
}

const purposes: Partial<Record<PartyKind, Engagement['as']>> = {
  lab: 'testing',
  verifier: 'verification',
  preparer: 'preparation',
};

/** What a party of a kind is engaged for; undefined for kinds that nobody engages. */
export function purposeOf(kind: PartyKind): Engagement['as'] | undefined {
  return purposes[kind];
}

/** As much of a record as its authority hangs on. */
export type Filing = Pick<LedgerRecord, 'issuer' | 'subject' | 'kind'>;

const tests: Readonly<Record<Relation, (record: Filing, standing: Standing) => boolean>> = {
  self: (record) => record.subject.uscc === record.issuer,
  region: (_, { filer, subject }) => isStanding(subject) && isInRegion(filer.content, subject.content.region),
  nation: (_, { filer, subject }) => isStanding(subject) && filer.content.kind === 'national-authority',
  engaged: (record, { filer, subject, engaged }) =>
    isStanding(subject) &&
    (engaged?.engaged ?? []).some(
      (one) => one.party === record.issuer && one.as === purposes[filer.content.kind] && one.ended !== true,
    ),
  registry: (_, { subject }) => isStanding(subject),
  party: () => true,
};

/** Whether one line of the table lets the record pass. */
export function admits(rule: FilingRule, record: Filing, standing: Standing): boolean {
  const label = labelOf(record.kind);
  const isOfLabel = rule.labels === undefined || (label !== undefined && rule.labels.includes(label));
  return isOfLabel && rule.by === standing.filer.content.kind && tests[rule.as](record, standing);
}

/** `city` of `review.city`; the name without its number of `engagement.testing-2`. */
export function labelOf(kind: string): string | undefined {
  return kind.split('.')[1]?.replace(/-[0-9]{1,4}$/, '');
}

/** `3` of `finding.3`: the number that the filer gave, where there may be several in a period. */
export function numberOf(kind: string): string | undefined {
  return /\.([1-9][0-9]{0,3})$/.exec(kind)?.[1];
}

const wording: Readonly<Record<Relation, string>> = {
  self: 'about itself',
  region: 'about a registered party of its region',
  nation: 'about a registered party',
  engaged: 'about an enterprise that engaged it for the year',
  registry: 'about a registered party',
  party: 'under the rules of the type',
};

function describeRule({ by, as, labels }: FilingRule): string {
  const only = labels === undefined ? '' : ` (${labels.join(', ')})`;
  return `${by} ${wording[as]}${only}`;
}

/** Faults of who files what about whom. A refusal tells who may. */
export function filingFaults(record: Filing, rules: readonly FilingRule[], standing: Standing): Fault[] {
  if (rules.some((rule) => admits(rule, record, standing))) return [];
  const { kind } = standing.filer.content;
  const allowed = rules.map(describeRule);
  const isOfKind = rules.some((rule) => rule.by === kind);
  const message = isOfKind
    ? `this ${kind} does not stand so to ${record.subject.uscc} that it may file ${withArticle(record.kind)}`
    : `${withArticle(kind)} may not file ${withArticle(record.kind)}`;
  return [
    {
      path: isOfKind ? '/subject/uscc' : '/issuer',
      code: 'NOT_ALLOWED_TO_FILE',
      message: `${message}; it is filed by: ${allowed.join('; ')}`,
      details: { kind, allowed },
    },
  ];
}

/** Whether a day lies behind the transaction. */
export function isFuture(day: string, time: string): boolean {
  return day > shanghaiDay(time);
}
