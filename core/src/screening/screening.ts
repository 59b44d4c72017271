import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import type { Book } from './book';
import type { CompiledCheck, CompiledRules } from './compile';
import { explainedBy } from './explained';
import { BookRun, type BookOutcome, type Finding } from './run-book';
import type { Severity } from './rule-set';
import { Tally, type RuleCount } from './tally';
import { Commons, contributionOf, type Contribution } from './wide';

/** One enterprise of a run. Its book is loaded when it is looked at, and dropped after it. */
export interface BookSource {
  readonly uscc: string;
  /** Hex digest of everything in the book: see {@link bookDigest}. */
  readonly digest: string;
  /** Records whose private figures are not open to who screens; none where it is not said. */
  readonly hidden?: number;
  /** Records with figures of the year that is screened; not said of a file. */
  readonly ofYear?: number;
  readonly load: () => Promise<Book>;
}

/** What is kept of an enterprise from run to run. Plain JSON. */
export interface Remembered {
  /** Digest of its book. */
  readonly book: string;
  readonly own: BookOutcome;
  readonly contribution: Contribution;
  /** Business keys of explanations by finding. */
  readonly explained: Readonly<Record<string, string>>;
  /** What it was compared with. */
  readonly beyond?: string;
  readonly wide?: BookOutcome;
}

/** Where an earlier run of the same rule set left what it knows. */
export interface ScreeningMemory {
  readonly get: (uscc: string) => Promise<Remembered | undefined>;
  readonly set: (uscc: string, remembered: Remembered) => Promise<void>;
}

export interface ScreeningScope {
  readonly of: 'plant' | 'region' | 'all' | 'file';
  /** USCC of a plant, digits of a region. */
  readonly code?: string;
  readonly year: string;
}

export interface ScreeningFinding extends Finding {
  /** Business key of the explanation that still holds: the finding is quiet. */
  readonly explained?: string;
}

/** What screening found. The same records and the same rule set give the same result, byte for byte. */
export interface ScreeningResult {
  readonly schema: 'carbon-ledger/screening/v1';
  readonly ruleSet: { readonly id: string; readonly digest: string };
  readonly scope: ScreeningScope;
  readonly enterprises: number;
  /** Records whose private figures were not open: whoever sees more may find more, and gets another digest. */
  readonly hidden: number;
  /** Hex digest over enterprises and their books. */
  readonly records: string;
  /** Findings that are not explained, by severity, and those that are. */
  readonly counts: Readonly<Record<Severity | 'explained', number>>;
  readonly rules: Readonly<Record<string, RuleCount>>;
  readonly findings: readonly ScreeningFinding[];
}

export interface ScreeningRun {
  readonly result: ScreeningResult;
  /** Hex SHA-256 of the canonical JSON of the result. */
  readonly digest: string;
  /** Enterprises that were looked at anew; the others are as they were. */
  readonly looked: number;
  /** Enterprises that have no record with figures of the year: nothing was looked at, so that nothing is said of them. */
  readonly empty: number;
}

function digestOf(value: unknown): string {
  return toHex(sha256(canonicalBytes(value)));
}

/** Digest of a book: of the ids of its records, or of what stands in them where a file has none. */
export function bookDigest({ records }: Pick<Book, 'records'>): string {
  const ids = records.map(
    ({ id, isHidden, figures, ...rest }) =>
      (isHidden === true ? `${id ?? ''} hidden` : id) ?? digestOf({ ...rest, figures: Object.fromEntries(figures) }),
  );
  return digestOf(ids.sort());
}

export function ruleSetDigest({ ruleSet }: CompiledRules): string {
  return digestOf(ruleSet);
}

/** Memory of a single run. */
function noMemory(): ScreeningMemory {
  const known = new Map<string, Remembered>();
  return {
    get: (uscc) => Promise.resolve(known.get(uscc)),
    set: (uscc, remembered) => {
      known.set(uscc, remembered);
      return Promise.resolve();
    },
  };
}

interface Checks {
  readonly own: readonly CompiledCheck[];
  readonly wide: readonly CompiledCheck[];
}

function checksOf({ checks }: CompiledRules): Checks {
  return { own: checks.filter(({ isWide }) => !isWide), wide: checks.filter(({ isWide }) => isWide) };
}

export interface ScreeningInputs {
  readonly rules: CompiledRules;
  readonly scope: ScreeningScope;
  /** Enterprises in order of their USCC; read twice. */
  readonly books: () => AsyncIterable<BookSource> | Iterable<BookSource>;
  readonly memory?: ScreeningMemory;
}

