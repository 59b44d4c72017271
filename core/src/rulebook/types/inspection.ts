import { z } from 'zod';
import { fromHex, toHex, utf8Encode } from '../../bytes';
import { canonicalize } from '../../canonical';
import { sha256 } from '../../digest';
import type { Fault } from '../../errors';
import { usccSchema } from '../../records/fields';
import type { LedgerRecord } from '../../records/record';
import { isInRegion, isStanding } from '../authority';
import { citedOf } from '../cited';
import { contentFault, daySchema, ruleFault, textSchema, titled, titledChoice } from '../content';
import type { CheckInput, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';
import type { Effect } from '../effects';

/** 32 bytes: a seed, or what commits to one. */
export const hexSchema = z.string().regex(/^[0-9a-f]{64}$/, 'not 32 bytes in hex');
const roleIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/, 'not a role id');
const yearSchema = z.string().regex(/^[0-9]{4}$/, 'not a year');

const coveredSchema = z.strictObject({
  uscc: titled(usccSchema, 'Plant', '被检查单位'),
  years: titled(z.array(yearSchema).min(1).max(10), 'Years', '检查年度'),
});
/** Role ids, never names: no personal data goes on the ledger. The party is who signs, and may read what is inspected. */
const inspectorSchema = z.strictObject({
  role: titled(roleIdSchema, 'Role id', '检查人员编号'),
  party: titled(usccSchema, 'Party', '所属机构'),
});

const inspectionContent = z.strictObject({
  stage: titledChoice(
    { plan: { en: 'Plan, under seal', zh: '方案（密封）' }, open: { en: 'Opened', zh: '启动' } },
    'Stage',
    '阶段',
  ),
  basis: titled(textSchema, 'Basis', '检查依据'),
  /** Of whom the sample is drawn. */
  frame: titled(z.array(usccSchema).min(1).max(400), 'Drawn from', '抽样范围'),
  size: titled(z.int().min(1).max(400), 'Sample size', '抽取数量'),
  /** Plants are ordered by SHA-256 of seed and USCC; the first so many are drawn. */
  rule: titledChoice(
    {
      'lowest-hash': { en: 'Lowest hash', zh: '最小散列' },
      'lowest-ticket': { en: 'Lowest hash of its tickets', zh: '按风险签数取最小散列' },
    },
    'Rule of the sample',
    '抽样规则',
  ),
  /** By risk: as many places in the draw as a plant has tickets; those of the frame, in its order. */
  tickets: titled(z.array(z.int().min(1).max(20)).min(1).max(400).optional(), 'Tickets', '风险签数'),
  /** Last day on which it is to be opened: the authority is reminded of it. The day itself is told to nobody beforehand. */
  openBy: titled(daySchema.optional(), 'To be opened by', '最迟启动日期'),
  /** SHA-256 of the seed: who planned cannot choose the plants afterwards. */
  commitment: titled(hexSchema, 'Commitment to the seed', '随机种子承诺值'),
  seed: titled(hexSchema.optional(), 'Seed', '随机种子'),
  covered: titled(z.array(coveredSchema).min(1).max(400).optional(), 'Plants and years', '检查对象'),
  inspectors: titled(z.array(inspectorSchema).min(2).max(40).optional(), 'Inspectors', '检查人员'),
  /** Numbers of the inspection notice and of the papers that the inspectors show. */
  papers: titled(z.array(textSchema).min(1).max(40).optional(), 'Papers shown', '出示文书'),
});
export type InspectionContent = z.infer<typeof inspectionContent>;
type Input = CheckInput<InspectionContent>;

const opened = ['seed', 'covered', 'inspectors', 'papers'] as const;

/** SHA-256 of seed and USCC, and of the number of each further ticket: the lowest is the plant's place. */
function placeOf(seed: string, uscc: string, tickets: number): string {
  const places = Array.from({ length: tickets }, (_, index) =>
    toHex(sha256(utf8Encode([seed, uscc, ...(index === 0 ? [] : [String(index)])].join('\n')))),
  );
  return places.reduce((lowest, place) => (place < lowest ? place : lowest));
}

/** What a sample is drawn from. */
type SampleFrame = Pick<InspectionContent, 'frame' | 'size' | 'tickets'>;

/** What a seed draws (plants, months, documents): the first so many by their places. */
export function drawnSample(seed: string, { frame, size, tickets }: SampleFrame): string[] {
  const places = new Map(frame.map((uscc, index) => [uscc, placeOf(seed, uscc, tickets?.[index] ?? 1)]));
  const ordered = [...frame].sort((a, b) => ((places.get(a) ?? '') < (places.get(b) ?? '') ? -1 : 1));
  return ordered.slice(0, size).sort();
}

function stageFaults({ content }: Input): Fault[] {
  const wants = content.stage === 'open';
  return opened
    .filter((field) => (content[field] !== undefined) !== wants)
    .map((field) => contentFault(field, wants ? 'an inspection that is opened says it' : 'a plan keeps it under seal'));
}

