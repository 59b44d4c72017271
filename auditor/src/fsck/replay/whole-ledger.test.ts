import { join } from 'node:path';
import { recordOf, someParties } from '../../../../core/src/rulebook/testing/bench';
import { temporaryFolder } from '../../../../test/support/temporary-folder';
import { brokenInvariants } from '../../invariants';
import type { NamespaceSet } from '../blocks/rwset';
import { ReplayedState } from './state';
import { recordKey, rememberHistory, ReplayedLedger } from './whole-ledger';
import { WorkStore } from './work-store';

const { enterprise, lab } = someParties;
const contract = 'ledger';
const month = (period: string, uscc: string = enterprise, version = 1): ReturnType<typeof recordOf> =>
  recordOf('monthly-evidence', { subject: { uscc, period }, version });

let store: WorkStore;
let state: ReplayedState;
let ledger: ReplayedLedger;
beforeEach(async () => {
  store = await WorkStore.open(join(temporaryFolder('whole-ledger'), 'work'));
  state = new ReplayedState(store);
  ledger = new ReplayedLedger(store, state, contract);
});
afterEach(() => store.close());

/** Leaves a record as a replay does. */
function anchor(index: number, record: ReturnType<typeof month>): string {
  const id = `rec:${String(index).padStart(64, '0')}`;
  const text = Buffer.from(JSON.stringify(record));
  store.put(recordKey(id), text);
  rememberHistory(store, [{ text, leafHash: text, id, cites: [], signedAt: '', record }], index);
  return id;
}

function write(values: Readonly<Record<string, string>>): void {
  const writes = Object.entries(values).map(([key, value]) => ({ key, isDelete: false, value: Buffer.from(value) }));
  const set: NamespaceSet = { namespace: contract, reads: [], ranges: [], writes, metadataWrites: [], collections: [] };
  state.apply([set], { block: 1, tx: 0 });
}

describe('what a replay left', () => {
  it('is told key by key, its versions in the order of the log', async () => {
    anchor(9, month('2024-01'));
    anchor(10, month('2024-02'));
    anchor(100, month('2024-01', enterprise, 2));
    anchor(11, month('2024-01', lab));
    const told: string[] = [];
    for await (const { key, versions } of ledger.histories())
      told.push(`${key} ${versions.map(({ index }) => String(index)).join(' ')}`);
    const name = (uscc: string, period: string): string => `${uscc}/U1/${period}/monthly-evidence`;
    const expected = [
      `${name(enterprise, '2024-01')} 9 100`,
      `${name(enterprise, '2024-02')} 10`,
      `${name(lab, '2024-01')} 11`,
    ];
    expect(told).toEqual([...expected].sort());
    const own: string[] = [];
    for await (const { key } of ledger.histories(lab)) own.push(key);
    expect(own).toEqual([name(lab, '2024-01')]);
  });

  it('gives records by id, and rows of the state by kind', async () => {
    const id = anchor(0, month('2024-01'));
    write({ 'holding/a': '{"q":"1"}', 'holding/b': '{"q":"2"}', 'offset/x/2024': '{"q":"3"}' });
    expect((await ledger.record(id))?.type).toBe('monthly-evidence');
    expect(await ledger.record('rec:none')).toBeUndefined();
    const rows: string[] = [];
    for await (const [key, { q }] of ledger.rows('holding')) rows.push(`${key} ${q}`);
    expect(rows).toEqual(['a 1', 'b 2']);
  });

  it('is held to the invariants also where the state holds what is no JSON', async () => {
    const id = anchor(0, month('2024-01'));
    write({ [`head/${enterprise}/U1/2024`]: '{"2024-01/monthly-evidence":', 'holding/a': 'lost' });
    const found: string[] = [];
    for await (const { invariant, record } of brokenInvariants(ledger)) found.push(`${invariant} ${record ?? '-'}`);
    expect(found).toEqual([`one head per business key ${id}`, 'of every vintage as much stays as was issued -']);
  });

  it('holds where the state is what the records lead to', async () => {
    const id = anchor(0, month('2024-01'));
    write({ [`head/${enterprise}/U1/2024`]: JSON.stringify({ '2024-01/monthly-evidence': { v: 1, r: id.slice(4) } }) });
    for await (const broken of brokenInvariants(ledger)) throw new Error(broken.message);
    expect(await ledger.get('head', `${enterprise}/U1/2024`)).toBeDefined();
  });
});
