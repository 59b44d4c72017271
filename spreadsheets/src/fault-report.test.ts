import { shelvedRules } from '@carbon-ledger/core';
import { faultLine } from './fault-report';
import type { Cell } from './model';
import { sheetFault } from './tables/fault';
import { templateOf } from './templates/forms';
import { templateKinds } from './kinds';
import { isRefused } from './values/reading';
import { ColumnReadings } from './values/column-readings';

const han = /\p{Script=Han}/u;
const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');

/** Cells that hardly a column takes. */
const odd: readonly Omit<Cell, 'row' | 'column'>[] = [
  { kind: 'error', text: '#DIV/0!', formula: '1/0' },
  { kind: 'number', text: '', formula: 'A1*2' },
  { kind: 'number', text: '0.30000000000000004' },
  { kind: 'number', text: '1.46785E+18' },
  { kind: 'number', text: '0.5', shownAs: 'percent' },
  { kind: 'number', text: '45296', shownAs: 'date' },
  { kind: 'boolean', text: '1' },
  { kind: 'text', text: '12.5 kcal/kg' },
  { kind: 'text', text: '1/2/2024' },
  { kind: 'text', text: 'what\u200bever\u0000' },
  { kind: 'text', text: '1,2345' },
];

/** What each column of a form expects instead of an odd cell. */
function expectationsOf(kind: (typeof templateKinds)[number]): string[] {
  const columns = templateOf(kind, { sector, methodology }).tables.flatMap((table) => table.columns);
  return columns.flatMap((column) => {
    const readings = new ColumnReadings(column, false);
    return odd.flatMap((cell) => {
      const reading = readings.read({ row: 4, column: 2, ...cell });
      return isRefused(reading) ? [reading.expected] : [];
    });
  });
}

describe('a fault of a cell, told in Chinese', () => {
  it.each(templateKinds)('has nothing in English in it, whatever stands in a cell of %s', (kind) => {
    const expected = [...new Set(expectationsOf(kind))];
    expect(expected.length).toBeGreaterThan(0);
    for (const one of expected) {
      const fault = sheetFault('CELL_NOT_A_NUMBER', { sheet: 'S', row: 4, column: 2 }, { expected: one });
      const told = faultLine(fault, 'zh')[4] ?? '';
      // A value, or a list of codes to choose from, is the same in both languages.
      expect(han.test(told) || told === one).toBe(true);
      expect(told).not.toMatch(/\b(?:a|the|of|with|number|text)\b/);
    }
  });

  it('names the column that it is about, and says all of it', () => {
    const fault = sheetFault(
      'CELL_EMPTY',
      { sheet: 'S', row: 4, column: 2 },
      { message: '燃煤消耗量（t）: the cell is empty, but a value is asked for' },
    );
    expect(faultLine(fault, 'zh')[6]).toBe('燃煤消耗量（t）：单元格为空，此处须填写');
    expect(faultLine(fault, 'en')[6]).toContain('the cell is empty');
  });
});
