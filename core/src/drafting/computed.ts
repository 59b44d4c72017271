import { isDay, shanghaiDay, workingDeadline, type WorkingPeriod } from '../calendar';
import { formatDecimal, parseDecimal } from '../decimal';
import { workingYears } from '../agenda';
import type { RecordType } from '../records';
import { dayTermOf, noAllocation, reallocate, recordTypes, settlementOf, termOf, type ContentOf } from '../rulebook';
import { offsetTellings } from './computed-offsets';
import { citedIn, total, type Computing, type Fields, type Telling } from './computing';

/** Sum of the rows of a form, where each is a whole number of tonnes. */
function sumOfRows(rows: unknown): string | undefined {
  // What a filer states is judged later; here anything may stand, a null too.
  const quantities = Array.isArray(rows)
    ? rows.map((row: { readonly qty?: unknown } | null | undefined) => String(row?.qty))
    : [];
  if (quantities.length === 0 || !quantities.every((qty) => /^[0-9]{1,18}$/.test(qty))) return undefined;
  return quantities.reduce((sum, qty) => sum + BigInt(qty), 0n).toString();
}

/** Percent, two decimals; nothing of nothing. */
function shareOf(part: string | undefined, whole: string | undefined): string | undefined {
  if (part === undefined || whole === undefined || whole === '0') return undefined;
  return formatDecimal(parseDecimal(part).div(whole).times(100), 2);
}

/** 抵销申请表: name and accounts as registered, the obligation as verified, sum and share of its rows. */
async function application({ record, cites, source }: Computing): Promise<Fields> {
  const { name, identifiers = {} } = (await source.get('party', record.subject.uscc))?.content ?? {};
  const due = total(cites['verification-conclusion']?.[0], 'verifiedEmission_tCO2');
  const applied = sumOfRows(record.content['rows']);
  return {
    ...{ enterpriseName: name, obligation_t: due, applied_t: applied, share_pct: shareOf(applied, due) },
    ...{ ccerAccount: identifiers['ccerAccountId'], allowanceAccount: identifiers['allowanceAccountId'] },
  };
}

/** 配额登记发放: what an entitlement comes to after what was issued and deducted before. */
async function credit({ record, cites, source }: Computing): Promise<Fields> {
  const { uscc, period } = record.subject;
  const [issuance] = cites['issuance'] ?? [];
  const figure = issuance?.record.kind === 'allowance-issuance.pre' ? 'preallocation_tCO2' : 'allowance_tCO2';
  const entitled = total(issuance, figure);
  if (entitled === undefined) return {};
  const before = (await source.get('allocation', `${uscc}/${period}`)) ?? noAllocation;
  const { next, credited, deducted, remaining } = reallocate(before, BigInt(entitled));
  return {
    ...{ entitled_t: entitled, deducted_t: deducted.toString(), credited_t: credited.toString() },
    ...{ handBack_t: next.handBack, deductionLeft_t: remaining.toString(), account: 'enterprise' },
  };
}

/** 履约确认, 未足额清缴: how the year comes out. */
async function settlement({ record, source }: Computing): Promise<Fields> {
  const { obligation, allowances, ccer, overshoot, hits } = await settlementOf(source, record.subject);
  return {
    ...{ obligation_t: String(obligation ?? 0n), allowances_t: allowances.toString(), ccer_t: ccer.toString() },
    ...{ overshoot_t: overshoot.toString(), overshootBookings: hits.map(({ key }) => key) },
  };
}

async function missing(computing: Computing): Promise<Fields> {
  const { shortfall } = await settlementOf(computing.source, computing.record.subject);
  return { ...(await settlement(computing)), shortfall_t: shortfall.toString() };
}

/** 主体登记: what the next version does not state stays as it is registered. */
async function party({ record, source }: Computing): Promise<Fields> {
  return { ...(await source.get('party', record.subject.uscc))?.content };
}

/** The last working day of a period, by the calendars on the ledger. */
async function lastDay(
  from: string,
  period: WorkingPeriod,
  { rulebook, source }: Computing,
): Promise<string | undefined> {
  const years = await workingYears(rulebook, source);
  const own = years.find(({ year }) => year === from.slice(0, 4));
  return own && workingDeadline(from, own.periods[period], years).day;
}

/** 复核申请: the day on which the report's result was told, and the last one on which an objection is in time. */
async function objection(computing: Computing): Promise<Fields> {
  const [report] = computing.cites['annual-report'] ?? [];
  const told = report && (await computing.source.get('case', `annual-report/${report.key}`));
  const stated = computing.record.content['notifiedOn'];
  const notifiedOn = typeof stated === 'string' ? stated : told && shanghaiDay(told.t);
  const day = notifiedOn !== undefined && isDay(notifiedOn) ? notifiedOn : undefined;
  return { notifiedOn, due: day && (await lastDay(day, 'objection', computing)) };
}

