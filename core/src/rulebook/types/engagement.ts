import { z } from 'zod';
import { withArticle, type Fault } from '../../errors';
import type { Engagement } from '../../state/kinds';
import { isStanding, labelOf, type PartyKind } from '../authority';
import { contentFault, numberSchema, ruleFault, titled } from '../content';
import { usccSchema } from '../../records/fields';
import type { ConditionInput, RecordTypeSpec } from '../spec';

const engagementContent = z.strictObject({
  party: titled(usccSchema, 'Who is engaged', '受委托机构'),
  contractNo: titled(numberSchema, 'Contract number', '合同编号'),
});
export type EngagementContent = z.infer<typeof engagementContent>;

const purposes: Readonly<Record<string, { as: Engagement['as']; kind: PartyKind }>> = {
  verification: { as: 'verification', kind: 'verifier' },
  preparation: { as: 'preparation', kind: 'preparer' },
  testing: { as: 'testing', kind: 'lab' },
};

function purposeOf(kind: string): { as: Engagement['as']; kind: PartyKind } | undefined {
  return purposes[labelOf(kind) ?? ''];
}

async function partyFaults({ content, record, state }: ConditionInput<EngagementContent>): Promise<Fault[]> {
  const engaged = await state.get('party', content.party);
  const kind = purposeOf(record.kind)?.kind;
  if (!isStanding(engaged)) return [contentFault('party', `${content.party} is not registered`, {}, 'PARTY_UNKNOWN')];
  return engaged.content.kind === kind
    ? []
    : [
        contentFault(
          'party',
          `${content.party} is ${withArticle(engaged.content.kind)}; ${record.kind} is given to ${withArticle(String(kind))}`,
        ),
      ];
}

/** R-D08 (interim regulation, 国令775, art. 13): who prepared, whenever in the year, may not verify, and the other way round. */
async function conflictFaults({ content, record, state }: ConditionInput<EngagementContent>): Promise<Fault[]> {
  const { uscc, period } = record.subject;
  const roster = await state.get('engaged', `${uscc}/${period}`);
  const as = purposeOf(record.kind)?.as;
  const own = (roster?.engaged ?? []).filter(({ party }) => party === content.party);
  const other = as === 'verification' ? 'preparation' : as === 'preparation' ? 'verification' : undefined;
  if (own.some((one) => one.as === other))
    return [ruleFault('R-D08', '/content/party', `${content.party} was engaged for ${String(other)} in ${period}`)];
  if (own.some((one) => one.as === as && one.ended !== true))
    return [contentFault('party', `${content.party} is engaged for ${String(as)} already`, {}, 'STATE_CONFLICT')];
  return [];
}

/** 委托: who tests, prepares or verifies for an enterprise in a year. Without it nobody files anything about the plant. */
export const engagement: RecordTypeSpec<EngagementContent> = {
  type: 'engagement',
  title: { en: 'Engagement', zh: '委托' },
  content: engagementContent,
  filed: [
    { by: 'enterprise', as: 'self', labels: ['testing', 'preparation'] },
    // The province chooses who verifies (administrative measures, art. 26).
    { by: 'province-authority', as: 'region', labels: ['verification'] },
  ],
  labels: { names: Object.keys(purposes), required: true, numbered: true },
  unit: 'none',
  period: 'year',
  process: 'corrigible',
  // Reports that are there already go under verification; later ones are verified by whom the roster of the year names.
  cites: ({ kind }) =>
    purposeOf(kind)?.as === 'verification'
      ? [{ role: 'annual-report', type: 'annual-report', min: 0, max: 40, same: ['uscc', 'year'], acts: true }]
      : [],
  acts: () => [{ role: 'annual-report', trigger: 'engagement.verification' }],
  effects: ({ record, content }) => {
    const purpose = purposeOf(record.kind);
    const { uscc, period } = record.subject;
    return purpose === undefined ? [] : [{ do: 'engage', uscc, year: period, party: content.party, as: purpose.as }];
  },
  undo: ({ record, id }) => [
    { do: 'disengage', uscc: record.subject.uscc, year: record.subject.period, engagement: id },
  ],
  conditions: async (input) => [...(await partyFaults(input)), ...(await conflictFaults(input))],
  example: { party: '91140100MA0FAKE2XU', contractNo: 'HT-2024-001' },
};
