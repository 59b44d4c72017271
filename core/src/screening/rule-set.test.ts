import { ruleSetSchema } from './rule-set';
import { shelvedRuleSet } from './shelf';

const title = { en: 'x', zh: '甲' };
const formulaCheck = { each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: '5' }] };
const predicateCheck = { each: 'test-report@unit', predicate: 'same', with: { values: ['/a'] } };
const rule = {
  ...{ id: 'R-T01', class: 'logic', severity: 'W', scope: 'unit-month', text: title, source: 'test' },
  checks: [formulaCheck],
};
const ruleSet = {
  ...{ id: 'TEST', title, effectiveFrom: '2024-01-01', sources: [], traits: { kind: [], fuel: [] } },
  rules: [rule],
};
type Change = Readonly<Record<string, unknown>>;

function placesOf(value: unknown): string[] {
  const read = ruleSetSchema.safeParse(value);
  return read.success ? [] : [...new Set(read.error.issues.map(({ path }) => `/${path.join('/')}`))];
}
const ofSet = (change: Change): string[] => placesOf({ ...ruleSet, ...change });
const ofRule = (change: Change): string[] => ofSet({ rules: [{ ...rule, ...change }] });
const ofCheck = (check: object, change: Change): boolean => ofRule({ checks: [{ ...check, ...change }] }).length === 0;

describe('the form of a rule set', () => {
  it('is that of the one that comes with the program', () => {
    expect(placesOf(shelvedRuleSet())).toEqual([]);
    expect(placesOf(ruleSet)).toEqual([]);
  });

  it.each<[string, Change, string]>([
    ['an id in small letters', { id: 'test' }, '/id'],
    ['an id of two letters', { id: 'TE' }, '/id'],
    ['a day that there is not', { effectiveFrom: '2024-02-30' }, '/effectiveFrom'],
    ['no rule', { rules: [] }, '/rules'],
    ['a title in one language', { title: { en: 'x' } }, '/title/zh'],
    ['an empty title', { title: { en: '', zh: '甲' } }, '/title/en'],
    ['no traits of fuel', { traits: { kind: [] } }, '/traits/fuel'],
    ['a source that is no text', { sources: [1] }, '/sources/0'],
  ])('refuses %s at its place', (_, change, place) => {
    expect(ofSet(change)).toEqual([place]);
  });

  it('refuses a member that nobody reads', () => {
    expect(ofSet({ author: 'x' })).toEqual(['/']);
    expect(ofRule({ note: 'x' })).toEqual(['/rules/0']);
  });
});

describe('the form of a rule', () => {
  it.each<[string, Change, string]>([
    ['an id of another form', { id: 'L01' }, '/rules/0/id'],
    ['an id of one digit', { id: 'R-L1' }, '/rules/0/id'],
    ['a class that is none', { class: 'opinion' }, '/rules/0/class'],
    ['a severity that is none', { severity: 'E' }, '/rules/0/severity'],
    ['a scope that is none', { scope: 'country' }, '/rules/0/scope'],
    ['no source', { source: '' }, '/rules/0/source'],
    ['no check', { checks: [] }, '/rules/0/checks'],
    ['a parameter without a value', { parameters: { most: [] } }, '/rules/0/parameters/most'],
    ['a limit that is no decimal', { parameters: { most: [{ value: '1e3' }] } }, '/rules/0/parameters/most/0/value'],
    ['a limit with leading zeros', { parameters: { most: [{ value: '01' }] } }, '/rules/0/parameters/most/0/value'],
    ['a limit that is a number', { parameters: { most: [{ value: 1 }] } }, '/rules/0/parameters/most/0/value'],
    ['a limit from no day', { parameters: { most: [{ value: '1', from: 'now' }] } }, '/rules/0/parameters/most/0/from'],
    ['a limit for no fuel', { parameters: { most: [{ value: '1', fuel: [] }] } }, '/rules/0/parameters/most/0/fuel'],
  ])('refuses %s at its place', (_, change, place) => {
    expect(ofRule(change)).toEqual([place]);
  });
});

describe('the form of a check', () => {
  it.each<[string, Change, boolean]>([
    ['a level', { each: 'monthly-evidence@plant' }, true],
    ['every kind of a type', { each: 'device-batch.*@unit' }, true],
    ['a level that is none', { each: 'monthly-evidence@country' }, false],
    ['no level', { each: 'monthly-evidence' }, false],
    ['a kind in capitals', { each: 'Monthly@unit' }, false],
    ['an input with what stands in for it', { inputs: { x: { from: '#x', else: '0' } } }, true],
    ['an input with a word in its place', { inputs: { x: { from: '#x', else: 'none' } } }, false],
    ['a variable by no name', { inputs: { '1x': '#x' } }, false],
    ['no band', { bands: [] }, false],
    ['five bands', { bands: Array.from({ length: 5 }, () => ({ high: '1' })) }, false],
    ['a band with a severity', { bands: [{ high: '1', severity: 'B', open: true }] }, true],
    ['a formula that is endless', { value: 'x'.repeat(501) }, false],
    ['thirteen decimals', { decimals: 13 }, false],
    ['nine conditions', { when: Array.from({ length: 9 }, () => 'x = 1') }, false],
  ])('by formula, with %s: %s', (_, change, isTaken) => {
    expect(ofCheck(formulaCheck, change)).toBe(isTaken);
  });

  it.each<[string, Change, boolean]>([
    ['one text as an argument', { with: { values: '/a' } }, true],
    ['a list as an argument', { with: { values: ['/a', '/b'] } }, true],
    ['a number as an argument', { with: { values: 1 } }, false],
    ['forty-one values', { with: { values: Array.from({ length: 41 }, () => '/a') } }, false],
    ['a predicate in capitals', { predicate: 'Same' }, false],
    ['a severity of its own', { severity: 'I' }, true],
    ['a formula besides', { value: 'x' }, false],
  ])('by predicate, with %s: %s', (_, change, isTaken) => {
    expect(ofCheck(predicateCheck, change)).toBe(isTaken);
  });
});