async function decision(computing: Computing): Promise<Fields> {
  const [objected] = computing.cites['objection'] ?? [];
  const filed = objected && (await computing.source.get('case', `objection/${objected.key}`));
  return { due: filed && (await lastDay(shanghaiDay(filed.t), 'decision', computing)) };
}

/** 配额发放: the phase is said by its kind. */
function issuance({ record }: Computing): Fields {
  return { phase: record.kind.split('.')[1] ?? 'final' };
}

/** 清缴: until when, by the parameters of the year; while nothing is surrendered only the obligation is stated. */
function surrender({ record, cites }: Computing): Fields {
  const deadline = dayTermOf(
    (cites['parameters'] ?? []).map(({ record: table }) => table),
    'surrender.deadline',
  );
  return { deadline, ...(record.content['allowances'] === undefined ? { surrenderedOn: null } : {}) };
}

/** 退回, 结转: as much as is due to be handed back; the vintage into which is carried. */
async function transfer({ record, cites, source }: Computing): Promise<Fields> {
  const { uscc, period } = record.subject;
  const { how } = record.content;
  if (how === 'hand-back') return { quantity_t: (await source.get('allocation', `${uscc}/${period}`))?.handBack };
  if (how !== 'carry-over') return {};
  const [table] = cites['parameters'] ?? [];
  return { toVintage: table && termOf([table.record], 'carryOver.into') };
}

/** 信息公开: what stands on the ledger of the items that are public. */
async function disclosure(computing: Computing): Promise<Fields> {
  const { uscc, period } = computing.record.subject;
  const { source } = computing;
  const report = citedIn(computing, 'annual-report');
  const roster = await source.get('engaged', `${uscc}/${period}`);
  const labs = (roster?.engaged ?? []).filter(({ as }) => as === 'testing').map(({ party: lab }) => lab);
  return {
    name: (await source.get('party', uscc))?.content.name,
    emission_t: total(report, 'emission_tCO2'),
    verified_t: total(citedIn(computing, 'verification-conclusion'), 'verifiedEmission_tCO2'),
    laboratories: [...new Set(labs)].sort(),
    preparer: report?.record.content['preparer'],
  };
}

/** 整改: until the last day that the handover gives for what is put right. */
function rectification(computing: Computing): Fields {
  const handed = citedIn(computing, 'handover')?.record.content['tasks'] as ContentOf<'handover'>['tasks'] | undefined;
  const cited = new Set((computing.cites['finding'] ?? []).map(({ key }) => key));
  const days = (handed ?? []).filter(({ finding }) => cited.has(finding)).map(({ due }) => due);
  return { due: [...days].sort().at(-1) };
}

const settled = ['obligation_t', 'allowances_t', 'ccer_t', 'overshoot_t', 'overshootBookings'] as const;

const tellings: Partial<Record<RecordType, Telling>> = {
  'offset-application': {
    fields: ['enterpriseName', 'ccerAccount', 'allowanceAccount', 'obligation_t', 'applied_t', 'share_pct'],
    tell: application,
  },
  'allowance-issuance': { fields: ['phase'], tell: issuance },
  'allowance-credit': {
    fields: ['entitled_t', 'deducted_t', 'credited_t', 'handBack_t', 'deductionLeft_t', 'account'],
    tell: credit,
  },
  'allowance-transfer': { fields: ['toVintage'], tell: transfer },
  surrender: { fields: ['deadline'], tell: surrender },
  clearing: { fields: settled, tell: settlement },
  default: { fields: [...settled, 'shortfall_t'], tell: missing },
  disclosure: { fields: ['name', 'emission_t', 'verified_t', 'laboratories', 'preparer'], tell: disclosure },
  rectification: { fields: ['due'], tell: rectification },
  party: { fields: [], tell: party },
  objection: { fields: ['notifiedOn', 'due'], tell: objection },
  decision: { fields: ['due'], tell: decision },
  ...offsetTellings,
};

/** Fields that the filer of a type need not state: the ledger tells them. */
export function toldFields(type: RecordType): readonly string[] {
  const { due, content } = recordTypes[type];
  const hasDue = due !== undefined && 'shape' in content && Object.hasOwn(Object(content.shape) as object, 'due');
  return [...(hasDue ? ['due'] : []), ...(tellings[type]?.fields ?? [])];
}

/** Fields of a record that the ledger can tell by itself; whatever the filer states stands before them. */
export async function computedFields(type: RecordType, computing: Computing): Promise<Record<string, unknown>> {
  const fields = (await tellings[type]?.tell(computing)) ?? {};
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
