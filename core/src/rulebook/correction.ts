import { z } from 'zod';
import { withArticle, type Fault } from '../errors';
import type { RecordScope } from '../methodology/scope';
import type { LedgerRecord } from '../records/record';
import { isInRegion, isStanding, levelOf, partyKinds, type FilingRule } from './authority';
import type { LedgerView } from '../state/view';
import { contentFault, textSchema, titled, titledChoice } from './content';
import type { ConditionInput, PartyFacts } from './spec';

/** What supersession and revocation share: a reason, and exactly one record that they are about. */
export const correctionContent = z.strictObject({
  reason: titledChoice(
    {
      CORRECTION: { en: 'Correction', zh: '更正错误' },
      RULE_CHANGE: { en: 'Change of rules', zh: '规则变更' },
      RETURNED: { en: 'Returned', zh: '审核退回' },
      VERIFICATION: { en: 'Verification', zh: '核查要求' },
      WITHDRAWN_BY_ISSUER: { en: 'Withdrawn by its issuer', zh: '签署方撤回' },
      FINDING: { en: 'Finding of an inspection', zh: '检查发现' },
    },
    'Reason',
    '原因代码',
  ),
  /** Why an accepted plan may be revised (核算与报告指南 9.3); of nothing else. */
  revision: titledChoice(
    {
      NEW_SOURCE: { en: 'Facilities changed, or a new fuel or material', zh: '排放设施变化或使用新燃料、物料' },
      BETTER_METER: { en: 'New meters or methods that are more exact', zh: '采用新的测量仪器和方法提高准确度' },
      WRONG_METHOD: { en: 'The method in use gives wrong data', zh: '原测量方法所产生的数据不正确' },
      BETTER_DATA: { en: 'The change makes the data more exact', zh: '更改方案可提高数据准确度' },
      AGAINST_GUIDELINE: { en: 'The plan is not as the guideline asks', zh: '方案不符合核算与报告指南要求' },
      ORDERED: { en: 'Ordered by the national authority', zh: '生态环境部明确的其他情形' },
    },
    'Reason of a revision',
    '方案修订情形',
  ).optional(),
  statement: titled(textSchema, 'Statement', '说明'),
});
export type CorrectionContent = z.infer<typeof correctionContent>;

/** Everybody but a device: correcting is a decision. Whose record it may be is said below. */
export const correctors: readonly FilingRule[] = partyKinds
  .filter((kind) => kind !== 'device')
  .map((by) => ({ by, as: 'party' }));

/** Records of the nation's rules: nobody but the national authority corrects them. */
const ofTheNation: ReadonlySet<string> = new Set([
  'methodology',
  'parameter',
  'emission-factor',
  'working-days',
  'rule-edition',
  'rule-set',
]);

/** The label names the kind that is corrected: `supersession.monthly-evidence`. Dots of that kind become underscores. */
export function correctionKind(type: 'supersession' | 'revocation' | 'ccer-reversal', corrected: string): string {
  return `${type}.${corrected.replaceAll('.', '_')}`;
}

function refusal(message: string): Fault {
  return { path: '/issuer', code: 'NOT_ALLOWED_TO_FILE', message };
}

/** What the type alone forbids, whoever issued the record. */
function typeFaults(type: string, level: number): Fault[] {
  if (ofTheNation.has(type) && level < 3)
    return [refusal(`${withArticle(type)} is corrected by the national authority alone`)];
  // Whoever withdrew its own units could have them registered, and be given allowances, once more.
  if (type === 'facility' && level < 2)
    return [refusal('a registration of units is withdrawn by the province or the national authority')];
  return [];
}

/**
 * Whose records a party may correct: its own; as the province or the nation, those about parties of its region, unless
 * a higher level filed them. A city returns what it reviews, and corrects nothing of others.
 */
