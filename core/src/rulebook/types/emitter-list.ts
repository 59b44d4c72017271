import { z } from 'zod';
import type { Fault } from '../../errors';
import type { LedgerRecord } from '../../records/record';
import { usccSchema } from '../../records/fields';
import { isInRegion, isStanding } from '../authority';
import { contentFault, textSchema, titled } from '../content';
import { dueTerms } from '../due-terms';
import { unitOfSector } from '../listing';
import type { ConditionInput, RecordTypeSpec } from '../spec';

const entrySchema = z.strictObject({
  uscc: titled(usccSchema, 'Enterprise', '统一社会信用代码'),
  /** As the sector's methodology names it: sectors come as folders of rules, not with the contract. */
  sector: titled(z.string().regex(/^[a-z][a-z-]{1,39}$/, 'not the name of a sector (power, cement)'), 'Sector', '行业'),
  listed: titled(z.boolean(), 'On the list', '是否列入'),
  reason: titled(textSchema, 'Reason', '列入或移出原因'),
});

const emitterListContent = z.strictObject({
  /** What changes against the version before: each enterprise in or out. */
  entries: titled(z.array(entrySchema).min(1).max(1000), 'Entries', '名录变动'),
});
export type EmitterListContent = z.infer<typeof emitterListContent>;

async function entryFaults({ content, issuer, state }: ConditionInput<EmitterListContent>): Promise<Fault[]> {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const [index, { uscc }] of content.entries.entries()) {
    const place = `entries/${String(index)}/uscc`;
    if (seen.has(uscc)) faults.push(contentFault(place, `${uscc} stands there twice`));
    seen.add(uscc);
    const party = await state.get('party', uscc);
    if (!isStanding(party) || party.content.kind !== 'enterprise')
      faults.push(contentFault(place, `${uscc} is not a registered enterprise`, {}, 'PARTY_UNKNOWN'));
    else if (!isInRegion(issuer, party.content.region))
      faults.push(contentFault(place, `${uscc} is of region ${party.content.region}`, {}, 'NOT_ALLOWED_TO_FILE'));
  }
  return faults;
}

/** Sectors of the entries, as their rules are filed: in capitals. Asked of a draft too, which may not have any yet. */
function sectorsOn({ entries }: LedgerRecord['content']): string[] {
  const sectors = (Array.isArray(entries) ? entries : []).flatMap((entry: { readonly sector?: unknown } | null) =>
    typeof entry?.sector === 'string' ? [unitOfSector(entry.sector)] : [],
  );
  return [...new Set(sectors)];
}

/** 重点排放单位名录 of a province for a year: who is in the market. Each version says what changes. */
export const emitterList: RecordTypeSpec<EmitterListContent> = {
  type: 'emitter-list',
  title: { en: 'List of key emitters', zh: '重点排放单位名录' },
  content: emitterListContent,
  filed: [{ by: 'province-authority', as: 'self' }],
  /** A list may come in parts. */
  labels: { names: 'any' },
  unit: 'none',
  period: 'year',
  process: 'dated',
  // Of the sectors on it. A list may come before there are rules of its year, and then nobody can say when it was due.
  cites: ({ content }) => [
    {
      ...{ role: 'parameters', type: 'parameter', kind: 'parameter', min: 0, max: 40, same: ['year'] },
      tables: sectorsOn(content),
    },
  ],
  due: dueTerms['emitter-list'],
  isAhead: true,
  expected: 'of-authority',
  effects: ({ record, content }) =>
    content.entries.map(({ uscc, listed, sector }) => ({
      ...{ do: 'list', uscc, year: record.subject.period, listed },
      sector: unitOfSector(sector),
    })),
  undo: ({ record, id, content }) =>
    content.entries.map(({ uscc }) => ({ do: 'unlist', uscc, year: record.subject.period, list: id })),
  conditions: entryFaults,
  example: {
    entries: [{ uscc: '91140000MA0FAKE01X', sector: 'power', listed: true, reason: '年度排放达到26000吨二氧化碳当量' }],
  },
};
