import { catalogue, messageInChinese } from '@carbon-ledger/core';
import type { Cell } from '../model';
import { isRefused, type Reading } from './reading';
import { readValue, type ValueRule } from './value';

function cell(text: string, kind: Cell['kind'] = 'text', more: Partial<Cell> = {}): Cell {
  return { row: 1, column: 1, kind, text, ...more };
}
const read = (one: Cell, rule: ValueRule, from1904 = false): Reading => readValue(one, rule, undefined, from1904);

describe('a day', () => {
  const rule = { kind: 'day' } as const;

  it.each([
    ['2024-01-31', '2024-01-31'],
    ['2024/1/5', '2024-01-05'],
    ['2024.01.05', '2024-01-05'],
    ['2024年1月5日', '2024-01-05'],
    ['２０２４年１月５日', '2024-01-05'],
    ['20240105', '2024-01-05'],
    ['2024-01-05 17:03:09', '2024-01-05'],
    ['45296', '2024-01-05'],
  ])('%s is read', (text, value) => {
    expect(read(cell(text), rule)).toEqual({ value });
  });

  it('is read of a serial number, in both calendars of workbooks', () => {
    expect(read(cell('45351', 'number', { shownAs: 'date' }), rule)).toEqual({ value: '2024-02-29' });
    expect(read(cell('45351.7', 'number'), rule)).toEqual({ value: '2024-02-29' });
    expect(read(cell('43889', 'number', { shownAs: 'date' }), rule, true)).toEqual({ value: '2024-02-29' });
  });

  it.each(['1/2/2024', '2023-02-29', '2024-13-01', '2024-1/5', '31.12.2024', '5', '2024', '一月五日', '99999999'])(
    '%s is none that can be told for certain',
    (text) => {
      expect(read(cell(text), rule)).toMatchObject({ fault: 'CELL_NOT_A_DAY' });
    },
  );
});

describe('a month or year', () => {
  it.each(['2024-01', '2024/1', '2024年1月', '202401', '2024-01-15', '45292', '45300'])(
    '%s is January 2024',
    (text) => {
      expect(read(cell(text), { kind: 'month' })).toEqual({ value: '2024-01' });
      if (/^\d+$/.test(text)) expect(read(cell(text, 'number'), { kind: 'month' })).toEqual({ value: '2024-01' });
    },
  );

  it.each(['2024', '2024年', '２０２４年度'])('%s is 2024', (text) => {
    expect(read(cell(text), { kind: 'year' })).toEqual({ value: '2024' });
  });

  it('is not guessed', () => {
    // 2024.10, typed as a number, is kept as 2024.1.
    for (const kind of ['number', 'text'] as const)
      expect(read(cell('2024.1', kind), { kind: 'month' })).toMatchObject({ fault: 'CELL_NOT_A_MONTH' });
    expect(read(cell('2024.2', 'number'), { kind: 'month' })).toEqual({ value: '2024-02' });
    expect(read(cell('24-1'), { kind: 'month' })).toMatchObject({ fault: 'CELL_NOT_A_MONTH' });
    expect(read(cell('45296', 'number', { shownAs: 'date' }), { kind: 'year' })).toMatchObject({
      fault: 'CELL_NOT_A_YEAR',
    });
  });
});

describe('the cure of a day, a month and a year', () => {
  it.each([
    ['day', '2024-01-31'],
    ['month', '2024-01'],
    ['year', '2024'],
  ] as const)('of a %s is in the form in which the place takes it', (kind, form) => {
    const reading = read(cell('soon'), { kind });
    if (!isRefused(reading)) throw new Error('it was read');
    const { cure, cureZh } = catalogue[reading.fault];
    expect([cure, cureZh]).toEqual([`Write the ${kind} as ${form}.`, expect.stringContaining(` ${form} `)]);
    expect(read(cell(form), { kind })).toEqual({ value: form });
  });
});

