import type { AnchoredRecordView } from '@carbon-ledger/client-sdk';
import type { BuiltRecord, LedgerRecord } from '@carbon-ledger/core';

/** A record of which a test says what it is about; the rest is as of a month that says nothing. */
export function recordWith(change: Partial<LedgerRecord>): LedgerRecord {
  return {
    schema: 'carbon-ledger/record/v1',
    type: 'monthly-evidence',
    kind: 'monthly-evidence',
    issuer: '91140000MA0FAKE01X',
    subject: { uscc: '91140000MA0FAKE01X', unit: 'U1', period: '2024-01' },
    version: 1,
    cites: [],
    documents: [],
    totals: {},
    figuresRoot: null,
    content: {},
    ...change,
  };
}

export function builtWith(id: string, change: Partial<LedgerRecord>): BuiltRecord {
  const record = recordWith(change);
  const { uscc, unit, period } = record.subject;
  return { id, key: `${uscc}/${unit}/${period}/${record.kind}`, record, figures: [] };
}

/** The same as the ledger answers it. */
export function viewWith(
  change: Partial<LedgerRecord>,
  figures: AnchoredRecordView['figures'] = [],
): AnchoredRecordView {
  const { key, record } = builtWith('', change);
  return {
    ...{ id: `rec:${'1'.repeat(64)}`, key, record, figures, figuresAccess: 'shown', status: 'current', state: 'FILED' },
    ...{ txId: '1', blockNumber: '1', logIndex: 0, anchoredAt: '2024-02-01T00:00:00Z', submission: '' },
  };
}
