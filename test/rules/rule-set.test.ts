import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ruleSetFaults, ruleSetSchema, shelvedRuleSet } from '@carbon-ledger/core';

const root = path.join(__dirname, '../..');

describe('the rule set that comes with the program', () => {
  it('is what the folder rules/ says (npm run rules)', () => {
    const check = (): string => execFileSync('node', ['scripts/rules.mjs', '--check'], { cwd: root, encoding: 'utf8' });
    expect(check).not.toThrow();
  });

  it('is well formed, and every name in it stands for something', () => {
    expect(ruleSetSchema.safeParse(shelvedRuleSet()).success).toBe(true);
    expect(ruleSetFaults(shelvedRuleSet())).toEqual([]);
  });

  it('has a line for each rule in docs/rules.md, with its severity and scope, and no other (npm run docs)', () => {
    const text = readFileSync(path.join(root, 'docs/rules.md'), 'utf8');
    const rows = [...text.matchAll(/^\| (R-[A-Z][0-9]{2,3}) \| ([BWI]) \| ([a-z-]+) \|/gm)].map((row) => row.slice(1));
    const rules = shelvedRuleSet().rules.map(({ id, severity, scope }) => [id, severity, scope]);
    expect(rows.sort()).toEqual(rules.sort());
  });
});

describe('a rule set with faults', () => {
  const [rule] = shelvedRuleSet().rules;

  function messagesOf(change: object): string[] {
    const ruleSet = ruleSetSchema.parse({ ...shelvedRuleSet(), rules: [{ ...rule, ...change }] });
    return ruleSetFaults(ruleSet).map(({ path: at, message }) => `${at} ${message}`);
  }

  const check = { each: 'monthly-evidence@unit', inputs: { x: '#x' }, value: 'x', bands: [{ high: 'x' }] };

  it.each([
    ['a name that is nothing', { value: 'x + y' }, '"x + y": y is neither input nor parameter'],
    ['a formula that cannot be read', { value: 'x +' }, 'ends too early'],
    ['an input that is none', { inputs: { x: 'x' } }, '"x" is not an input'],
    ['a window that is none', { inputs: { x: '#x', xs: 'x over the-moon' } }, 'is not an input'],
    ['a condition that is none', { when: ['x is 1'] }, 'is not a condition'],
    ['two things of one name', { let: { x: '1' } }, 'x stands for two things'],
  ])('is told %s', (_, change, message) => {
    expect(messagesOf({ checks: [{ ...check, ...change }] }).join('\n')).toContain(message);
  });

  it('is told a predicate that is none, and arguments that it lacks or does not take', () => {
    const of = (predicate: string, given: object): object => ({
      checks: [{ each: 'surrender@any', predicate, with: given }],
    });
    expect(messagesOf(of('guess', {}))).toEqual(['/rules/0/checks/0 guess is no predicate']);
    expect(messagesOf(of('order', { step: 'a' }))).toEqual([
      '/rules/0/checks/0 order needs steps',
      '/rules/0/checks/0 order takes no step',
    ]);
  });
});
