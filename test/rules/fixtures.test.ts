import {
  bookDigest,
  compileRules,
  screenBooks,
  shelvedRuleSet,
  shelvedScreening,
  type Book,
  type BookSource,
  type CompiledRules,
} from '@carbon-ledger/core';
import { booksOf, failuresOf, passesOf, writtenFixtures, type Fixtures } from './fixtures';

function sources(books: readonly Book[]): BookSource[] {
  return books.map((book) => ({ uscc: book.uscc, digest: bookDigest(book), load: () => Promise.resolve(book) }));
}

/** The rules that come with the program, one of them with limits that are learnt. */
function rulesWith(id: string, limits: Readonly<Record<string, string>> | undefined): CompiledRules {
  if (limits === undefined) return shelvedScreening();
  const learnt = Object.fromEntries(Object.entries(limits).map(([name, value]) => [name, [{ value }]]));
  const ruleSet = shelvedRuleSet();
  const rules = ruleSet.rules.map((rule) =>
    rule.id === id ? { ...rule, parameters: { ...rule.parameters, ...learnt } } : rule,
  );
  return compileRules({ ...ruleSet, rules });
}

/** Formulas are recomputed where a methodology is at hand: lines of the other sectors are by their vectors. */
function isRecomputedElsewhere({ on }: Fixtures, { check }: CompiledRules['checks'][number]): boolean {
  const isOfSector = ['steel', 'cement', 'aluminium', 'gas'].includes(on ?? '');
  return isOfSector && 'predicate' in check && check.predicate === 'recomputed';
}

/** Checks of a rule, each alone: of a rule that can be broken in several ways, every way is tried. */
function checksOf(id: string, fixtures: Fixtures): CompiledRules[] {
  const all = rulesWith(id, fixtures.limits);
  const own = all.checks.filter((check) => check.rule.id === id);
  // What is looked at only where the check before it found nothing stays with it.
  return own.filter((check) => !isRecomputedElsewhere(fixtures, check)).map((check) => ({ ...all, checks: [check] }));
}

interface Heard {
  readonly words: readonly string[];
  readonly ran: number;
  readonly notRun: string;
}

async function heard(id: string, rules: CompiledRules, books: readonly Book[]): Promise<Heard> {
  const scope = { of: 'all', year: '2024' } as const;
  const { result } = await screenBooks({ rules, scope, books: () => sources(books) });
  const own = result.findings.filter(({ at }) => at.startsWith(books[0]?.uscc ?? ''));
  const words = own.map(({ at, got, limit }) => `${at}: ${got}, ${limit}`);
  const { ran = 0, notRun = {} } = result.rules[id] ?? {};
  return { words, ran, notRun: JSON.stringify(notRun) };
}

/** What is wrong with the fixtures of a rule. */
async function faultsOf(id: string, fixtures: Fixtures): Promise<string[]> {
  const checks = checksOf(id, fixtures);
  const passing = passesOf(fixtures).map((pass) => booksOf(fixtures, pass));
  const failing = failuresOf(fixtures).map((fail) => booksOf(fixtures, fail));
  const faults: string[] = [];
  const silent = new Set(failing.keys());
  for (const [at, rules] of checks.entries()) {
    const place = `check ${String(at + 1)} of ${String(checks.length)}`;
    const good = await Promise.all(passing.map((books) => heard(id, rules, books)));
    const words = good.flatMap((one) => one.words);
    if (words.length > 0) faults.push(`${place} speaks on what is right: ${words.slice(0, 3).join(' | ')}`);
    if (!good.some(({ ran }) => ran > 0))
      faults.push(`${place} did not run on what is right: ${good.map(({ notRun }) => notRun).join()}`);
    const spoke = await Promise.all(failing.map(async (books) => (await heard(id, rules, books)).words.length > 0));
    if (!spoke.includes(true)) faults.push(`${place} speaks on nothing`);
    for (const [index, spoken] of spoke.entries()) if (spoken) silent.delete(index);
  }
  return [...faults, ...[...silent].map((index) => `fixture ${String(index + 1)} breaks no check`)];
}

const written = writtenFixtures();

describe('every rule', () => {
  it('has fixtures', () => {
    expect(written.filter(({ fixtures }) => fixtures?.fail === undefined).map(({ id }) => id)).toEqual([]);
    expect(written.length).toBeGreaterThanOrEqual(100);
  });

  it.each(written.map(({ id, fixtures = {} }) => [id, fixtures] as const))(
    '%s: each of its checks speaks on a failing fixture, and has run over the passing one without a word',
    async (id, fixtures: Fixtures) => {
      expect(await faultsOf(id, fixtures)).toEqual([]);
    },
  );
});
