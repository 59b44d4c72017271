import { isLedgerError } from '../errors';
import { addMonths } from './months';
import { parseCondition, parseInput } from './notation';

function codeOf(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch (error) {
    if (isLedgerError(error)) return error.code;
    throw error;
  }
}

describe('an input of a screening rule', () => {
  it.each([
    ['#NCVar_GJ_t', { from: 'record', relation: 'own', mark: '#', name: 'NCVar_GJ_t' }],
    ['/issued', { from: 'record', relation: 'own', mark: '/', name: 'issued' }],
    ['@version', { from: 'record', relation: 'own', mark: '@', name: 'version' }],
    ['test-report#Cad_pct', { from: 'record', relation: 'own', kind: 'test-report', mark: '#', name: 'Cad_pct' }],
    [
      'plant:annual-report#emission_tCO2',
      { from: 'record', relation: 'plant', kind: 'annual-report', mark: '#', name: 'emission_tCO2' },
    ],
    ['months:#daily.fc_t.*', { from: 'record', relation: 'months', mark: '#', name: 'daily.fc_t.*' }],
    ['trait:capacity_MW', { from: 'trait', name: 'capacity_MW' }],
    ['calendar:monthEnd', { from: 'calendar', name: 'monthEnd' }],
    ['table:Be.@class', { from: 'table', name: 'Be.@class' }],
    ['cc over own-other-months', { from: 'series', of: 'cc', over: 'own-other-months', least: 2 }],
    ['cc over peers, least 6', { from: 'series', of: 'cc', over: 'peers', least: 6 }],
  ])('is read: %s', (text, input) => {
    expect(parseInput(text)).toEqual(input);
  });

  it.each([
    '',
    '#',
    'NCVar',
    '# NCVar',
    '#1st',
    '#a b',
    '#a.*.b',
    'neighbour:#a',
    'calendar:noon',
    'trait:',
    'cc over everybody',
    'cc over peers, least',
    'cc over peers, least 10000',
    'cc over peers, most 3',
    'plant:Annual-Report#a',
    '#a\n',
  ])('is refused: %j', (text) => {
    expect(codeOf(() => parseInput(text))).toBe('BAD_FORMULA');
  });
});

describe('a condition of a screening rule', () => {
  it.each([
    ['heat = 0', { of: 'heat', op: '=', value: '0' }],
    ['trait:class in I,II', { of: 'trait:class', op: 'in', value: 'I,II' }],
    ['test-report/issued present', { of: 'test-report/issued', op: 'present', value: '' }],
    ['/reason = a b c', { of: '/reason', op: '=', value: 'a b c' }],
  ])('is read: %s', (text, condition) => {
    expect(parseCondition(text)).toEqual(condition);
  });

  it.each(['', 'heat', 'heat =', 'heat ~ 0', ' = 0', 'heat present 1', 'heat absent now', 'heat == 0'])(
    'is refused: %j',
    (text) => {
      expect(codeOf(() => parseCondition(text))).toBe('BAD_FORMULA');
    },
  );
});

describe('months before and after', () => {
  it.each([
    ['2024-01', -1, '2023-12'],
    ['2024-12', 1, '2025-01'],
    ['2024-03', -24, '2022-03'],
    ['2024-03', 0, '2024-03'],
    ['2024', -12, '2023'],
    ['2024', 12, '2025'],
    ['0001-01', -1, '0000-12'],
  ])('of %s by %i are %s', (period, months, expected) => {
    expect(addMonths(period, months)).toBe(expected);
  });
});
