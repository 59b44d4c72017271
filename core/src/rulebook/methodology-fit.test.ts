import { at, glass, type glassFiles } from '../methodology/testing/glass-folder';
import { lintForLedger } from './methodology-fit';

type Files = ReturnType<typeof glassFiles>;
const month = 'monthly-evidence@unit';
const report = 'annual-report@unit';

const told = (change: (files: Files) => void): string[] =>
  lintForLedger(glass(change)).faults.map(({ path, message }) => `${path}: ${message}`);

describe('a methodology, held to the rulebook', () => {
  it('in order has no faults', () => {
    expect(told(() => undefined)).toEqual([]);
  });

  it.each<[string, (files: Files) => void, string]>([
    [
      'a role in which nothing is cited',
      (files) => (at(files.profile, report, 'cites')['last-report'] = { of: report, min: '0', max: '1' }),
      `/profile/${report}/cites/last-report: ${report} cites nothing in the role last-report: its roles are methodology, parameters, quality-control-plan, monthly-evidence`,
    ],
    [
      'another kind of record than a role takes',
      (files) => (at(files.profile, month, 'cites', 'quality-control-plan')['of'] = report),
      'is a quality-control-plan, not an annual-report',
    ],
    [
      'a fact of a type that takes none',
      (files) => (at(files.profile, report)['content'] = { mood: { en: 'Mood', zh: '心情', kind: 'text' } }),
      `/profile/${report}/content/mood: annual-report takes no further facts`,
    ],
    [
      'figures of a record that rests on no methodology',
      (files) =>
        (at(files.methodology, 'figures')['test-report@unit'] = {
          fuel_t: { unit: 't', decimals: '2', stated: 'true' },
        }),
      '/methodology/figures/test-report@unit: test-report rests on no methodology',
    ],
  ])('is told of %s', (_, change, words) => {
    expect(told(change).join('\n')).toContain(words);
  });

  const records = (files: Files): Record<string, unknown> => at(files.vectors[0]!, 'records');

  it.each<[string, (files: Files) => void, string]>([
    [
      'a fact that is asked of nobody',
      (files) => (at(records(files), 'january', 'content')['mood'] = 'good'),
      `/vectors/0/records/january/content/mood: ${month} has no fact mood`,
    ],
    [
      'a value that is none of its choices',
      (files) => (at(records(files), 'january', 'content')['basis'] = 'guessed'),
      'basis: "guessed" is none of measured, default',
    ],
    [
      'a role in which it cites nothing',
      (files) => (at(records(files), 'january', 'cites')['plan'] = 'coke'),
      '/vectors/0/records/january/cites/plan: monthly-evidence@unit cites nothing in the role plan',
    ],
    [
      'a kind that there is none of',
      (files) => (at(records(files), 'january')['kind'] = 'monthly-evidnce'),
      '/vectors/0/records/january/kind: monthly-evidnce is no kind of record',
    ],
    [
      'a year that is none of its own',
      (files) => (files.vectors[0]!['year'] = '2031'),
      '/vectors/0/year: 2031 is none of 2024, 2025',
    ],
  ])('has vectors of what can be filed, and is told of %s', (_, change, words) => {
    expect(told(change)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    [{ kind: 'decimal', unit: 't' }, '1e3', 'is not a decimal number'],
    [{ kind: 'boolean' }, 'yes', 'is neither true nor false'],
    [{ kind: 'day' }, '2025-02-29', 'is not a day'],
  ])('holds facts of vectors to their kinds: %j', (kind, text, words) => {
    const found = told((files) => {
      at(files.profile, month, 'content')['fact'] = { en: 'Fact', zh: '事实', required: 'false', ...kind };
      at(records(files), 'january', 'content')['fact'] = text;
    });
    expect(found).toEqual([expect.stringContaining(words)]);
  });

  it('may say which values a field of the type itself has', () => {
    const result = {
      en: 'Result',
      zh: '结论',
      kind: 'choice',
      choices: { confirmed: { en: 'Confirmed', zh: '一致' } },
    };
    expect(told((files) => (files.profile['verification-conclusion@unit'] = { content: { result } }))).toEqual([]);
  });
});
