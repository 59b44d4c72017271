import { assertUscc, LedgerError, type BuiltRecord } from '@carbon-ledger/core';
import type { Service } from '../service/service';

/** What a folder is to hold: all documents of the current records about a party, of one unit, of a year or a month. */
export interface Extent {
  readonly party?: string | undefined;
  readonly unit?: string | undefined;
  /** `YYYY` for the year and its months, or `YYYY-MM`. */
  readonly period?: string | undefined;
  readonly record?: string | undefined;
}

/** A document that the ledger, or the manifest of a folder, names and no file is. */
export interface Lacking {
  readonly name: string;
  readonly key: string;
  /** Who says so. */
  readonly namedBy: 'ledger' | 'manifest';
  readonly sha256?: string;
  readonly sm3?: string;
  readonly record?: string;
  /** Who signed the record. */
  readonly party?: string;
}

/** @throws LedgerError USAGE for a unit or period of nobody, or a period that is none; BAD_USCC for no party's code */
export function assertExtent({ party, unit, period }: Extent): void {
  if (party !== undefined) assertUscc(party);
  if (party === undefined && (unit !== undefined || period !== undefined)) {
    throw new LedgerError('USAGE', 'say whose unit or period this is: --party USCC');
  }
  if (period !== undefined && !/^[0-9]{4}(?:-(?:0[1-9]|1[0-2]))?$/.test(period)) {
    throw new LedgerError('USAGE', `--period ${period}: give a year (2024) or a month (2024-01)`);
  }
}

async function recordsOf(service: Service, { party, unit, period, record }: Extent): Promise<BuiltRecord[]> {
  if (record !== undefined) return [await service.built(record)];
  const records = await service.currentRecords({
    ...(party === undefined ? {} : { party }),
    ...(unit === undefined ? {} : { unit }),
  });
  return records.filter(({ record: { subject } }) => period === undefined || subject.period.startsWith(period));
}

/** Every document that the ledger names of this extent; undefined where no extent was given. */
export async function documentsOf(service: Service, extent: Extent): Promise<Lacking[] | undefined> {
  if (extent.party === undefined && extent.record === undefined) return undefined;
  const records = await recordsOf(service, extent);
  return records.flatMap(({ id, key, record }): Lacking[] =>
    record.documents.map(({ name, sha256, sm3 }) => ({
      name,
      key,
      namedBy: 'ledger',
      sha256,
      sm3,
      record: id,
      party: record.issuer,
    })),
  );
}
