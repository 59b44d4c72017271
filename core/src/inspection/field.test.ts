import { isLedgerError } from '../errors';
import { anchored } from './testing/anchored';
import { FIELD_FINDINGS_SCHEMA, FIELD_PACK_SCHEMA, readFieldFindings, unprovedRecords, type FieldPack } from './field';

/** What a refusal says, with the places and words of its faults. */
function toldOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (!isLedgerError(error)) throw error;
    return [error.message, ...error.faults.flatMap(({ path, message }) => [path, message])].join(' ');
  }
  return 'nothing';
}

const ledger = 'a'.repeat(64);
const findings = {
  ...{ schema: FIELD_FINDINGS_SCHEMA, ledger, madeAt: '2026-11-29T10:00:00.000Z', plants: ['91140000MA0FAKE01X'] },
  files: [{ path: 'U1/煤.xlsx', sha256: `sha256:${'b'.repeat(64)}`, verdict: 'changed', key: 'k' }],
  missing: [{ key: 'k', name: '煤.xlsx' }],
  findings: [
    {
      ...{ key: '91140000MA0FAKE01X/U1/2024-09/monthly-evidence', record: `rec:${'c'.repeat(64)}` },
      ...{ clause: '6.1', seen: '不一致', at: '2026-11-29T10:00:00.000Z', figure: 'FC_t', anchored: '1', found: '2' },
    },
  ],
};

describe('findings that are brought back', () => {
  it('are read as they were saved', () => {
    expect(readFieldFindings(JSON.parse(JSON.stringify(findings)), ledger)).toEqual(findings);
  });

  it.each([
    ['another ledger’s', findings, 'b'.repeat(64), 'another ledger'],
    ['of another form', { ...findings, schema: 'carbon-ledger/receipt/v1' }, ledger, '/schema'],
    [
      'with a record that is none',
      { ...findings, findings: [{ ...findings.findings[0], record: 'x' }] },
      ledger,
      '/findings/0/record',
    ],
    ['with members that nobody knows', { ...findings, more: 1 }, ledger, 'more'],
    ['that are none', null, ledger, 'no findings'],
  ])('are refused where they are %s', (_what, value, of, place) => {
    const told = toldOf(() => readFieldFindings(value, of));
    expect(told).toContain(place);
  });
});

test('a record without a receipt, or with one that is none, is not proved', () => {
  const records = [anchored({ id: `rec:${'1'.repeat(64)}` }), anchored({ id: `rec:${'2'.repeat(64)}`, at: 1 })];
  const pack: FieldPack = {
    ...{ schema: FIELD_PACK_SCHEMA, ledger, madeAt: '', plants: [], years: [], policy: {} },
    ...{ records, receipts: { [records[1]?.id ?? '']: {} } },
  };
  expect([...unprovedRecords(pack)]).toEqual(records.map(({ id }) => id));
});
