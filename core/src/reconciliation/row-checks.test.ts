import type { LedgerFact, RowAnswer } from '.';
import { cellNameOf } from './rows';
import { application, booking, cancellation, facts, other, own, reconcile } from './testing/rows';

type Values = Record<string, string>;
const ofKind = ({ findings }: RowAnswer, kind: string): RowAnswer['findings'] =>
  findings.filter((one) => one.kind === kind);

/** What is said of one kind of the first row, beside a booking that matches it. */
function told(kind: string, more: Values, options: { year?: string; ledger?: readonly LedgerFact[] } = {}): unknown[] {
  const [first] = reconcile([cancellation(more), booking({ year: options.year ?? '2024' })], options).rows;
  return first === undefined ? [] : [...ofKind(first, kind)];
}

describe('the vintage of a reduction (C09)', () => {
  it.each([
    ['2017-03-13', '2024-12-31', '2024', 0],
    ['2017-03-13', '2025-01-01', '2024', 1],
    ['2017-03-14', '2024-12-31', '2024', 1],
    ['2024-01-21', '2024-12-31', '2024', 1],
    ['2024-01-22', '2025-12-31', '2024', 0],
  ])('registered on %s and cancelled on %s for %s is refused %d times', (registeredOn, cancelledOn, year, times) => {
    expect(told('INELIGIBLE_VINTAGE', { registeredOn, cancelledOn }, { year })).toHaveLength(times);
  });

  it('is told at the day of registration, with both generations and their days', () => {
    expect(told('INELIGIBLE_VINTAGE', { registeredOn: '2020-01-01' })).toMatchObject([
      { found: '2020-01-01', expected: '< 2017-03-14 (≤ 2024-12-31) | ≥ 2024-01-22' },
    ]);
  });

  it('does not name the second generation for a year that does not admit it', () => {
    const [finding] = told('INELIGIBLE_VINTAGE', { registeredOn: '2024-03-01' }, { year: '2021' });
    const { expected } = finding as { readonly expected: string };
    expect(expected).toMatch(/^< 2017-03-14 \(≤ \d{4}-\d{2}-\d{2}\)$/);
  });
});

describe('the last day of the year (C08)', () => {
  it.each([
    ['2025-12-31', 0],
    ['2026-01-01', 1],
  ])('is held to on both sides: %s', (day, times) => {
    const { rows } = reconcile([cancellation({ cancelledOn: day }), booking({ bookedOn: day })]);
    expect(rows.map((row) => ofKind(row, 'LATE').length)).toEqual([times, times]);
    for (const finding of rows.flatMap((row) => ofKind(row, 'LATE')))
      expect(finding).toMatchObject({ found: day, expected: '≤ 2025-12-31' });
  });
});

describe('the facility of a project (C07)', () => {
  const owner = { kind: 'facility', code: 'P9/MF0001', uscc: other } as const;

  it.each(['P9/MF0001', 'p9-mf0001', 'P9 MF0001'])('is a key emitter’s however it is written: %s', (facility) => {
    expect(told('INELIGIBLE_PROJECT_IN_ETS', { facility }, { ledger: [...facts, owner] })).toMatchObject([
      { found: facility, other: { value: other } },
    ]);
  });

  it('is nobody’s where it is another one', () => {
    expect(told('INELIGIBLE_PROJECT_IN_ETS', { facility: 'P9/MF0002' }, { ledger: [...facts, owner] })).toEqual([]);
  });
});

