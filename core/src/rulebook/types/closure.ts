import { z } from 'zod';
import type { Fault } from '../../errors';
import { textSchema, titled, titledChoice } from '../content';
import type { Effect } from '../effects';
import type { ActingRecord, CheckInput, CitationRule, ConditionInput, EffectInput, RecordTypeSpec } from '../spec';
import type { InspectionContent } from './inspection';

const closureContent = z.strictObject({
  outcome: titledChoice(
    {
      verified: { en: 'Rectification verified', zh: '整改已核实' },
      'sent-back': { en: 'Sent back', zh: '退回整改' },
      closed: { en: 'Closed', zh: '销号' },
    },
    'Outcome',
    '结果',
  ),
  statement: titled(textSchema, 'Statement', '说明'),
});
export type ClosureContent = z.infer<typeof closureContent>;

function ownerFaults({ record, scope }: CheckInput<ClosureContent>): Fault[] {
  const [inspection] = scope.cited.get('inspection') ?? [];
  return inspection === undefined || inspection.record.issuer === record.issuer
    ? []
    : [{ path: '/issuer', code: 'NOT_ALLOWED_TO_FILE', message: `${inspection.key} is closed by who opened it` }];
}

const asked: Readonly<Record<string, readonly string[]>> = { verified: ['RECTIFIED', 'CLOSED'], closed: ['CLOSED'] };

function itemFault(key: string, state: string, wanted: readonly string[], isCited: boolean): Fault[] {
  if (!wanted.includes(state)) {
    const message = `${key} is ${state}: it is rectified and verified first`;
    return [{ path: '/cites', code: 'STATE_CONFLICT', message, details: { key, state, asked: wanted } }];
  }
  if (state === 'CLOSED' || isCited) return [];
  return [{ path: '/cites', code: 'CITATION_MISSING', message: `${key} is not cited`, details: { key, state } }];
}

/** Nothing is closed while a finding is open, and nothing verified that is not rectified: the docket tells all of them. */
async function openFaults({ content, record, scope, state }: ConditionInput<ClosureContent>): Promise<Fault[]> {
  const [inspection] = scope.cited.get('inspection') ?? [];
  const wanted = asked[content.outcome];
  if (inspection === undefined || wanted === undefined) return [];
  const cited = record.cites.filter(({ role }) => role === 'finding').map(({ key }) => key);
  const { items } = (await state.get('docket', inspection.key)) ?? { items: [] };
  const faults: Fault[] = [];
  for (const key of items) {
    const { s } = (await state.get('case', `finding/${key}`)) ?? { s: '-' };
    faults.push(...itemFault(key, s, wanted, cited.includes(key)));
  }
  return faults;
}

function isEnd({ content }: Pick<ActingRecord, 'content'>): boolean {
  return content['outcome'] === 'closed';
}

function actions(record: ActingRecord): { role: string; trigger: string }[] {
  const trigger = `closure:${String(record.content['outcome'])}`;
  return (isEnd(record) ? ['inspection'] : ['inspection', 'finding']).map((role) => ({ role, trigger }));
}

function citations(record: ActingRecord): readonly CitationRule[] {
  const inspection: CitationRule = { role: 'inspection', type: 'inspection', min: 1, max: 1, acts: true };
  if (isEnd(record)) return [inspection, { role: 'rectification', type: 'rectification', min: 0, max: 100 }];
  return [
    inspection,
    { role: 'rectification', type: 'rectification', min: 1, max: 100, severally: true },
    { role: 'finding', type: 'finding', min: 1, max: 100, acts: true, severally: true },
  ];
}

/** The end of an inspection thaws what it froze. */
function thawing({ content, cited, record }: EffectInput<ClosureContent>): Effect[] {
  const [inspection] = cited('inspection');
  const id = record.cites.find(({ role }) => role === 'inspection')?.record.slice(4);
  if (content.outcome !== 'closed' || inspection === undefined || id === undefined) return [];
  const { covered = [] } = inspection.content as InspectionContent;
  return covered.flatMap(({ uscc, years }) =>
    years.map((year): Effect => ({ do: 'thaw', uscc, year, inspection: id })),
  );
}

/** 销号: rectifications verified or sent back, and in the end the inspection closed by the authority that opened it. */
export const closure: RecordTypeSpec<ClosureContent> = {
  type: 'closure',
  title: { en: 'Closure', zh: '销号' },
  content: closureContent,
  filed: [
    { by: 'city-authority', as: 'self' },
    { by: 'province-authority', as: 'self' },
    { by: 'national-authority', as: 'self' },
  ],
  number: true,
  unit: 'none',
  period: 'year',
  process: 'step',
  cites: citations,
  acts: actions,
  effects: thawing,
  check: ownerFaults,
  conditions: openFaults,
  example: { outcome: 'closed', statement: '问题已全部整改到位' },
};
