import { z } from 'zod';
import { formatDecimal, parseDecimal } from '../../decimal';
import type { Fault } from '../../errors';
import { citedOf } from '../cited';
import { contentFault, decimalSchema, numberSchema, ruleFault, textSchema, titled, tonnesSchema } from '../content';
import { sameIdentity } from '../identity';
import { isAsked } from '../parameters';
import { listingFaults } from '../listing';
import type { CheckInput, ConditionInput, RecordTypeSpec } from '../spec';

const rowSchema = z.strictObject({
  projectRef: titled(numberSchema.max(40), 'Project number', '项目编号'),
  qty: titled(tonnesSchema, 'Quantity, tCO2e', '注销量（tCO2e）'),
});

/** Contact data of the form stay in the document: no personal data goes on the ledger. */
const offsetApplicationContent = z.strictObject({
  enterpriseName: titled(textSchema, 'Name', '单位名称'),
  ccerAccount: titled(numberSchema.max(80), 'CCER account', '自愿减排注册登记系统账户'),
  allowanceAccount: titled(numberSchema.max(80), 'Allowance account', '全国碳排放权注册登记系统账户'),
  obligation_t: titled(tonnesSchema, 'To be surrendered, t', '应清缴配额总量（吨）'),
  applied_t: titled(tonnesSchema, 'Applied for, t', '申请抵销量（吨）'),
  share_pct: titled(decimalSchema, 'Share, %', '比例（%）'),
  rows: titled(z.array(rowSchema).min(1).max(100), 'Projects', '抵销项目'),
  /** The declaration of the form: true data, own account, no other use. */
  declared: titled(z.literal(true), 'Declared', '已作出承诺'),
});
export type OffsetApplicationContent = z.infer<typeof offsetApplicationContent>;
type Input = CheckInput<OffsetApplicationContent>;
type Conditions = ConditionInput<OffsetApplicationContent>;

/** Tonnes that the cited conclusion says to be due, and the most that may be offset of them. */
export function capOf(scope: Input['scope']): { readonly due: string; readonly cap: string } | undefined {
  const [conclusion] = citedOf(scope, 'verification-conclusion', 'verification-conclusion');
  const [parameters] = citedOf(scope, 'parameters', 'parameter');
  const due = conclusion?.scope.figures.get('verifiedEmission_tCO2')?.value;
  const rate = parameters?.content.values['ccerCapRate']?.value;
  if (due === undefined || rate === undefined) return undefined;
  return { due, cap: formatDecimal(parseDecimal(due).times(rate).floor(), 0) };
}

function amountFaults({ content, scope }: Input): Fault[] {
  const limits = capOf(scope);
  if (limits === undefined)
    return [contentFault('obligation_t', 'the cited records give no obligation', {}, 'FIGURE_MISSING')];
  const faults: Fault[] = [];
  if (content.obligation_t !== limits.due)
    faults.push(contentFault('obligation_t', `the verified emissions are ${limits.due} t`));
  if (BigInt(content.applied_t) > BigInt(limits.cap)) {
    const details = { rule: 'R-L21', used: content.applied_t, cap: limits.cap };
    faults.push(
      contentFault('applied_t', `R-L21: ${content.applied_t} t, but the cap is ${limits.cap} t`, details, 'OVER_CAP'),
    );
  }
  return faults;
}

function sumFaults({ content }: Input): Fault[] {
  const faults: Fault[] = [];
  const sum = content.rows.reduce((total, { qty }) => total + BigInt(qty), 0n).toString();
  if (sum !== content.applied_t)
    faults.push(ruleFault('C12', '/content/applied_t', `the rows come to ${sum} t`, { sum }));
  const share = formatDecimal(parseDecimal(content.applied_t).div(content.obligation_t).times(100), 2);
  if (share !== content.share_pct) faults.push(ruleFault('R-L33', '/content/share_pct', `the share is ${share} %`));
  return faults;
}

