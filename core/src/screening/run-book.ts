import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import type { Book, BookRecord } from './book';
import { BookIndex } from './book';
import { findFormula, type Hit } from './check';
import type { CompiledCheck, CompiledFormula, CompiledPredicate, CompiledRules } from './compile';
import { Env } from './env';
import { Lacking } from './lacking';
import type { Row } from './groups';
import { predicateInput } from './predicate-input';
import { predicates, type Holders } from './predicates';
import type { Learnt, Severity } from './rule-set';
import { Tally, type RuleCount } from './tally';
import { UnitTraits } from './traits';
import { BookWindows, type WideGroups } from './windows';

/** A hit with the rule that speaks. It is a question to the plant, not a verdict: see its severity. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Business key of the record that was looked at. */
  readonly at: string;
  readonly touches: readonly string[];
  readonly got: string;
  readonly limit: string;
  /** SHA-256 of the rule and the values that it looked at, in hex. */
  readonly inputs: string;
  /** On whose evidence, where the limit was learnt. */
  readonly learnt?: Learnt;
}

export interface BookOutcome {
  readonly findings: readonly Finding[];
  readonly counts: Readonly<Record<string, RuleCount>>;
}

/** What other enterprises have, where they were read. */
export interface Beyond {
  readonly groups: WideGroups;
  readonly holders: Exclude<Holders, undefined>;
}

const unread = 'a value was not read';

/** What the values were that a finding rests on: while they stay the same, so does its explanation. */
function inputsDigest(index: BookIndex, rule: string, touches: readonly string[]): string {
  const values = touches.map((address) => [address, index.valueAt(address) ?? null]);
  return toHex(sha256(canonicalBytes({ rule, values })));
}

/** Runs rules over one book. */
export class BookRun {
  readonly index: BookIndex;
  readonly traits: UnitTraits;
  readonly #windows: BookWindows;
  readonly #beyond: Beyond | undefined;
  readonly #tally = new Tally();
  readonly #findings: Finding[] = [];
  /** Rule and record where something was found. */
  readonly #spoken = new Set<string>();

  constructor(rules: CompiledRules, book: Book, beyond?: Beyond) {
    this.index = new BookIndex(book);
    this.traits = new UnitTraits(rules.ruleSet, this.index);
    this.#windows = new BookWindows(this.index, this.traits, beyond?.groups);
    this.#beyond = beyond;
  }

  run(checks: readonly CompiledCheck[]): BookOutcome {
    for (const check of checks) {
      if (check.kind === 'formula') this.#runFormula(check);
      else this.#runPredicate(check);
    }
    return { findings: this.#findings, counts: this.#tally.counts() };
  }

  env(check: CompiledCheck, record: BookRecord): Env {
    return new Env(check, { index: this.index, traits: this.traits, record }, this.#windows);
  }

  /** The row that a record adds to the windows of a check. */
  row(check: CompiledFormula & CompiledCheck, record: BookRecord): Row | undefined {
    return this.#windows.row(check, record);
  }

  /** Records that a check looks at, without those to which its conditions do not apply. */
  #applicable(check: CompiledCheck): BookRecord[] {
    return this.index.each(check.check.each).filter((record) => this.#applies(check, record));
  }

  #isAfterFinding({ rule, check }: CompiledCheck, record: BookRecord): boolean {
    return check.otherwise === true && this.#spoken.has(`${rule.id} ${record.key}`);
  }

  /** Undefined: it lacks something, and that was counted. */
  #attempt<Result>(rule: string, times: number, look: () => Result): Result | undefined {
    try {
      return look();
    } catch (error) {
      if (!(error instanceof Lacking)) throw error;
      this.#tally.notRun(rule, error.message, times);
      return undefined;
    }
  }

  #applies(check: CompiledCheck, record: BookRecord): boolean {
    if (this.#isAfterFinding(check, record)) return false;
    return this.#attempt(check.rule.id, 1, () => this.env(check, record).isLookedAt()) === true;
  }

  #runFormula(check: CompiledFormula & CompiledCheck): void {
    for (const record of this.index.each(check.check.each)) {
      if (this.#isAfterFinding(check, record)) continue;
      this.#attempt(check.rule.id, 1, () => {
        const env = this.env(check, record);
        if (!env.isLookedAt()) return;
        const hit = findFormula(check, env);
        this.#tally.ran(check.rule.id);
        if (hit) this.#say(check, hit);
      });
    }
  }

  #runPredicate(check: CompiledPredicate & CompiledCheck): void {
    const records = this.#applicable(check);
    if (records.length === 0) return;
    const predicate = predicates[check.check.predicate];
    const { index, traits } = this;
    const input = predicateInput(check, records, { index, traits, holders: this.#beyond?.holders });
    const hits = this.#attempt(check.rule.id, records.length, () => predicate?.find(input) ?? []);
    if (hits === undefined) return;
    this.#tally.ran(check.rule.id, records.length);
    for (const hit of hits) {
      const severity = hit.severity ?? check.check.severity ?? check.rule.severity;
      this.#say(check, { ...hit, severity });
    }
  }

  #say({ rule }: CompiledCheck, { at, severity, touches, got, limit, learnt }: Hit): void {
    const { isUnread } = this.index.book;
    if (isUnread && touches.some(isUnread)) {
      this.#tally.notRun(rule.id, unread);
      return;
    }
    this.#spoken.add(`${rule.id} ${at}`);
    this.#tally.found(rule.id);
    const inputs = inputsDigest(this.index, rule.id, touches);
    const evidence = learnt === undefined ? {} : { learnt };
    this.#findings.push({ rule: rule.id, severity, at, touches, got, limit, inputs, ...evidence });
  }
}

/** Every rule over one enterprise's book alone; rules that look at other enterprises are not run and say so. */
export function screenBook(rules: CompiledRules, book: Book): BookOutcome {
  return new BookRun(rules, book).run(rules.checks);
}
