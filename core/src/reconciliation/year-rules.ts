import { findingAt, tellDoubt, type JudgedRow } from './finding';
import { rulesOfYear, type ReconciliationRules, type YearOfRules } from './rules';

/** Rules by compliance year: each row is judged by those of its own, whichever year the run is of. */
export class YearRules {
  readonly rules: ReconciliationRules;
  readonly #purposes: readonly string[];
  readonly #runYear: string;

  /** @param run of the year that the run is of */
  constructor(rules: ReconciliationRules, run: YearOfRules, runYear: string) {
    this.rules = rules;
    this.#purposes = run.purposes;
    this.#runYear = runYear;
  }

  /** Undefined where the rules say nothing of the row's year. */
  of({ year }: Pick<JudgedRow, 'year'>): YearOfRules | undefined {
    return rulesOfYear(this.rules, year);
  }

  /** Whether a cancellation is offered in the national market; without rules of its year by those of the run. */
  isOffered(row: Pick<JudgedRow, 'year' | 'input'>): boolean {
    return this.purposesOf(row).includes(row.input.values['purpose'] ?? '');
  }

  purposesOf(row: Pick<JudgedRow, 'year'>): readonly string[] {
    return this.of(row)?.purposes ?? this.#purposes;
  }

  /** How days are counted, the tables of the run's year say; all else, those of the row's own. Who agrees with a table in doubt is told so. */
  #tellDoubts(row: JudgedRow): void {
    const { doubted = {} } = this.rules;
    for (const year of new Set([row.year, this.#runYear]))
      if (Object.hasOwn(doubted, year)) for (const table of doubted[year] ?? []) tellDoubt(row, 'year', table);
  }

  /** A row of a year of which the rules say nothing is told so: its deadline, its vintage and its cap cannot be looked at. */
  check(row: JudgedRow): void {
    this.#tellDoubts(row);
    if (this.of(row) !== undefined) return;
    const expected = Object.keys(this.rules.years).sort().join(' | ');
    row.findings.push(findingAt(row, 'YEAR_WITHOUT_RULES', 'year', { expected }));
  }
}