/** The name of the form is the one that the enterprise is registered under. */
async function nameFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  const name = (await state.get('party', record.subject.uscc))?.content.name;
  return name === content.enterpriseName
    ? []
    : [contentFault('enterpriseName', `${record.subject.uscc} is registered as ${String(name)}`)];
}

/** Where the procedure of the year asks for it, what is applied for is frozen first, and synced (domain 4.2). */
export async function procedureFaults(
  rows: OffsetApplicationContent['rows'],
  { scope, state }: Pick<Conditions, 'scope' | 'state'>,
): Promise<Fault[]> {
  const freezes = citedOf(scope, 'ccer-freeze', 'ccer-freeze');
  const asks = { freeze: isAsked(scope, 'offset.freeze'), sync: isAsked(scope, 'offset.sync') };
  const faults: Fault[] = [];
  const frozen = (project: string): bigint =>
    freezes.reduce(
      (sum, one) => sum + (sameIdentity(one.content.projectRef, project) ? BigInt(one.content.qty) : 0n),
      0n,
    );
  for (const [index, { projectRef, qty }] of rows.entries())
    if (asks.freeze && frozen(projectRef) < BigInt(qty)) {
      const message = `${frozen(projectRef).toString()} t of ${projectRef} are frozen and cited`;
      faults.push(contentFault(`rows/${String(index)}/qty`, message, {}, 'SERIAL_FROZEN'));
    }
  for (const {
    scope: { key },
  } of freezes) {
    const found = (await state.get('case', `ccer-freeze/${key}`))?.s;
    if (asks.sync && found !== 'SYNCED' && found !== 'APPLIED')
      faults.push({
        path: '/cites',
        code: 'STATE_CONFLICT',
        message: `${key} is ${String(found)}: it is synced first`,
      });
  }
  return faults;
}

async function accountFaults({ content, record, state }: Conditions): Promise<Fault[]> {
  const party = await state.get('party', record.subject.uscc);
  const bound = party?.content.identifiers ?? {};
  const pairs = [
    ['ccerAccount', 'ccerAccountId'],
    ['allowanceAccount', 'allowanceAccountId'],
  ] as const;
  return pairs.flatMap(([field, name]) => {
    const own = bound[name];
    return own !== undefined && sameIdentity(own, content[field])
      ? []
      : [ruleFault('C11', `/content/${field}`, `${content[field]} is not bound to ${record.subject.uscc}`)];
  });
}

/** 抵销申请表 of an enterprise for a compliance year: how much CCER it wants to use, and of which projects. */
export const offsetApplication: RecordTypeSpec<OffsetApplicationContent> = {
  type: 'offset-application',
  title: { en: 'Offset application', zh: '抵销申请表' },
  content: offsetApplicationContent,
  filed: [{ by: 'enterprise', as: 'self' }],
  unit: 'plant',
  period: 'year',
  process: 'offset-application',
  cites: () => [
    { role: 'parameters', type: 'parameter', min: 1, max: 1, same: ['year'] },
    {
      role: 'verification-conclusion',
      type: 'verification-conclusion',
      min: 1,
      max: 1,
      same: ['uscc', 'unit', 'year'],
    },
    { role: 'ccer-freeze', type: 'ccer-freeze', min: 0, max: 40, same: ['uscc', 'unit', 'year'], acts: true },
  ],
  acts: () => [{ role: 'ccer-freeze', trigger: 'offset-application' }],
  // What was frozen for it waits for the next application, or for its release.
  undo: () => [],
  check: (input) => [...amountFaults(input), ...sumFaults(input)],
  conditions: async (input) => [
    ...(await nameFaults(input)),
    ...(await accountFaults(input)),
    ...(await procedureFaults(input.content.rows, input)),
    ...(await listingFaults(input.record.subject, input.state)),
  ],
  example: {
    enterpriseName: '（虚构）晋北示范发电有限公司',
    ccerAccount: 'FIC-CCER-0000001',
    allowanceAccount: 'FIC-CEA-0000001',
    obligation_t: '4146356',
    applied_t: '60000',
    share_pct: '1.45',
    rows: [{ projectRef: '1467848700000000001', qty: '60000' }],
    declared: true,
  },
};
