import { shelvedRuleSet, withParts, type RuleSet } from '.';

const whole = shelvedRuleSet();
const [first, second] = whole.rules;
const part = (rules: readonly (object | undefined)[], traits: object = { kind: [], fuel: [] }): RuleSet =>
  ({ ...whole, id: 'PART', traits, rules }) as RuleSet;

describe('parts of a rule set', () => {
  it('take the place of the rules that they name, in order, and leave all others as they are', () => {
    const changed = { ...second, severity: 'I' };
    const again = { ...second, severity: 'B' };
    const { rules, id, traits } = withParts(whole, [part([changed]), part([again])]);
    expect([id, traits]).toEqual([whole.id, whole.traits]);
    expect(rules).toEqual(whole.rules.map((rule) => (rule.id === second?.id ? again : rule)));
  });

  it('add rules that were not there, and traits where they have any', () => {
    const added = { ...first, id: 'R-X999' };
    const kind = [{ value: 'nuclear' }];
    const found = withParts(whole, [part([added], { kind, fuel: [] })]);
    expect(found.rules.at(-1)).toEqual(added);
    expect(found.rules).toHaveLength(whole.rules.length + 1);
    expect(found.traits).toEqual({ kind, fuel: whole.traits.fuel });
  });

  it('are needed: the whole set is larger than a record may be', () => {
    expect(JSON.stringify(whole).length).toBeGreaterThan(65_535);
    expect(withParts(whole, [])).toEqual(whole);
  });
});
