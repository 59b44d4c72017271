import { peer } from '@hyperledger/fabric-protos';
import fc from 'fast-check';
import { temporaryFolder } from '../../../../test/support/temporary-folder';
import type { NamespaceSet, RangeRead, Version } from '../blocks/rwset';
import { replayReads } from './reads';
import { ReplayedState } from './state';
import { WorkStore } from './work-store';

const { VALID, MVCC_READ_CONFLICT, PHANTOM_READ_CONFLICT } = peer.TxValidationCode;
const at = (block: number, tx = 0): Version => ({ block, tx });

function set(parts: Partial<NamespaceSet>): NamespaceSet {
  return { namespace: 'cc', reads: [], ranges: [], writes: [], metadataWrites: [], collections: [], ...parts };
}
const put = (key: string, value = 'v'): NamespaceSet['writes'][number] => ({
  key,
  isDelete: false,
  value: Buffer.from(value),
});
const remove = (key: string): NamespaceSet['writes'][number] => ({ key, isDelete: true, value: Buffer.alloc(0) });
const range = (reads: RangeRead['reads'], exhausted = true, endKey = 'z'): NamespaceSet =>
  set({ ranges: [{ startKey: 'a', endKey, exhausted, reads }] });

let store: WorkStore;
let state: ReplayedState;

beforeEach(async () => {
  store = await WorkStore.open(temporaryFolder('reads'));
  state = new ReplayedState(store);
  state.apply([set({ writes: [put('a'), put('b')] })], at(1));
});
afterEach(() => store.close());

describe('reads of single keys', () => {
  it.each([
    ['the version that stands', { key: 'a', version: at(1) }, VALID],
    ['an older version', { key: 'a', version: at(0) }, MVCC_READ_CONFLICT],
    ['another transaction of the block', { key: 'a', version: at(1, 1) }, MVCC_READ_CONFLICT],
    ['a key that is not there, as absent', { key: 'c', version: undefined }, VALID],
    ['a key that is there, as absent', { key: 'a', version: undefined }, MVCC_READ_CONFLICT],
    ['a key that is not there, as present', { key: 'c', version: at(1) }, MVCC_READ_CONFLICT],
  ])('takes %s', async (_what, read, code) => {
    expect(await replayReads([set({ reads: [read] })], state)).toBe(code);
  });

  it('sees what an earlier transaction of the same block wrote or deleted', async () => {
    state.apply([set({ writes: [put('a'), remove('b')] })], at(2, 0));
    expect(await replayReads([set({ reads: [{ key: 'a', version: at(1) }] })], state)).toBe(MVCC_READ_CONFLICT);
    expect(await replayReads([set({ reads: [{ key: 'b', version: undefined }] })], state)).toBe(VALID);
  });

  it('holds private keys to the versions of their hashes', async () => {
    const keyHash = Buffer.alloc(32, 1);
    const write = { keyHash, isDelete: false, valueHash: Buffer.alloc(32, 2) };
    const collection = { collection: 'figures', reads: [], writes: [write], metadataWrites: [] };
    state.apply([set({ collections: [collection] })], at(3));
    const read = (version: Version): NamespaceSet =>
      set({ collections: [{ ...collection, writes: [], reads: [{ keyHash, version }] }] });
    expect(await replayReads([read(at(3))], state)).toBe(VALID);
    expect(await replayReads([read(at(2))], state)).toBe(MVCC_READ_CONFLICT);
  });
});

describe('reads of ranges', () => {
  const both = [
    { key: 'a', version: at(1) },
    { key: 'b', version: at(1) },
  ];

  it.each([
    ['all keys', range(both), VALID],
    ['a key less', range(both.slice(1)), PHANTOM_READ_CONFLICT],
    ['a key more', range([...both, { key: 'c', version: at(1) }]), PHANTOM_READ_CONFLICT],
    ['another version', range([both[0]!, { key: 'b', version: at(0) }]), PHANTOM_READ_CONFLICT],
    ['only as far as it was read', range(both.slice(0, 1), false, 'a'), VALID],
    ['a summary by hashes, which is never made here', range(undefined), PHANTOM_READ_CONFLICT],
  ])('takes %s', async (_what, read, code) => {
    expect(await replayReads([read], state)).toBe(code);
  });

  it('finds a phantom that the same block brought', async () => {
    state.apply([set({ writes: [put('ab')] })], at(2));
    expect(await replayReads([range(both)], state)).toBe(PHANTOM_READ_CONFLICT);
  });
});

describe('against a model', () => {
  const keyNames = ['a', 'b', 'c', 'd'];
  const key = fc.constantFrom(...keyNames);
  const step = fc.record({ key, isDelete: fc.boolean(), flush: fc.boolean() });

  it('keeps the version of every key after any writes, written to disk or not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const model = new Map<string, Version>(keyNames.map((name) => [name, at(5)]));
        state.apply([set({ writes: [...model.keys()].map((name) => put(name)) })], at(5));
        for (const [index, { key: name, isDelete, flush }] of steps.entries()) {
          const version = at(6, index);
          state.apply([set({ writes: [isDelete ? remove(name) : put(name)] })], version);
          if (isDelete) model.delete(name);
          else model.set(name, version);
          if (flush) await store.flush();
        }
        const reads = keyNames.map((name) => ({ key: name, version: model.get(name) }));
        expect(await replayReads([set({ reads })], state)).toBe(VALID);
        expect(await replayReads([range(reads.filter(({ version }) => version !== undefined))], state)).toBe(VALID);
      }),
      { numRuns: 60 },
    );
  });
});
