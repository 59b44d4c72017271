import {
  businessKey,
  Decimal,
  isDecimalText,
  normaliseIdentifier,
  type ParameterTable,
  parseDecimal,
} from '@carbon-ledger/core';
import type { ChainNode } from '../breaks';
import type { EvaluatedYear } from '../evaluate';
import { anchoredFigures, type AnchoredState } from '../evaluate-anchored';
import { field, type PlantYear, type UnitMonth, type UnitYear } from '../model';
import type { PlanRecord } from '../plan';
import type { UnreadFigures } from '../unread';

/** All that a rule may look at: the file, its chain of figures, and what is anchored of it. */
export interface ScreeningInput {
  readonly file: PlantYear;
  readonly plan: readonly PlanRecord[];
  readonly year: EvaluatedYear;
  readonly chain: readonly ChainNode[];
  readonly anchored: readonly AnchoredState[];
  readonly parameters: ParameterTable;
  readonly unread: UnreadFigures;
}

interface AnchoredValues {
  readonly figures: ReadonlyMap<string, string>;
  readonly content: Readonly<Record<string, unknown>>;
}

function decimalOf(text: string | undefined): Decimal | undefined {
  return text !== undefined && isDecimalText(text) ? parseDecimal(text) : undefined;
}

/** One unit's month under screening: the file's values beside the anchored ones. */
export class ScreeningMonth {
  readonly unit: UnitYear;
  readonly month: string;
  readonly evidenceKey: string;
  readonly reportKey: string;
  readonly receiptKey: string;
  readonly #source: UnitMonth;
  readonly #year: ScreeningYear;

  constructor(year: ScreeningYear, unit: UnitYear, source: UnitMonth) {
    const place = `${year.enterprise}/${unit.id}/${source.month}`;
    this.unit = unit;
    this.month = source.month;
    this.evidenceKey = `${place}/monthly-evidence`;
    this.reportKey = `${place}/test-report`;
    this.receiptKey = `${place}/sample-receipt`;
    this.#source = source;
    this.#year = year;
  }

  get hasReport(): boolean {
    return this.#source.lab !== null;
  }

  /** The file's figure of the month, or undefined where it has none that is a number. */
  figure(name: string): Decimal | undefined {
    return decimalOf(field(this.#source.evidence, name));
  }

  text(name: string): string | undefined {
    return field(this.#source.evidence, name);
  }

  labFigure(name: string): Decimal | undefined {
    return decimalOf(field(this.#source.lab, name));
  }

  labText(name: string): string | undefined {
    return field(this.#source.lab, name);
  }

  anchoredFigure(name: string): Decimal | undefined {
    return decimalOf(this.#year.anchored(this.evidenceKey)?.figures.get(name));
  }

  /** A day or text of the anchored report. */
  anchoredReport(name: string): string | undefined {
    const value = this.#year.anchored(this.reportKey)?.content[name];
    return typeof value === 'string' ? value : undefined;
  }

  get isMeasured(): boolean {
    return this.text('carbonBasis') === 'measured';
  }

  evidence(...names: readonly string[]): string[] {
    return names.map((name) => `${this.evidenceKey}#${name}`);
  }

  report(...names: readonly string[]): string[] {
    return names.map((name) => `${this.reportKey}#${name}`);
  }

  /** The day of receipt stands in the report and in the receipt that the lab anchored first. */
  received(): string[] {
    return [...this.report('received'), `${this.receiptKey}#received`];
  }
}

/** A plant-year under screening. */
export class ScreeningYear {
  readonly enterprise: string;
  readonly input: ScreeningInput;
  readonly #anchored: ReadonlyMap<string, AnchoredValues>;
  readonly #months: readonly ScreeningMonth[];

  constructor(input: ScreeningInput) {
    this.input = input;
    this.enterprise = field(input.file.enterprise, 'uscc') ?? '';
    this.#anchored = new Map(
      input.anchored.map((state) => [
        businessKey(state.record),
        { figures: anchoredFigures(state), content: state.record.content },
      ]),
    );
    this.#months = input.file.units.flatMap((unit) =>
      unit.months.map((month) => new ScreeningMonth(this, unit, month)),
    );
  }

  /** All months of all units. */
  months(): readonly ScreeningMonth[] {
    return this.#months;
  }

  monthsOf(unit: string): ScreeningMonth[] {
    return this.#months.filter((month) => month.unit.id === unit);
  }

  anchored(key: string): AnchoredValues | undefined {
    return this.#anchored.get(key);
  }

  /** Identities of the report numbers that laboratories have anchored for this enterprise; none on a ledger that is not asked. */
  anchoredReportNumbers(): Set<string> {
    const numbers = [...this.#anchored.values()].map(({ content }) => content['reportNo']);
    const texts = numbers.filter((number): number is string => typeof number === 'string');
    return new Set(texts.map(normaliseIdentifier));
  }
}

/** Σ/n and the sample's standard deviation s = √(Σ(x − x̄)²/(n − 1)). */
function spread(values: readonly Decimal[]): { mean: Decimal; deviation: Decimal } {
  const mean = values.reduce((sum, value) => sum.plus(value), new Decimal(0)).div(Math.max(values.length, 1));
  const squares = values.reduce((sum, value) => sum.plus(value.minus(mean).pow(2)), new Decimal(0));
  return { mean, deviation: squares.div(Math.max(values.length - 1, 1)).sqrt() };
}

/**
 * How far a value may stand from the unit's other months: three standard deviations, and never less than 2 % of their mean,
 * because a steady unit has almost none. Undefined below six months: too few to know what is usual (R-S01).
 */
export function usualBand(others: readonly Decimal[]): { low: Decimal; high: Decimal } | undefined {
  if (others.length < 6) return undefined;
  const { mean, deviation } = spread(others);
  const width = Decimal.max(deviation.times(3), mean.times('0.02'));
  return { low: mean.minus(width), high: mean.plus(width) };
}
