import {
  isOnBelt,
  parseBusinessKey,
  recordTypes,
  typeOfKind,
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

const yearOf = (period: string): string => period.slice(0, 4);

const sameParts = {
  uscc: (one, other) => one.uscc === other.uscc,
  unit: (one, other) => one.unit === other.unit,
  period: (one, other) => one.period === other.period,
  year: (one, other) => yearOf(one.period) === yearOf(other.period),
} satisfies Record<string, (one: CitingDraft['subject'], other: CitingDraft['subject']) => boolean>;

function typesOf(rule: CitationRule): RecordType[] {
  const named = typeof rule.type === 'string' ? [rule.type] : rule.type;
  return named.flatMap((type) => (type === 'any' ? [] : [type]));
}

/** Is this record about what a rule asks of what is cited? */
function fits(rule: CitationRule, own: CitingDraft['subject'], { record, key }: BuiltRecord): boolean {
  if (!(rule.same ?? []).every((part) => sameParts[part](record.subject, own))) return false;
  if (rule.of === 'units' && record.subject.unit === 'PLANT') return false;
  const { kind } = parseBusinessKey(key);
  return rule.kind === undefined ? typesOf(rule).some((type) => type === typeOfKind(kind)) : kind === rule.kind;
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
  const found = await Promise.all(typesOf(rule).map((type) => service.currentRecords({ type, ...ofParty })));
  return found.flat();
}

const labelOfKind = (kind: string): string => kind.slice(typeOfKind(kind).length);

/** Of a type whose label says what a record is of, as a report of a day: the one record that is of the same, where there is one. */
function alike(found: readonly BuiltRecord[], { type, kind }: CitingDraft, { max }: CitationRule): BuiltRecord[] {
  if (recordTypes[type].labels?.names !== 'any' || max !== 1) return [...found];
  const own = found.filter(({ record }) => labelOfKind(record.kind) === labelOfKind(kind));
  return own.length > 0 ? own : [...found];
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
        fits(rule, draft.subject, one) &&
        isOnBelt(rule, draft.subject.unit, one.record.subject.unit, plan?.record.content) &&
        isOfMethodology(one, methodology),
    );
    const byKey = new Map(
      alike(fitting, draft, rule)
        .reverse()
        .map((one) => [one.key, one]),
    );
    if (byKey.size > 0) byRole[rule.role] = [...byKey.values()].slice(0, rule.max);
  }
  return byRole;
}