/** One run over enterprises: each book alone, then each against what all have in common. */
class Screening {
  readonly #inputs: ScreeningInputs;
  readonly #memory: ScreeningMemory;
  readonly #checks: Checks;
  readonly #commons = new Commons();
  readonly #looked = new Set<string>();
  readonly #books: [string, string][] = [];
  #hidden = 0;
  #empty = 0;

  constructor(inputs: ScreeningInputs) {
    this.#inputs = inputs;
    this.#memory = inputs.memory ?? noMemory();
    this.#checks = checksOf(inputs.rules);
  }

  async run(): Promise<ScreeningRun> {
    for await (const source of this.#inputs.books()) {
      const { contribution } = await this.#alone(source);
      this.#commons.add(contribution);
      this.#books.push([source.uscc, source.digest]);
      this.#hidden += source.hidden ?? 0;
      if (source.ofYear === 0) this.#empty += 1;
    }
    const tally = new Tally();
    const findings: ScreeningFinding[] = [];
    for await (const source of this.#inputs.books()) {
      const { own, wide, explained } = await this.#among(source);
      for (const outcome of [own, wide]) {
        tally.add(outcome?.counts ?? {});
        findings.push(...(outcome?.findings ?? []).map((finding) => withExplanation(finding, explained)));
      }
    }
    return this.#answer(findings, tally);
  }

  async #alone({ uscc, digest, load }: BookSource): Promise<Remembered> {
    const known = await this.#memory.get(uscc);
    if (known?.book === digest) return known;
    this.#looked.add(uscc);
    const run = new BookRun(this.#inputs.rules, await load());
    const own = run.run(this.#checks.own);
    const contribution = contributionOf(run, this.#checks.wide);
    const remembered = { book: digest, own, contribution, explained: explainedBy(run.index) };
    await this.#memory.set(uscc, remembered);
    return remembered;
  }

  async #among(source: BookSource): Promise<Remembered> {
    const known = (await this.#memory.get(source.uscc)) ?? (await this.#alone(source));
    const beyond = this.#commons.digestFor(known.contribution);
    if (known.beyond === beyond) return known;
    this.#looked.add(source.uscc);
    const { groups, holders } = this.#commons;
    const run = new BookRun(this.#inputs.rules, await source.load(), { groups, holders });
    const remembered = { ...known, beyond, wide: run.run(this.#checks.wide) };
    await this.#memory.set(source.uscc, remembered);
    return remembered;
  }

  #answer(findings: ScreeningFinding[], tally: Tally): ScreeningRun {
    const open = findings.filter(({ explained }) => explained === undefined);
    const count = (severity: Severity): number => open.filter((finding) => finding.severity === severity).length;
    const result: ScreeningResult = {
      schema: 'carbon-ledger/screening/v1',
      ruleSet: { id: this.#inputs.rules.ruleSet.id, digest: ruleSetDigest(this.#inputs.rules) },
      scope: this.#inputs.scope,
      enterprises: this.#books.length,
      hidden: this.#hidden,
      records: digestOf(this.#books),
      counts: { B: count('B'), W: count('W'), I: count('I'), explained: findings.length - open.length },
      rules: tally.counts(),
      findings: findings.sort(inOrder),
    };
    return { result, digest: digestOf(result), looked: this.#looked.size, empty: this.#empty };
  }
}

function orderOf({ at, rule, touches, got }: Finding): string {
  return [at, rule, ...touches, got].join(' ');
}

function inOrder(a: Finding, b: Finding): number {
  const [first, second] = [orderOf(a), orderOf(b)];
  return first < second ? -1 : Number(first > second);
}

/** What an explanation refers to: the rule, the record, and the values as they stood. */
export function findingId({ rule, at, inputs }: Pick<Finding, 'rule' | 'at' | 'inputs'>): string {
  return `${rule} ${at} ${inputs}`;
}

function withExplanation(finding: Finding, explained: Readonly<Record<string, string>>): ScreeningFinding {
  const by = explained[findingId(finding)];
  return by === undefined ? finding : { ...finding, explained: by };
}

/** Runs every rule over every enterprise. Holds one book at a time, and of each enterprise what it adds to the others. */
export async function screenBooks(inputs: ScreeningInputs): Promise<ScreeningRun> {
  return new Screening(inputs).run();
}