function frameFaults({ content: { frame, size, rule, tickets } }: Input): Fault[] {
  if ((rule === 'lowest-ticket') !== (tickets !== undefined))
    return [contentFault('tickets', 'they stand there where the rule draws by them, and nowhere else')];
  if (tickets !== undefined && tickets.length !== frame.length)
    return [contentFault('tickets', `${String(frame.length)} plants have ${String(tickets.length)}`)];
  const twice = frame.find((uscc, index) => frame.indexOf(uscc) !== index);
  if (twice !== undefined) return [contentFault('frame', `${twice} stands there twice`)];
  return size > frame.length ? [contentFault('size', `only ${String(frame.length)} can be drawn`)] : [];
}

/** What was planned is what is opened: the same frame, size and seed. */
function planFaults({ content, scope }: Input): Fault[] {
  const [plan] = citedOf(scope, 'plan', 'inspection');
  if (content.stage === 'plan' || plan === undefined) return [];
  const faults: Fault[] = [];
  for (const field of ['basis', 'frame', 'size', 'rule', 'tickets', 'commitment'] as const)
    if (canonicalize(content[field] ?? null) !== canonicalize(plan.content[field] ?? null))
      faults.push(contentFault(field, 'differs from the plan'));
  return plan.scope.key === scope.key
    ? faults
    : [...faults, { path: '/cites', code: 'CITATION_MISMATCH', message: `${plan.scope.key} is another inspection` }];
}

function sampleFaults({ content }: Input): Fault[] {
  const { seed, covered, commitment } = content;
  if (seed === undefined || covered === undefined) return [];
  if (toHex(sha256(fromHex(seed))) !== commitment) return [contentFault('seed', 'is not what the plan committed to')];
  const drawn = drawnSample(seed, content);
  const named = covered.map(({ uscc }) => uscc).sort();
  return canonicalize(named) === canonicalize(drawn)
    ? []
    : [contentFault('covered', `the seed draws ${drawn.join(', ')}`, { drawn })];
}

function inspectorFaults({ content: { inspectors = [] } }: Input): Fault[] {
  const roles = new Set(inspectors.map(({ role }) => role));
  return roles.size === inspectors.length
    ? []
    : [ruleFault('国令775 art. 17', '/content/inspectors', 'two persons at least')];
}

async function partyFaults({ content, issuer, state }: ConditionInput<InspectionContent>): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const [index, uscc] of content.frame.entries()) {
    const party = await state.get('party', uscc);
    if (!isStanding(party) || !isInRegion(issuer, party.content.region))
      faults.push(
        contentFault(`frame/${String(index)}`, `${uscc} is no party of this region`, {}, 'NOT_ALLOWED_TO_FILE'),
      );
  }
  for (const [index, { party: uscc }] of (content.inspectors ?? []).entries()) {
    const party = await state.get('party', uscc);
    const serves = uscc === issuer.uscc || (isStanding(party) && party.content.kind === 'inspector');
    if (!serves)
      faults.push(contentFault(`inspectors/${String(index)}/party`, `${uscc} is no inspector`, {}, 'PARTY_UNKNOWN'));
  }
  return faults;
}

function freezing({ content, id }: EffectInput<InspectionContent>): Effect[] {
  return (content.covered ?? []).flatMap(({ uscc, years }) =>
    years.map((year): Effect => ({ do: 'freeze', uscc, year, inspection: id })),
  );
}

function isOpen({ content }: Pick<LedgerRecord, 'content'>): boolean {
  return content['stage'] === 'open';
}

/** 飞行检查: planned with a sealed seed, opened with it. Opening freezes what is anchored of the plants' years. */
export const inspection: RecordTypeSpec<InspectionContent> = {
  type: 'inspection',
  title: { en: 'Inspection', zh: '飞行检查' },
  content: inspectionContent,
  filed: [
    { by: 'city-authority', as: 'self' },
    { by: 'province-authority', as: 'self' },
    { by: 'national-authority', as: 'self' },
  ],
  number: true,
  unit: 'none',
  period: 'year',
  process: 'inspection',
  filing: (record) => (isOpen(record) ? 'filed.open' : 'filed'),
  cites: (record) => [
    ...(isOpen(record) ? [{ role: 'plan', type: 'inspection', min: 1, max: 1, own: true } as const] : []),
    { role: 'rule-set', type: 'rule-set', min: 0, max: 100 },
    { role: 'screening-result', type: 'screening-result', min: 0, max: 40 },
  ],
  effects: freezing,
  concerns: ({ issuer, content }) => {
    const { covered = [], inspectors = [] } = content as Partial<InspectionContent>;
    return [issuer, ...covered.map(({ uscc }) => uscc), ...inspectors.map(({ party }) => party)];
  },
  check: (input) => [
    ...stageFaults(input),
    ...frameFaults(input),
    ...planFaults(input),
    ...sampleFaults(input),
    ...inspectorFaults(input),
  ],
  conditions: partyFaults,
  example: {
    stage: 'plan',
    basis: '碳排放数据质量专项监督执法',
    frame: ['91140000MA0FAKE01X'],
    size: 1,
    rule: 'lowest-hash',
    commitment: '66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925',
  },
};
