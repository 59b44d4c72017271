import {
  compileRules,
  LedgerError,
  ruleSetDigest,
  ruleSetFaults,
  ruleSetSchema,
  screenBooks,
  shelvedScreening,
  type CompiledRules,
  type ScreeningMemory,
  type ScreeningRun,
  type ScreeningScope,
} from '@carbon-ledger/core';
import type { LedgerClient } from '../client';
import type { AnchoredRecordView } from '../routes';
import { ledgerBooks, type ScreeningReader } from './books';

export type { ScreenedRecord, ScreeningReader } from './books';

/** Records and parties per page. */
const pageSize = 500;
/** Keys per question. */
const keysAtOnce = 1000;

export interface LedgerScreening {
  readonly scope: ScreeningScope;
  /** What an earlier run left, by the digest of its rule set: only what changed since is looked at. */
  readonly memory?: (ruleSet: string) => ScreeningMemory;
}

/** The rule set in force on a ledger; that of the program where none was filed. @throws LedgerError BAD_RECORD */
export async function rulesInForce(reader: ScreeningReader): Promise<CompiledRules> {
  const view = await reader.ruleSet();
  if (view === undefined) return shelvedScreening();
  const read = ruleSetSchema.safeParse(view.record.content);
  const faults = read.success ? ruleSetFaults(read.data) : [];
  if (!read.success || faults.length > 0)
    throw new LedgerError('BAD_RECORD', `${view.key} is not a set of screening rules`, { faults });
  return compileRules(read.data);
}

/**
 * Screens what is anchored, as far as it is open to who asks. The same records and the same rule set give the same digest,
 * whoever asks and wherever it is run.
 * @throws LedgerError NOT_FOUND where the scope has no enterprise
 */
export async function screenLedger(reader: ScreeningReader, { scope, memory }: LedgerScreening): Promise<ScreeningRun> {
  const rules = await rulesInForce(reader);
  const kept = memory === undefined ? {} : { memory: memory(ruleSetDigest(rules)) };
  const run = await screenBooks({ rules, scope, books: ledgerBooks(reader, scope), ...kept });
  if (run.result.enterprises === 0)
    throw new LedgerError('NOT_FOUND', `no enterprise is registered in ${scope.code ?? 'the whole ledger'}`);
  return run;
}

/** Whether a scope takes an enterprise of this region in. */
export function isInScope({ of, code = '' }: ScreeningScope, uscc: string, region: string): boolean {
  if (of === 'plant') return uscc === code;
  return of !== 'region' || region.startsWith(code.replace(/0+$/, ''));
}

/** Reads a ledger over its routes. */
export function clientReader(client: LedgerClient): ScreeningReader {
  const views = async (query: object): Promise<AnchoredRecordView[]> => {
    const found: AnchoredRecordView[] = [];
    for await (const view of client.allRecords({ ...query, status: 'current', limit: pageSize })) found.push(view);
    return found;
  };
  return {
    async *enterprises(scope) {
      const found: string[] = [];
      for await (const { uscc, region } of client.all('listParties', { kind: 'enterprise', limit: pageSize }))
        if (isInScope(scope, uscc, region)) found.push(uscc);
      yield* found.sort();
    },
    records: (uscc, withFigures) => views({ party: uscc, ...(withFigures ? { include: 'figures' } : {}) }),
    async current(keys) {
      const found: AnchoredRecordView[] = [];
      for (let at = 0; at < keys.length; at += keysAtOnce) {
        const { heads } = await client.call('findHeads', { body: { keys: keys.slice(at, at + keysAtOnce) } });
        for (const head of heads) {
          if (head?.status !== 'current') continue;
          found.push(await client.call('getRecord', { params: { id: head.record }, query: { include: 'figures' } }));
        }
      }
      return found;
    },
    ruleSet: async () => (await views({ type: 'rule-set' })).at(-1),
  };
}
