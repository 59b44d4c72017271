import { toHex } from '../bytes';
import { canonicalBytes } from '../canonical';
import { sha256 } from '../digest';
import type { BookRecord } from './book';
import type { CompiledFormula, CompiledRules } from './compile';
import { Lacking } from './lacking';
import { learntNames } from './learnt-names';
import { fittedRelation, type Observation, type Relation } from './relation';
import { BookRun } from './run-book';
import type { LearnSpec, ParameterEntry, RuleSet, ScreeningRule, Traits } from './rule-set';
import type { ScreeningInputs } from './screening';

/** A rule with what is learnt for it: the check that says which values belong together. */
interface Learning {
  readonly rule: ScreeningRule;
  readonly spec: LearnSpec;
  readonly check: CompiledFormula & CompiledRules['checks'][number];
  /** By the traits of the group, as JSON. */
  readonly groups: Map<string, Observation[]>;
}

function learningsOf({ checks }: CompiledRules): Learning[] {
  return checks.flatMap((check): Learning[] => {
    const spec = check.rule.learn;
    if (spec === undefined || check.kind !== 'formula' || check.index !== 0) return [];
    return [{ rule: check.rule, spec, check, groups: new Map() }];
  });
}

/** Traits by which groups are told apart; undefined where one of them is not known. */
function groupOf(spec: LearnSpec, traits: Traits): string | undefined {
  const values = spec.by.map((name) => traits[name]);
  return values.includes(undefined) ? undefined : JSON.stringify(values);
}

/** What a record adds: nothing where the rule does not apply to it, or it lacks something. */
function observed({ spec, check }: Learning, run: BookRun, record: BookRecord): Observation | undefined {
  const env = run.env(check, record);
  try {
    if (!env.applies()) return undefined;
    const row = env.row([spec.y, ...spec.x]);
    const [y = 0n, ...x] = [spec.y, ...spec.x].map((name) => row[name] ?? 0n);
    return record.id === undefined ? undefined : { y, x, record: record.id, enterprise: record.subject.uscc };
  } catch (error) {
    if (error instanceof Lacking) return undefined;
    throw error;
  }
}

function lookAt(learning: Learning, run: BookRun, year: string): void {
  const { spec, check, groups } = learning;
  for (const record of run.index.each(check.check.each)) {
    const group = record.subject.period.startsWith(year) ? groupOf(spec, run.traits.of(record)) : undefined;
    const observation = group === undefined ? undefined : observed(learning, run, record);
    if (group === undefined || observation === undefined) continue;
    const held = groups.get(group);
    if (held) held.push(observation);
    else groups.set(group, [observation]);
  }
}

/** SHA-256 over the ids of the records, each once, in order: who has the same records comes to the same. */
function evidenceOf({ kept }: Relation, period: string): NonNullable<ParameterEntry['learnt']> {
  const ids = [...new Set(kept.map(({ record }) => record))].sort();
  return {
    digest: `sha256:${toHex(sha256(canonicalBytes(ids)))}`,
    records: ids.length,
    enterprises: new Set(kept.map(({ enterprise }) => enterprise)).size,
    period,
  };
}

const inOrder = (one: string, other: string): number => (one < other ? -1 : 1);

/** Of the groups that have records enough, as many as are kept, in the order of their names. */
function relationsOf(spec: LearnSpec, groups: Learning['groups']): (readonly [string, Relation])[] {
  const fitted = [...groups].flatMap(([group, observations]): (readonly [string, Relation])[] => {
    const relation = fittedRelation(observations, spec.least);
    return relation === undefined ? [] : [[group, relation]];
  });
  return fitted
    .sort(([a, one], [b, other]) => other.kept.length - one.kept.length || inOrder(a, b))
    .slice(0, spec.most)
    .sort(([a], [b]) => inOrder(a, b));
}

function entriesOf({ spec, groups }: Learning, year: string): Record<string, ParameterEntry[]> {
  const entries = new Map(learntNames(spec).map((name): [string, ParameterEntry[]] => [name, []]));
  for (const [group, relation] of relationsOf(spec, groups)) {
    const values = JSON.parse(group) as readonly string[];
    const traits = Object.fromEntries(spec.by.map((name, at) => [name, [values[at] ?? '']]));
    const learnt = evidenceOf(relation, year);
    const { intercept, slopes, deviation } = relation;
    for (const [at, name] of learntNames(spec).entries())
      entries.get(name)?.push({ value: [intercept, ...slopes, deviation][at] ?? '0', ...traits, learnt });
  }
  return Object.fromEntries(entries);
}

function withEntries(rule: ScreeningRule, entries: Readonly<Record<string, ParameterEntry[]>>): ScreeningRule {
  const learnt = Object.fromEntries(Object.entries(entries).filter(([, own]) => own.length > 0));
  const others = Object.entries(rule.parameters ?? {}).filter(([name]) => !Object.hasOwn(entries, name));
  return { ...rule, parameters: { ...Object.fromEntries(others), ...learnt } };
}

/**
 * The part of a rule set whose limits are learnt, as the books of a year have it: for each such rule the least squares of what belongs
 * together, by the traits that it names, with the hash of the records that it was learnt from. The same records give the same part. Values
 * far from the others are left out, and so are groups of few.
 */
export async function learnRelations({
  rules,
  scope,
  books,
}: Pick<ScreeningInputs, 'rules' | 'scope' | 'books'>): Promise<RuleSet> {
  const learnings = learningsOf(rules);
  for await (const source of books()) {
    const run = new BookRun(rules, await source.load());
    for (const learning of learnings) lookAt(learning, run, scope.year);
  }
  const renewed = learnings.map((learning) => withEntries(learning.rule, entriesOf(learning, scope.year)));
  return { ...rules.ruleSet, traits: { kind: [], fuel: [] }, rules: renewed };
}
