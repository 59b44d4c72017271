import fc from 'fast-check';
import { usccCheckDigit } from '../identifiers';
import { Reconciler, shippedReconciliationRules, type InputRow, type LedgerFact, type Reconciliation } from '.';
import { asOf, due, reconcileNaively, type Applied, type Booked, type Cancelled, type Files } from './testing/naive';
import { row } from './testing/rows';

const parties = ['911401000FAKE0001', '911401000FAKE0002'].map((first) => first + usccCheckDigit(first));
const uscc = (party: number): string => parties[party] ?? '';

/** The same number in the ways in which files have it: cases, blanks, hyphens of any kind, full width, zeros in front. */
const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.replaceAll('-', ' '),
  (text) => text.replaceAll('-', '－'),
  (text) => `　${text} `,
  (text) => text.replace(/[A-Z0-9]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0)),
  (text) => text.replace(/-([0-9])/g, '-00$1'),
];

const party = fc.constantFrom(0, 1);
const year = fc.constantFrom('2024', '2024', '2024', '2023', '1998');
const project = fc.constantFrom(0, 1);
const number = fc.integer({ min: 1, max: 5 });
const qty = fc.constantFrom(5, 10, 45, 51);
const day = fc.constantFrom('2024-11-05', '2025-12-02', '2025-12-03', '2025-12-19', '2025-12-20', '2026-01-04');

const cancelled: fc.Arbitrary<Cancelled> = fc.record({
  ...{ party, year, project, number, qty, day },
  from: fc.integer({ min: 1, max: 400 }),
  length: qty,
  purpose: fc.constantFrom('national-offset', 'national-offset', 'voluntary'),
  registered: fc.constantFrom('2016-05-01', '2020-01-01', '2024-03-01'),
  isOwnAccount: fc.boolean(),
  isCovered: fc.boolean(),
});
const booked: fc.Arbitrary<Booked> = fc.record({ party, year, project, number, qty, day });
const applied: fc.Arbitrary<Applied> = fc.record({ party, year, project, qty, due: fc.constantFrom(due, due + 1) });
const files: fc.Arbitrary<Files> = fc.record({
  cancelled: fc.array(cancelled, { maxLength: 6 }),
  booked: fc.array(booked, { maxLength: 6 }),
  applied: fc.array(applied, { maxLength: 3 }),
});

type Spell = (text: string) => string;

function rowsOf(given: Files, spell: Spell): InputRow[] {
  const serial = (at: number): string => `FIC-A-${String(at).padStart(9, '0')}`;
  const lot = (one: Booked | Cancelled): string => spell(`ZX-2025-${String(one.number)}`);
  const projectRef = (one: { readonly project: number }): string => spell(`P-${String(one.project + 1)}`);
  return [
    ...given.cancelled.map((one, at) =>
      row(
        'cancellations',
        {
          ...{ uscc: uscc(one.party), year: one.year, cancellationNo: lot(one), projectRef: projectRef(one) },
          ...{ serialFrom: serial(one.from), serialTo: serial(one.from + one.length - 1), qty: String(one.qty) },
          ...{ purpose: one.purpose, cancelledOn: one.day, registeredOn: one.registered },
          account: spell(one.isOwnAccount ? `FIC-CCER-${String(one.party)}` : 'FIC-CCER-9'),
          facility: spell(one.isCovered ? 'P9-MF-1' : 'P9-MF-2'),
        },
        at + 2,
      ),
    ),
    ...given.booked.map((one, at) =>
      row(
        'bookings',
        {
          ...{ uscc: uscc(one.party), year: one.year, cancellationNo: lot(one), projectRef: projectRef(one) },
          ...{ qty: String(one.qty), bookedOn: one.day },
        },
        at + 2,
      ),
    ),
    ...given.applied.map((one, at) =>
      row(
        'applications',
        {
          ...{ uscc: uscc(one.party), year: one.year, projectRef: projectRef(one) },
          ...{ qty: String(one.qty), obligation_t: String(one.due) },
        },
        at + 2,
      ),
    ),
  ];
}

const facts: readonly LedgerFact[] = [
  { kind: 'facility', code: 'P9/MF1', uscc: uscc(0) },
  ...parties.flatMap((one, at): LedgerFact[] => [
    { kind: 'accounts', uscc: one, ccer: `fic ccer ${String(at)}` },
    ...['2023', '2024', '1998'].map((of): LedgerFact => ({
      kind: 'obligation',
      uscc: one,
      year: of,
      due: String(due),
    })),
  ]),
];

function reconciled(rows: readonly InputRow[]): Reconciliation {
  const reconciler = new Reconciler({ year: '2024', asOf, rules: shippedReconciliationRules }, rows);
  for (const fact of facts) reconciler.see(fact);
  return reconciler.conclude();
}

it('answers every row with all that a comparison of everything with everything finds, shuffled and however numbers are written', () => {
  const shuffled = files.chain((given) => {
    const count = given.cancelled.length + given.booked.length + given.applied.length;
    const places = Array.from({ length: count }, (_, at) => at);
    return fc.tuple(
      fc.constant(given),
      fc.shuffledSubarray(places, { minLength: count }),
      fc.array(fc.constantFrom(...spellings), { minLength: 1, maxLength: 9 }),
    );
  });
  fc.assert(
    fc.property(shuffled, ([given, order, ways]) => {
      let at = 0;
      const spell: Spell = (text) => (ways[(at += 1) % ways.length] ?? String)(text);
      const rows = rowsOf(given, spell);
      const { rows: answers } = reconciled(order.flatMap((place) => rows[place] ?? []));
      const kinds = answers.map(({ findings }) => [...new Set(findings.map(({ kind }) => kind))].sort());
      expect(kinds).toEqual(reconcileNaively(given));
    }),
    { numRuns: 300 },
  );
});
