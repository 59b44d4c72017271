import { isLedgerError } from '../errors';
import { compileRules, ruleSetFaults } from './compile';
import type { RuleSet } from './rule-set';
import { shelvedRuleSet } from './shelf';
import { rulesOf } from './testing/books';

const good = { each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: '5' }] };
const different = { each: 'monthly-evidence@unit', predicate: 'different', with: { values: ['/a', '/b'] } };
/** A rule set as it is before anything looks at its names. */
const setOf = (...checks: readonly object[]): RuleSet =>
  ({
    ...rulesOf({ checks: [good] }).ruleSet,
    rules: [{ ...rulesOf({ checks: [good] }).ruleSet.rules[0], checks }],
  }) as RuleSet;
const messages = (set: RuleSet): string[] =>
  ruleSetFaults(set).map(({ path, code, message }) => `${path} ${code} ${message}`);

describe('a rule set', () => {
  it('that comes with the program has no fault', () => {
    expect(ruleSetFaults(shelvedRuleSet())).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a name without meaning', { ...good, value: 'x + y' }, '"x + y": y is neither input nor parameter'],
    ['a name in a band', { ...good, bands: [{ low: 'least' }] }, '"least": least is neither input nor parameter'],
    ['a name that stands for two things', { ...good, let: { x: '1' } }, 'x stands for two things'],
    ['a window over no variable', { ...good, inputs: { x: '#x', xs: 'z over peers' } }, 'z is no variable'],
    ['a predicate that is none', { ...different, predicate: 'guess' }, 'guess is no predicate'],
    ['a predicate by a name of objects', { ...different, predicate: 'to-string' }, 'to-string is no predicate'],
    ['a predicate without its argument', { ...different, with: {} }, 'different needs values'],
    ['an argument too many', { ...different, with: { values: ['/a'], most: '3' } }, 'different takes no most'],
    [
      'an input that cannot be read',
      { ...good, inputs: { x: 'neighbour:#x' } },
      '"neighbour:#x" is not an input of a screening rule',
    ],
  ])('with %s is refused at its place', (_, check, message) => {
    expect(messages(setOf(good, check))).toEqual([`/rules/0/checks/1 BAD_FORMULA ${message}`]);
  });

  it('with a formula that cannot be read is refused, and every fault of it is told', () => {
    const found = ruleSetFaults(setOf({ ...good, value: 'x +' }, { ...different, with: {} }));
    expect(found.map(({ path, code }) => `${path} ${code}`)).toEqual([
      '/rules/0/checks/0 BAD_FORMULA',
      '/rules/0/checks/1 BAD_FORMULA',
    ]);
  });

  it('with an id that stands there twice is refused', () => {
    const { ruleSet } = rulesOf({ checks: [good] }, { id: 'R-T01', checks: [good] });
    expect(messages(ruleSet)).toEqual(['/rules/1/id BAD_FORMULA R-T01 stands there twice']);
  });

  it('with an input that cannot be read is not made ready', () => {
    let code: string | undefined;
    try {
      compileRules(setOf({ ...good, when: ['x ~ 1'] }));
    } catch (error) {
      code = isLedgerError(error) ? error.code : undefined;
    }
    expect(code).toBe('BAD_FORMULA');
  });

  it('knows which checks look beyond the enterprise', () => {
    const reuse = { ...different, predicate: 'reuse', with: { space: 'meter', values: ['/a'] } };
    const over = (window: string): object => ({ ...good, inputs: { x: '#x', xs: `x over ${window}` } });
    const all = [good, different, reuse, over('own-history'), over('peers'), over('market')];
    expect(rulesOf({ checks: all }).checks.map(({ isWide }) => isWide)).toEqual([
      false,
      false,
      true,
      false,
      true,
      true,
    ]);
  });
});
