import { businessKey, LedgerError, type AnchoredRecord } from '@carbon-ledger/core';
import type { ScreenedRecord, ScreeningReader } from '@carbon-ledger/client-sdk';
import type { OpenedPack } from './pack';

function screened({ id, record, anchoredAt, figures }: AnchoredRecord): ScreenedRecord {
  const own = figures === undefined ? {} : { figures: [...figures] };
  const access = record.figuresRoot === null ? 'none' : figures === undefined ? 'hidden' : 'shown';
  return { id, key: businessKey(record), record, anchoredAt, ...own, figuresAccess: access };
}

/** A pack as screening reads it: the plants that it was made for, by the rules that it took along. */
export function packReader({ manifest, records }: OpenedPack): ScreeningReader {
  const standing = records.filter(({ status }) => status === 'current').map(screened);
  const byKey = new Map(standing.map((one) => [one.key, one]));
  return {
    async *enterprises({ of, code }) {
      if (of === 'region')
        throw new LedgerError('USAGE', 'a pack is of plants: --plant USCC, or --all for all that are in it');
      const all = [...manifest.plants].sort();
      yield* await Promise.resolve(of === 'plant' ? all.filter((uscc) => uscc === code) : all);
    },
    records: (uscc) => Promise.resolve(standing.filter(({ record }) => record.subject.uscc === uscc)),
    current: (keys) => Promise.resolve(keys.flatMap((key) => byKey.get(key) ?? [])),
    ruleSets: () => Promise.resolve(standing.filter(({ record }) => record.type === 'rule-set')),
  };
}
