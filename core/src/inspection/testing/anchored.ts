import type { AnchoredRecord } from '../../provenance';
import type { DocumentRef, Figure, RecordType } from '../../records';
import { InspectedRecords, type AnchoredDocument } from '../ledger';

export const uscc = '91140000MA0FAKE01X';
export const other = '91140100MA0FAKE2XU';

/** Digest of a file, as records name it, told apart by a letter or number. */
export function digestNamed(name: string | number): string {
  return `sha256:${String(name).padStart(64, '0')}`;
}

export function documentNamed(name: string, content: string | number, role = 'report'): DocumentRef {
  return {
    ...{ role, name, mediaType: 'application/pdf', size: '1' },
    ...{ sha256: digestNamed(content), sm3: `sm3:${'0'.repeat(64)}` },
  };
}

/** What a test says of a record; the rest is as it mostly is. */
export interface Stated {
  readonly id: string;
  readonly at?: number;
  readonly of?: string;
  readonly unit?: string;
  readonly period?: string;
  readonly type?: RecordType;
  readonly content?: Readonly<Record<string, unknown>>;
  readonly documents?: readonly DocumentRef[];
  readonly figures?: readonly Figure[];
  readonly cites?: readonly string[];
  readonly status?: AnchoredRecord['status'];
  readonly more?: Pick<AnchoredRecord, 'changedBy' | 'doubts'>;
}

/** A record as a service gives it. Nothing in this folder looks whether its id is its hash. */
export function anchored(stated: Stated): AnchoredRecord {
  const { id, at = 0, of = uscc, unit = 'U1', period = '2024-03', type = 'test-report', status = 'current' } = stated;
  const { content = {}, documents = [], figures, cites = [], more } = stated;
  return {
    record: {
      ...{ schema: 'carbon-ledger/record/v1', type, issuer: of, subject: { uscc: of, unit, period }, kind: type },
      ...{ version: 1, content: { ...content }, documents: [...documents], totals: {}, figuresRoot: null },
      cites: cites.map((record) => ({ role: 'evidence', record, key: `${of}/${unit}/${period}/x` })),
    },
    ...{ id, status, logIndex: at, state: 'CURRENT', figures },
    ...more,
    ...{ txId: '0'.repeat(64), blockNumber: '1', anchoredAt: '2026-11-21T08:00:00Z' },
  };
}

/** Every document of records, newest record first. */
export function documentsOf(...records: readonly AnchoredRecord[]): AnchoredDocument[] {
  return new InspectedRecords(records).documents(new Set([uscc, other]), new Set());
}
