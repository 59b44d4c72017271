import type { Cell } from '../model';
import { readMoment } from './moment';

const cell = (text: string, kind: Cell['kind'] = 'text'): Cell => ({ row: 1, column: 1, kind, text });

describe('a day with its time', () => {
  it.each([
    ['2025-12-08', '2025-12-08'],
    ['2025-12-08 17:30', '2025-12-08 17:30'],
    ['2025-12-08T09:05:59', '2025-12-08 09:05'],
    ['2025年12月8日 7:05', '2025-12-08 07:05'],
    ['20251208', '2025-12-08'],
    ['2025-12-08T16:30:00Z', '2025-12-09 00:30'],
    ['2025-12-08 17:30:00+08:00', '2025-12-08 17:30'],
    ['2025-12-08 00:30+0900', '2025-12-07 23:30'],
    ['2025-12-08 22:00-03:30', '2025-12-09 09:30'],
  ])('is read of %s as %s', (text, value) => {
    expect(readMoment(cell(text), false)).toEqual({ value });
  });

  it.each([
    ['45999', '2025-12-08'],
    ['45999.729166666664', '2025-12-08 17:30'],
    ['45999.70833333', '2025-12-08 17:00'],
    ['45999.99999', '2025-12-08 23:59'],
  ])('is read of the number %s of a workbook as %s', (text, value) => {
    expect(readMoment(cell(text, 'number'), false)).toEqual({ value });
  });

  it.each([
    ...[['', 'CELL_NOT_A_DAY'] as const, ['8/12/2025', 'CELL_NOT_A_DAY'] as const],
    ...[['2025-13-01', 'CELL_NOT_A_DAY'] as const, ['soon', 'CELL_NOT_A_DAY'] as const],
    ...[['2025-12-08 25', 'CELL_NOT_A_DAY'] as const, ['2025-12-08 24:00', 'CELL_NOT_A_MOMENT'] as const],
    ['2025-12-08 7:60', 'CELL_NOT_A_MOMENT'] as const,
  ])('refuses %j: %s', (text, fault) => {
    expect(readMoment(cell(text), false)).toMatchObject({ fault });
  });
});
