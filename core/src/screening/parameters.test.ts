import { Lacking } from './lacking';
import { limitOf } from './parameters';
import type { ScreeningRule } from './rule-set';

const limits = {
  least: [
    { value: '8', fuel: ['lignite'] },
    { value: '14', fuel: ['bituminous'], to: '2024-06-30' },
    { value: '15', fuel: ['bituminous'], from: '2024-07-01' },
    { value: '4', class: ['III'] },
  ],
} as const;
// Only the parameters of a rule are looked at.
const rule = { parameters: limits } as unknown;
const of = (traits: Record<string, string>, period = '2024-03', name = 'least'): string | undefined =>
  limitOf(rule as ScreeningRule, name, traits, period)?.value.toString();

describe('the limit of a screening rule', () => {
  it('is the first that is meant for the unit', () => {
    expect(of({ fuel: 'lignite', class: 'III' })).toBe('8');
    expect(of({ class: 'III' })).toBe('4');
  });

  it('changes with the month in which another comes into force', () => {
    expect([of({ fuel: 'bituminous' }, '2024-06'), of({ fuel: 'bituminous' }, '2024-07')]).toEqual(['14', '15']);
    expect(of({ fuel: 'bituminous' }, '2024')).toBe('14');
  });

  it('is lacking for a unit that none is meant for, and says for which: a check never passes silently', () => {
    expect(() => of({ fuel: 'anthracite' })).toThrow(new Lacking('no limit least for anthracite'));
    expect(() => of({})).toThrow(new Lacking('no limit least for a unit of unknown kind'));
  });

  it.each(['most', 'toString', '__proto__', 'constructor'])('by the name %s is none of this rule', (name) => {
    expect(of({ fuel: 'lignite' }, '2024-03', name)).toBeUndefined();
  });
});
