import {
  buildRecord,
  type BuiltRecord,
  formatBusinessKey,
  formatDecimal,
  parseDecimal,
  type RecordDraft,
  type SaltSource,
} from '@carbon-ledger/core';
import type { PlanRecord } from './plan';

const kind = 'verification-conclusion';
const role = 'last-conclusion';
const verified = ({ record }: BuiltRecord): string | undefined => record.totals['verifiedEmission_tCO2']?.value;

/** Percent with two decimals; undefined where one of them is missing or there is nothing to divide by. */
function changeAgainst(last: BuiltRecord, now: BuiltRecord): string | undefined {
  const [before, after] = [verified(last), verified(now)];
  if (before === undefined || after === undefined || parseDecimal(before).isZero()) return undefined;
  return formatDecimal(parseDecimal(after).div(before).minus(1).times(100), 2);
}

/**
 * R-L36: a conclusion cites the one of the year before, where the ledger has it, and says by how much the emissions changed.
 * One that stands already is left with what it cites: the year before may have been brought in after it.
 * @param anchored the current record under a key
 */
export function againstLastYear(
  plan: PlanRecord,
  draft: RecordDraft,
  anchored: (key: string) => BuiltRecord | undefined,
  salts: SaltSource,
): RecordDraft {
  if (plan.kind !== kind) return draft;
  const { yearChange, ...content } = draft.content as Record<string, unknown>;
  const period = String(Number(plan.subject.period) - 1);
  const last = anchored(formatBusinessKey({ ...plan.subject, period }, kind));
  const standing = anchored(plan.key);
  const isLeft = standing !== undefined && !standing.record.cites.some((cited) => cited.role === role);
  if (last === undefined || isLeft) return { ...draft, content };
  const cites = { ...draft.cites, [role]: [last] };
  const percent = changeAgainst(last, buildRecord({ ...draft, content, cites }, salts));
  const change = percent === undefined ? {} : { yearChange: { percent, ...(yearChange as object | undefined) } };
  return { ...draft, content: { ...content, ...change }, cites };
}