export async function correctorFaults(
  { issuer, state }: Pick<ConditionInput<unknown>, 'issuer' | 'state'>,
  target: Pick<LedgerRecord, 'type' | 'issuer' | 'subject'>,
): Promise<Fault[]> {
  const level = levelOf(issuer.kind);
  const ofType = typeFaults(target.type, level);
  if (ofType.length > 0) return ofType;
  if (target.type === 'party') return partyFaults(issuer, state, target.subject.uscc);
  if (target.issuer === issuer.uscc) return [];
  if (level < 2) return [refusal('only the issuer of a record, its province or the national authority may correct it')];
  const subject = await state.get('party', target.subject.uscc);
  if (subject === undefined || !isInRegion(issuer, subject.content.region))
    return [refusal(`${target.subject.uscc} is not of this authority’s region`)];
  const filer = await state.get('party', target.issuer);
  return filer !== undefined && levelOf(filer.content.kind) > level
    ? [refusal(`a record of ${withArticle(filer.content.kind)} is not corrected by ${withArticle(issuer.kind)}`)]
    : [];
}

/** A registration is withdrawn by whoever may register: the province of the party's region, or the national authority. */
async function partyFaults(issuer: PartyFacts, state: LedgerView, uscc: string): Promise<Fault[]> {
  const party = await state.get('party', uscc);
  if (!isStanding(party)) return [refusal(`${uscc} is ended already`)];
  if (uscc === issuer.uscc) return [refusal('a party does not withdraw its own registration')];
  const { kind, region } = party.content;
  const isNational = issuer.kind === 'national-authority';
  const isOfProvince =
    issuer.kind === 'province-authority' &&
    levelOf(kind) < 2 &&
    !kind.endsWith('-registry') &&
    isInRegion(issuer, region);
  return isNational || isOfProvince ? [] : [refusal(`${withArticle(kind)} of ${region} is ended by its own registrar`)];
}

/** A plan is revised for one of six reasons, and says which. */
function revisionFaults({ revision }: CorrectionContent, own: LedgerRecord, target: LedgerRecord): Fault[] {
  const isAsked = own.type === 'supersession' && target.type === 'quality-control-plan';
  if ((revision !== undefined) === isAsked) return [];
  const message = isAsked ? 'a plan is revised for one of the six reasons: say which' : 'only a plan is revised';
  return [contentFault('revision', message)];
}

/**
 * A conclusion is not withdrawn while the enterprise objects to it: a decision acts on what stands or waits, so the
 * objection could never be decided. Its report has the case that says so.
 */
async function contestedFaults(
  { record, state }: ConditionInput<CorrectionContent>,
  { key, record: target }: RecordScope,
): Promise<Fault[]> {
  if (record.type !== 'revocation' || target.type !== 'verification-conclusion') return [];
  const report = target.cites.find(({ role }) => role === 'annual-report')?.key ?? '';
  const about = report === '' ? undefined : await state.get('case', `annual-report/${report}`);
  if (about?.s !== 'OBJECTED') return [];
  const message = `${key} is objected to: the province decides that first, and where it is changed a next version follows`;
  return [{ path: '/cites', code: 'STATE_CONFLICT', message, details: { key, report, state: about.s } }];
}

/** Faults of a correction: who may, and whether its kind names what it corrects. */
export async function correctionFaults(
  input: ConditionInput<CorrectionContent>,
  role: 'superseded' | 'revoked',
): Promise<Fault[]> {
  const [target] = input.scope.cited.get(role) ?? [];
  if (!target) return [];
  const { record } = input;
  const expected = correctionKind(record.type === 'supersession' ? 'supersession' : 'revocation', target.record.kind);
  const faults = [
    ...(await correctorFaults(input, target.record)),
    ...revisionFaults(input.content, record, target.record),
    ...(await contestedFaults(input, target)),
  ];
  if (record.kind === expected) return faults;
  return [...faults, { path: '/kind', code: 'BAD_RECORD', message: `the kind must be ${expected}` }];
}
