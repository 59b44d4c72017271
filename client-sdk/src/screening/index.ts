import {
  compileRules,
  holdsRegion,
  learnRelations,
  LedgerError,
  ruleSetDigest,
  ruleSetFaults,
  ruleSetSchema,
  screenBooks,
  shelvedRuleSet,
  shelvedScreening,
  withParts,
  type CompiledRules,
  type RuleSet,
  type ScreeningMemory,
  type ScreeningRun,
  type ScreeningScope,
} from '@carbon-ledger/core';
import type { LedgerClient } from '../client';
import type { AnchoredRecordView } from '../routes';
import { ledgerBooks, type ScreenedRecord, type ScreeningReader } from './books';

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

/** @throws LedgerError BAD_RECORD */
function ruleSetOf({ key, record }: ScreenedRecord): RuleSet {
  const read = ruleSetSchema.safeParse(record.content);
  const faults = read.success ? ruleSetFaults(read.data) : [];
  if (!read.success || faults.length > 0)
    throw new LedgerError('BAD_RECORD', `${key} is not a set of screening rules`, { faults });
  return read.data;
}

/** Of each kind the last one, in the order of kinds: whole sets are `rule-set`, parts have a label. */
function lastOfKinds(views: readonly ScreenedRecord[]): ScreenedRecord[] {
  const byKind = new Map(views.map((view) => [view.record.kind, view]));
  return [...byKind].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, view]) => view);
}

/** The records by which a ledger is screened; none where the rules are those of the program. */
export async function ruleSetsInForce(reader: ScreeningReader): Promise<readonly ScreenedRecord[]> {
  return lastOfKinds(await reader.ruleSets());
}

/**
 * The rules in force on a ledger: the whole set that was filed last, else that of the program, with the parts laid over it that
 * were filed under labels. @throws LedgerError BAD_RECORD
 */
export async function rulesInForce(reader: ScreeningReader): Promise<CompiledRules> {
  const filed = await ruleSetsInForce(reader);
  if (filed.length === 0) return shelvedScreening();
  const whole = filed.find(({ record }) => record.kind === 'rule-set');
  const parts = filed.filter((view) => view !== whole).map(ruleSetOf);
  return compileRules(withParts(whole === undefined ? shelvedRuleSet() : ruleSetOf(whole), parts));
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

/**
 * The rules in force whose limits are learnt, with what is learnt from the records of a year as far as they are open to who asks: what the
 * authority files as a part of the rule set. The same records and the same rules give the same.
 */
export async function learnLedger(
  reader: ScreeningReader,
  { scope }: Pick<LedgerScreening, 'scope'>,
): Promise<RuleSet> {
  return learnRelations({ rules: await rulesInForce(reader), scope, books: ledgerBooks(reader, scope) });
}

/** Whether a scope takes an enterprise of this region in. */
export function isInScope({ of, code = '' }: ScreeningScope, uscc: string, region: string): boolean {
  if (of === 'plant') return uscc === code;
  return of !== 'region' || holdsRegion(code, region);
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
    ruleSets: () => views({ type: 'rule-set' }),
  };
}
