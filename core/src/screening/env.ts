import { Decimal } from '../decimal';
import { isLedgerError } from '../errors';
import { evaluateFormula, fixed, formulaNames, parseFormula, type FormulaValue, type Sample } from '../formula';
import type { CompiledCheck, CompiledFormula } from './compile';
import { Lacking } from './lacking';
import { parseInput, type Condition, type Input, type Window } from './notation';
import { limitOf } from './parameters';
import { addressesOf, readInput, valueOfText, type Place, type Value } from './read';
import type { Row } from './groups';
import type { Learnt } from './rule-set';

/** Where a check finds its windows over other records. */
export interface Windows {
  /** @throws Lacking */
  series(env: Env, column: string, over: Window, least: number): Sample;
}

type Held = Value | Sample;

const inputs = new Map<string, Input>();

/** Inputs of rules are few, and read at every record. */
export function inputOf(text: string): Input {
  const known = inputs.get(text) ?? parseInput(text);
  inputs.set(text, known);
  return known;
}

const names = new Map<string, readonly string[]>();

function namesOf(formula: string): readonly string[] {
  const known = names.get(formula) ?? formulaNames(parseFormula(formula, 'screening'));
  names.set(formula, known);
  return known;
}

const plainName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Most bands are a limit by its name: nothing has to be computed. */
function isName(formula: string): boolean {
  return plainName.test(formula);
}

const orders: Readonly<Record<string, (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function isSame(held: Held, text: string): boolean {
  const value = valueOfText(text);
  return held instanceof Decimal && value instanceof Decimal ? held.eq(value) : held === text;
}

/** Values of one check at one record, each read once. */
export class Env {
  readonly check: CompiledCheck;
  readonly place: Place;
  readonly #windows: Windows;
  readonly #values = new Map<string, Held>();
  readonly #addresses: string[] = [];
  #learnt: Learnt | undefined;

  constructor(check: CompiledCheck, place: Place, windows: Windows) {
    this.check = check;
    this.place = place;
    this.#windows = windows;
  }

  /** Addresses of everything read so far, then of what the check names besides. */
  touches(): string[] {
    const named = this.check.touches.flatMap((input) => addressesOf(this.place, input));
    return [...new Set([...this.#addresses, ...named])];
  }

  /** What the limits were learnt from that were used, where they were. */
  get learnt(): Learnt | undefined {
    return this.#learnt;
  }

  /** @throws Lacking */
  holds({ of, op, value }: Condition): boolean {
    if (op === 'present' || op === 'absent') return this.#isPresent(of) === (op === 'present');
    const held = this.#conditionValue(of);
    if (op === '=') return isSame(held, value);
    if (op === '!=') return !isSame(held, value);
    if (op === 'in') return value.split(',').some((one) => isSame(held, one));
    return this.#isOrdered(held, op, value);
  }

  #isOrdered(held: Held, op: string, value: string): boolean {
    const limit = valueOfText(value);
    const bound = limit instanceof Decimal ? limit : this.number(value);
    if (!(held instanceof Decimal)) throw new Lacking(`no number to compare with ${value}`);
    return orders[op]?.(held.cmp(bound)) ?? false;
  }

  /** True where the check looks at this record, and not only at others beside it. @throws Lacking */
  isLookedAt(): boolean {
    return this.check.only.every((condition) => this.holds(condition)) && this.applies();
  }

  /** True where every condition of the check holds at the record. @throws Lacking */
  applies(): boolean {
    if (!this.check.conditions.every((condition) => this.holds(condition))) return false;
    const missing = this.check.needs.find((condition) => !this.holds(condition));
    if (missing) throw new Lacking(`needs ${missing.of} ${missing.op} ${missing.value}`.trim());
    return true;
  }

  /** @throws Lacking */
  number(name: string): Decimal {
    const value = this.value(name);
    if (value instanceof Decimal) return value;
    throw new Lacking(`${name} is no number`);
  }

  /** @throws Lacking */
  compute(formula: string): Decimal {
    if (isName(formula)) return this.number(formula);
    const given = namesOf(formula).map((name) => [name, this.#formulaValue(name)] as const);
    try {
      return evaluateFormula(formula, Object.fromEntries(given), 'screening');
    } catch (error) {
      if (isLedgerError(error)) throw new Lacking(error.message);
      throw error;
    }
  }

  /** The row of a window that this record makes. @throws Lacking */
  row(columns: readonly string[]): Row {
    return Object.fromEntries(columns.map((name) => [name, fixed(this.number(name))]));
  }

  /** @throws Lacking */
  value(name: string): Held {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const value = this.#variable(name);
    this.#values.set(name, value);
    return value;
  }

  #variable(name: string): Held {
    const { rule } = this.check;
    const { record, traits } = this.place;
    const variables = (this.check as Partial<CompiledFormula>).variables;
    const variable = variables?.get(name);
    if (variable?.formula !== undefined) return this.compute(variable.formula);
    if (variable?.input !== undefined) return this.#read(name, variable.input, variable.otherwise);
    const limit = limitOf(rule, name, traits.of(record), record.subject.period);
    if (limit === undefined)
      throw new Lacking(rule.learn === undefined ? `${name} has no value` : 'nothing was learnt yet');
    this.#learnt ??= limit.learnt;
    return limit.value;
  }

  #read(name: string, input: Input, otherwise: string | undefined): Held {
    if (input.from === 'series') return this.#windows.series(this, input.of, input.over, input.least);
    try {
      const { value, addresses } = readInput(this.place, input);
      this.#addresses.push(...addresses);
      return value;
    } catch (error) {
      if (error instanceof Lacking && otherwise !== undefined) return new Decimal(otherwise);
      throw error;
    }
  }

  #formulaValue(name: string): FormulaValue {
    const value = this.value(name);
    if (typeof value === 'string') throw new Lacking(`${name} is no number`);
    return value;
  }

  #isPresent(of: string): boolean {
    try {
      this.#conditionValue(of);
      return true;
    } catch (error) {
      if (error instanceof Lacking) return false;
      throw error;
    }
  }

  /** A variable by its name, or an input that only the condition looks at. */
  #conditionValue(of: string): Held {
    if (/^[A-Za-z0-9_]+$/.test(of)) return this.value(of);
    const input = inputOf(of);
    if (input.from === 'series') throw new Lacking(`${of} is no condition`);
    return readInput(this.place, input).value;
  }
}