describe('accounts (C11)', () => {
  it.each([
    ['the cancellation’s', () => cancellation({ account: 'FIC-CCER-0000009' }), 'account', 'fic ccer 1'],
    ['the booking’s', () => booking({ account: 'FIC-CEA-0000009' }), 'account', 'FIC-CEA-0000001'],
    ['the form’s, of CCER', () => application({ ccerAccount: 'FIC-CCER-9' }), 'ccerAccount', 'fic ccer 1'],
    ['the form’s, of allowances', () => application({ allowanceAccount: 'X' }), 'allowanceAccount', 'FIC-CEA-0000001'],
  ])('are those that the ledger binds: %s', (_, made, column, bound) => {
    const input = made();
    const [row] = reconcile([input]).rows.map((one) => ofKind(one, 'ACCOUNT_BINDING_MISMATCH'));
    expect(row).toMatchObject([{ cell: cellNameOf(input, column), found: input.values[column] }]);
    const same = { ...input, values: { ...input.values, [column]: bound } };
    expect(reconcile([same]).rows.flatMap((one) => ofKind(one, 'ACCOUNT_BINDING_MISMATCH'))).toEqual([]);
  });

  it('are those of a form where the ledger binds none, and of the ledger where it binds one', () => {
    const rows = [cancellation({ account: 'C-7' }), booking(), application({ ccerAccount: 'C-8' })];
    const mismatches = (ledger: readonly LedgerFact[]): number[] =>
      reconcile(rows, { ledger }).rows.map((row) => ofKind(row, 'ACCOUNT_BINDING_MISMATCH').length);
    expect(mismatches([])).toEqual([1, 0, 0]);
    expect(mismatches([{ kind: 'accounts', uscc: own, ccer: 'C-7' }])).toEqual([0, 0, 1]);
    expect(mismatches([{ kind: 'accounts', uscc: other, ccer: 'C-7' }])).toEqual([1, 0, 0]);
  });

  it('are told as not looked at where nobody binds that side', () => {
    const ledger: readonly LedgerFact[] = [{ kind: 'accounts', uscc: own, allowance: 'A' }];
    const [first] = reconcile([cancellation(), booking()], { ledger }).rows;
    expect(first?.unchecked).toContain('account:ccer');
  });
});

describe('the purpose of a cancellation (C10)', () => {
  it('is a block where it is offered by a booking or a form, and a note where nobody offers it', () => {
    const one = cancellation({ purpose: 'voluntary' });
    const said = (rows: readonly (typeof one)[]): unknown =>
      reconcile(rows)
        .rows.filter(({ source }) => source === 'cancellations')
        .map(({ severity, findings }) => [severity, findings.map(({ kind }) => kind)]);
    expect(said([one])).toEqual([['info', ['OTHER_PURPOSE']]]);
    expect(said([one, booking()])).toEqual([['block', ['CANCEL_PURPOSE_MISMATCH']]]);
    expect(said([one, application()])).toEqual([['block', ['CANCEL_PURPOSE_MISMATCH']]]);
    expect(said([one, application({ projectRef: 'B' })])).toEqual([['info', ['OTHER_PURPOSE']]]);
    expect(said([one, application({ uscc: other })])).toEqual([['info', ['OTHER_PURPOSE']]]);
  });
});

describe('serial numbers and tonnes (C04)', () => {
  it.each([
    ['44999', ['45000']],
    ['45000', []],
    ['45001', ['45000']],
  ])('are as many: %s', (qty, expected) => {
    const [first] = reconcile([cancellation({ qty }), booking({ qty })]).rows;
    expect(first && ofKind(first, 'SERIAL_COUNT_MISMATCH').map((one) => one.expected)).toEqual(expected);
  });
});

describe('what is due (C06)', () => {
  it('is as verified, and told at each form that says otherwise', () => {
    const rows = [application({ obligation_t: '4146357' }), application()];
    const { rows: answers, enterprises } = reconcile(rows);
    expect(answers.map((row) => ofKind(row, 'OBLIGATION_MISMATCH').map((one) => one.expected))).toEqual([
      ['4146356'],
      [],
    ]);
    expect(enterprises).toMatchObject([{ due: '4146356' }]);
  });

  it('is what the forms state where nothing was verified and all of them agree, and unknown where they do not', () => {
    const limits = (...stated: string[]): unknown =>
      reconcile(
        stated.map((obligation_t) => application({ obligation_t, qty: '1' })),
        { ledger: [] },
      ).enterprises.map(({ due, cap }) => [due, cap]);
    expect(limits('1019')).toEqual([['1019', '50']]);
    expect(limits('1019', '1019')).toEqual([['1019', '50']]);
    expect(limits('1019', '1020')).toEqual([[null, null]]);
  });
});
