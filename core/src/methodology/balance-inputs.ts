import { parseDecimal } from '../decimal';
import type { Figure } from '../records/figure';
import type { LedgerRecord } from '../records/record';
import { figureTable } from './recompute';
import type { BalanceInput } from './balance';
import type { BalanceRule } from './spec';

/** A record with its figures as far as they are open. */
interface Verified {
  readonly id: string;
  readonly record: LedgerRecord;
  readonly figures: readonly Figure[];
}

function valueOf({ record, figures }: Verified, name: string): string | undefined {
  return record.totals[name]?.value ?? figures.find((figure) => figure.name === name)?.value;
}

/** The reports that a conclusion stands on, by their ids. */
function verifiedBy(conclusions: readonly Verified[]): ReadonlyMap<string, Verified> {
  return new Map(
    conclusions.flatMap((conclusion) =>
      conclusion.record.cites
        .filter(({ role }) => role === 'annual-report')
        .map(({ record }) => [record, conclusion] as const),
    ),
  );
}

const isPositive = (text: string | undefined): text is string => text !== undefined && !/^-|^0(?:\.0*)?$/.test(text);

/** Whether the line is given its emissions whatever its intensity: for its kind, its size, or because it began or ended within the year. */
function isGivenItsEmissions(rule: BalanceRule, report: Verified, emission: string | undefined): boolean {
  const { counts, least, months } = rule;
  const made = report.record.cites.filter(({ role }) => role === 'monthly-evidence').length;
  const isSmall = least !== undefined && emission !== undefined && parseDecimal(emission).lt(least);
  const isOfAKind = counts !== undefined && !isPositive(valueOf(report, counts));
  return isSmall || isOfAKind || (months !== undefined && made < months);
}

/**
 * The verified data that a balance value is solved over: of every current report of the rule's table that a current
 * conclusion stands on, the emissions that were verified and the intensity that was reported. What emitted nothing, or made
 * nothing, has no intensity and does not count; what the rule gives its emissions (white clinker, carbide slag above the limit,
 * new and closed lines, below 26,000 t) stands on both sides of Σ E = Σ E(1 + α) alike, and does not either. All of it is public, so anybody who reads the ledger finds the same set.
 * @param reports current annual reports of the methodology and year
 * @param conclusions current verification conclusions of the same
 */
export function balanceInputsOf(
  rule: BalanceRule,
  reports: readonly Verified[],
  conclusions: readonly Verified[],
): BalanceInput[] {
  const verified = verifiedBy(conclusions);
  return reports.flatMap((report) => {
    const { kind, subject } = report.record;
    const conclusion = verified.get(report.id);
    if (figureTable(kind, subject.unit) !== rule.of || conclusion === undefined) return [];
    const emission = valueOf(conclusion, 'verifiedEmission_tCO2') ?? valueOf(report, rule.emission);
    const intensity = valueOf(report, rule.intensity);
    if (isGivenItsEmissions(rule, report, emission)) return [];
    return isPositive(emission) && isPositive(intensity) ? [{ record: report.id, emission, intensity }] : [];
  });
}
