import fc from 'fast-check';
import { codeOf } from '../../../test/support/code-of';
import { formatBinding, formatCondition, parseBinding, parseCondition } from './notation';
import type { Binding, Condition, ContentBinding } from './spec';

const figure = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}(?:\.[A-Za-z0-9_]{1,4}){0,2}(?:\.[*@])?$/);
const role = fc.stringMatching(/^[a-z][a-z-]{0,12}$/).filter((text) => text !== 'self');
const field = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,10}$/);
const parameterName = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,10}(?:\.@)?$/);

const contentBinding: fc.Arbitrary<ContentBinding> = fc.oneof(
  field.map((content) => ({ content })),
  fc.tuple(field, role).map(([content, from]) => ({ content, from })),
);
const binding: fc.Arbitrary<Binding> = fc.oneof(
  fc.tuple(fc.oneof(role, fc.constant('self')), figure).map(([from, name]) => ({ from, figure: name })),
  fc.tuple(role, figure).map(([from, name]) => ({ from, figure: name, label: '@' as const })),
  parameterName.map((parameter) => ({ parameter })),
  fc.tuple(parameterName, contentBinding).map(([parameter, by]) => ({ parameter, by })),
  contentBinding,
);
const value = fc.stringMatching(/^[A-Za-z0-9.-]{1,8}$/);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ cited: role, is: fc.boolean() }),
  fc.record({ cited: role, is: fc.boolean(), label: fc.constant('@' as const) }),
  fc.record({
    of: contentBinding,
    op: fc.constant('in' as const),
    value: fc.array(value, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({
    of: binding,
    op: fc.constantFrom('eq' as const, 'lt' as const, 'le' as const, 'gt' as const, 'ge' as const),
    value,
  }),
);

describe('where a variable comes from', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(binding, (one) => {
        expect(parseBinding(formatBinding(one))).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Binding]>([
    ['coalConsumption_t', { from: 'self', figure: 'coalConsumption_t' }],
    ['daily.fc_t.*', { from: 'self', figure: 'daily.fc_t.*' }],
    ['fuel.FC.@', { from: 'self', figure: 'fuel.FC.@' }],
    ['test-report#Cad_pct', { from: 'test-report', figure: 'Cad_pct' }],
    ['test-report.@#Cad_pct', { from: 'test-report', figure: 'Cad_pct', label: '@' }],
    ['$OF', { parameter: 'OF' }],
    ['$CC.@', { parameter: 'CC.@' }],
    [
      '$CC by quality-control-plan/category',
      { parameter: 'CC', by: { content: 'category', from: 'quality-control-plan' } },
    ],
    ['$CC by /fuel', { parameter: 'CC', by: { content: 'fuel' } }],
    ['/dailyRecords', { content: 'dailyRecords' }],
    ['quality-control-plan/capacity_MW', { content: 'capacity_MW', from: 'quality-control-plan' }],
  ])('%s', (text, expected) => {
    expect(parseBinding(text)).toEqual(expected);
  });

  it.each([
    '',
    ' a',
    'a ',
    '1a',
    'a-b',
    'a#b#c',
    '#a',
    'Report#a',
    '$',
    '$1',
    '$CC by',
    '$CC by category',
    '$CC by $OF',
    '/',
    '/1',
    'a/b/c',
    'daily.*.x',
    'a.*.*',
    '__proto__#x()',
    'a\nb',
  ])('is not %j', (text) => {
    expect(codeOf(() => parseBinding(text))).toBe('BAD_METHODOLOGY');
  });
});

describe('when a formula applies', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(condition, (one) => {
        expect(parseCondition(formatCondition(one))).toEqual(one);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Condition]>([
    ['cited test-report', { cited: 'test-report', is: true }],
    ['not cited test-report', { cited: 'test-report', is: false }],
    ['cited test-report.@', { cited: 'test-report', is: true, label: '@' }],
    ['/carbonBasis in measured', { of: { content: 'carbonBasis' }, op: 'in', value: ['measured'] }],
    ['/fuel in coke | gas|oil', { of: { content: 'fuel' }, op: 'in', value: ['coke', 'gas', 'oil'] }],
    ['loadFactor_pct < 65', { of: { from: 'self', figure: 'loadFactor_pct' }, op: 'lt', value: '65' }],
    ['a <= -1.5', { of: { from: 'self', figure: 'a' }, op: 'le', value: '-1.5' }],
    ['$OF >= 99', { of: { parameter: 'OF' }, op: 'ge', value: '99' }],
    ['test-report#a = 0', { of: { from: 'test-report', figure: 'a' }, op: 'eq', value: '0' }],
  ])('%s', (text, expected) => {
    expect(parseCondition(text)).toEqual(expected);
  });

  it.each([
    '',
    'cited',
    'cited Report',
    'never cited a',
    'a',
    'a ==  1',
    'a < ',
    '< 1',
    'a < 1 and b < 2',
    '/fuel in ',
    '/fuel in a | ',
    '/fuel in |',
    'a != 1',
  ])('is not %j', (text) => {
    expect(codeOf(() => parseCondition(text))).toBe('BAD_METHODOLOGY');
  });
});
