import {
  bookDigest,
  compileRules,
  screenBooks,
  shelvedRuleSet,
  shelvedScreening,
  type Book,
  type BookSource,
  type CompiledRules,
  type ScreeningRun,
} from '@carbon-ledger/core';
import { booksOf, writtenFixtures, type Fixtures } from './fixtures';

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

async function screened(rule: string, books: readonly Book[], { limits }: Fixtures): Promise<ScreeningRun['result']> {
  const all = rulesWith(rule, limits);
  const rules = { ...all, checks: all.checks.filter((check) => check.rule.id === rule) };
  const { result } = await screenBooks({ rules, scope: { of: 'all', year: '2024' }, books: () => sources(books) });
  return result;
}

const written = writtenFixtures();

describe('every rule', () => {
  it('has fixtures', () => {
    expect(written.filter(({ fixtures }) => fixtures?.fail === undefined).map(({ id }) => id)).toEqual([]);
    expect(written.length).toBeGreaterThanOrEqual(100);
  });

  it.each(written.map(({ id, fixtures = {} }) => [id, fixtures] as const))(
    '%s speaks on its failing fixture, and has run over its passing one without a word',
    async (id, fixtures: Fixtures) => {
      const passing = booksOf(fixtures, fixtures.pass ?? {});
      const good = await screened(id, passing, fixtures);
      const words = good.findings
        .filter(({ at }) => at.startsWith(passing[0]!.uscc))
        .map(({ at, got, limit }) => `${at}: ${got}, ${limit}`);
      expect(words.slice(0, 3)).toEqual([]);
      expect({
        ran: good.rules[id]?.ran === 0 ? 0 : 1,
        notRun: good.rules[id]?.ran === 0 ? good.rules[id].notRun : {},
      }).toEqual({ ran: 1, notRun: {} });

      const failing = booksOf(fixtures, fixtures.fail ?? {});
      const bad = await screened(id, failing, fixtures);
      const found = bad.findings.filter(({ at }) => at.startsWith(failing[0]!.uscc));
      expect(found.length > 0 ? true : bad.rules[id]).toBe(true);
    },
  );
});
