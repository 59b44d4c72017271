import {
  isMeant,
  isOnBelt,
  nearest,
  parseBusinessKey,
  recordTypes,
  servingTypes,
  type BuiltRecord,
  type CitationRule,
  type LedgerRecord,
  type RecordType,
} from '@carbon-ledger/core';
import type { Service } from '../service/service';

/** What a record is, as far as its citations follow from it. */
export interface CitingDraft {
  readonly type: RecordType;
  readonly kind: string;
  readonly subject: LedgerRecord['subject'];
}

function bare({ type, kind, subject }: CitingDraft): LedgerRecord {
  return {
    schema: 'carbon-ledger/record/v1',
    type,
    issuer: subject.uscc,
    subject,
    kind,
    version: 1,
    cites: [],
    documents: [],
    totals: {},
    figuresRoot: null,
    content: {},
  };
}

/** Rules of the year carry the name of their methodology. */
function isOfMethodology({ record }: BuiltRecord, methodology: string): boolean {
  const { id, table } = record.content;
  return record.type === 'methodology' ? id === methodology : record.type !== 'parameter' || table === methodology;
}

async function candidates(
  service: Pick<Service, 'currentRecords'>,
  rule: CitationRule,
  own: CitingDraft['subject'],
): Promise<BuiltRecord[]> {
  const ofParty = rule.same?.includes('uscc') === true ? { party: own.uscc } : {};
  const found = await Promise.all(servingTypes(rule).map((type) => service.currentRecords({ type, ...ofParty })));
  return found.flat();
}

/**
 * The records that a record of this type and subject must cite, as far as the ledger has them: one has them all in a workbook's
 * row already, by what the row is about. What is missing is told by the ledger.
 * @param methodology id of the methodology whose figures the form asks for
 * @param made records of the same run, which come before those of the ledger
 */
export async function citationsFor(
  service: Pick<Service, 'currentRecords'>,
  draft: CitingDraft,
  methodology: string,
  made: readonly BuiltRecord[],
): Promise<Record<string, BuiltRecord[]>> {
  const byRole: Record<string, BuiltRecord[]> = {};
  for (const rule of recordTypes[draft.type].cites(bare(draft))) {
    const known = [...made, ...(await candidates(service, rule, draft.subject))];
    const [plan] = byRole['quality-control-plan'] ?? [];
    const fitting = known.filter(
      (one) =>
        isMeant(rule, { ...draft.subject, kind: draft.kind }, parseBusinessKey(one.key)) &&
        isOnBelt(rule, draft.subject.unit, one.record.subject.unit, plan?.record.content) &&
        isOfMethodology(one, methodology),
    );
    const byKey = new Map(
      [...nearest(fitting, rule, draft, ({ record }) => record.kind)].reverse().map((one) => [one.key, one]),
    );
    if (byKey.size > 0) byRole[rule.role] = [...byKey.values()].slice(0, rule.max);
  }
  return byRole;
}
