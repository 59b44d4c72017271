import type { AnchoredRecord, CurrentRecord, DraftSource } from '@carbon-ledger/core';
import { businessKey } from '@carbon-ledger/core';
import type { MemoryLedger } from './memory-ledger';

function currentOf({ record, id, state, anchoredAt, changedBy }: AnchoredRecord): CurrentRecord {
  const { version } = record;
  return { key: businessKey(record), record: id, version, state, since: anchoredAt, by: changedBy ?? id };
}

/** A ledger in memory as agendas and drafts are made from it. */
export function agendaSource(ledger: MemoryLedger): DraftSource {
  return {
    get: (kind, key) => ledger.get(kind, key),
    first: (kind, from, to) => ledger.first(kind, from, to),
    async *current(type, state, uscc) {
      await Promise.resolve();
      for (const one of ledger.all()) {
        const isAsked = one.record.type === type && one.state === state && one.status !== 'superseded';
        if (isAsked && (uscc === undefined || one.record.subject.uscc === uscc)) yield currentOf(one);
      }
    },
    head: async (key) => {
      const found = await ledger.head(key);
      return found && currentOf(found);
    },
    built: async (id) => {
      const [found] = await ledger.records([id]);
      return found && { id, key: businessKey(found.record), record: found.record, figures: found.figures ?? [] };
    },
    record: async (id) => (await ledger.records([id]))[0]?.record,
  };
}