describe('a code', () => {
  const rule = { kind: 'code' } as const;

  it('is text, in whatever width it was typed', () => {
    expect(read(cell('ＦＩＣ－Ａ－０００００１'), rule)).toEqual({ value: 'FIC-A-000001' });
    expect(read(cell('1467848700000000001'), rule)).toEqual({ value: '1467848700000000001' });
    expect(read(cell('240417250001', 'number'), rule)).toEqual({ value: '240417250001' });
  });

  it('that is a name or has words in it stays as it was written', () => {
    for (const text of ['（虚构）晋北示范发电有限公司', '晋检〔2024〕第１２号', '王五，赵六'])
      expect(read(cell(` ${text}\u3000`), rule)).toEqual({ value: text });
  });

  it('is refused where a program made a number of it and lost digits', () => {
    expect(read(cell('1.467848700000000E+18', 'number'), rule)).toMatchObject({ fault: 'CELL_SCIENTIFIC' });
    expect(read(cell('1.46785E+18'), rule)).toMatchObject({ fault: 'CELL_SCIENTIFIC' });
    expect(read(cell('1467848700000000000', 'number'), rule)).toMatchObject({ fault: 'CELL_SCIENTIFIC' });
    expect(read(cell('45296', 'number', { shownAs: 'date' }), rule)).toMatchObject({ fault: 'CELL_BAD_CODE' });
  });

  it('of a party has its check character', () => {
    expect(read(cell('91140000ma0fake01x'), { kind: 'uscc' })).toEqual({ value: '91140000MA0FAKE01X' });
    expect(read(cell('91140000MA0FAKE010'), { kind: 'uscc' })).toMatchObject({ fault: 'CELL_BAD_CODE' });
  });
});

describe('a choice', () => {
  const rule: ValueRule = { kind: 'choice', choices: { measured: { zh: '实测', en: 'Measured' } } };

  it('is read by its code or its words', () => {
    for (const text of ['实测', 'Measured', 'measured ', 'ＭＥＡＳＵＲＥＤ'])
      expect(read(cell(text), rule)).toEqual({ value: 'measured' });
    expect(read(cell('1', 'boolean'), { kind: 'yes-no' })).toEqual({ value: 'true' });
    expect(read(cell('否'), { kind: 'yes-no' })).toEqual({ value: 'false' });
  });

  it('is refused otherwise, with the list', () => {
    expect(read(cell('缺省'), rule)).toMatchObject({ fault: 'CELL_NOT_A_CHOICE', expected: '实测' });
  });
});

describe('a formula', () => {
  it('counts by its saved value; without one, or with an error, it is refused', () => {
    const rule = { kind: 'decimal', decimals: 1 } as const;
    expect(read(cell('2.1', 'number', { formula: 'A1+1' }), rule)).toEqual({ value: '2.1' });
    expect(read(cell('', 'number', { formula: 'A1+1' }), rule)).toMatchObject({ fault: 'CELL_FORMULA_NOT_COMPUTED' });
    expect(read(cell('#DIV/0!', 'error', { formula: 'A1/0' }), rule)).toMatchObject({ fault: 'CELL_FORMULA_ERROR' });
  });
});

describe('what is wrong with a cell', () => {
  const decimal = { kind: 'decimal', decimals: 2 } as const;
  const number = (text: string, more: Partial<Cell> = {}): Cell => cell(text, 'number', more);

  it.each<[Cell, ValueRule]>([
    [cell('0.8 g'), decimal],
    [cell('0.8 kg/t'), decimal],
    [cell('约 12 吨'), decimal],
    [number('0.30000000000000004'), decimal],
    [number('45296', { shownAs: 'date' }), decimal],
    [number('0.1336', { shownAs: 'percent' }), decimal],
    [cell('#DIV/0!', 'error', { formula: 'A1/0' }), decimal],
    [number('', { formula: 'IF(A1>0, "a b", 1)' }), decimal],
    [cell('1', 'boolean'), decimal],
    [number('1.46785E+18'), { kind: 'code' }],
    [cell('a\u202eb'), { kind: 'code' }],
    [cell('x'.repeat(301)), { kind: 'words' }],
    [cell('not a code'), { kind: 'uscc' }],
    [cell('the 5th of May'), { kind: 'day' }],
    [cell('1/2/2024'), { kind: 'moment' }],
    [cell('2024.1'), { kind: 'month' }],
    [cell('last year'), { kind: 'year' }],
    [cell('yes and no'), { kind: 'yes-no' }],
    [cell('a b'), { kind: 'choice', choices: { measured: { zh: '实测', en: 'Measured' } } }],
  ])('is told in Chinese too: %j by %j', (one, rule) => {
    const reading = readValue(one, rule, rule.kind === 'decimal' ? '%' : undefined, false);
    if (!isRefused(reading)) throw new Error('it was read');
    // Behind the header of its column, as the faults of a sheet have it.
    const told = messageInChinese(`全水分（%）: ${reading.message}`);
    expect(told).toMatch(/^全水分（%）[:：].*\p{Script=Han}/u);
    // What was found is what stands in the cell.
    const { message } = reading;
    expect(told).toContain(message.slice(message.indexOf('"'), message.lastIndexOf('"') + 1));
  });
});
