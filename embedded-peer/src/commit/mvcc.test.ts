import fc from 'fast-check';
import { Code } from '../block/codes';
import { State, NO_METADATA, encodeVersionedValue } from '../ledger/state';
import { stateKey } from '../ledger/keys';
import type { Entry, Range, Reader } from '../ledger/store';
import type { Version } from '../ledger/version';
import { CollectionAccess } from '../simulation/collections';
import { Simulator } from '../simulation/simulator';
import { sha256 } from '../proto/bytes';
import type { NamespaceSet, PrivateWrites } from '../rwset/types';
import { decodeReadWriteSet } from '../rwset/decode';
import { checkReads } from './mvcc';
import { UpdateBatch } from './update-batch';
import { updateOperations } from './operations';

const NAMESPACE = 'ns';
/** Keys on both sides of the BMP, of different lengths, and one with a zero byte inside (composite keys have them). */
const KEYS = ['a', 'aa', 'a\u0000b', 'b', 'c', '\uff00', '\u{1f600}'];
const BOUNDS = ['', ...KEYS, 'zz'];

/** A store in memory that keeps LevelDB's order. */
class MemoryReader implements Reader {
  readonly #entries = new Map<string, Buffer>();

  write(batch: UpdateBatch): void {
    for (const operation of updateOperations(batch)) {
      if (operation.type === 'put') this.#entries.set(operation.key.toString('hex'), operation.value);
      else this.#entries.delete(operation.key.toString('hex'));
    }
  }

  get(key: Buffer): Buffer | undefined {
    return this.#entries.get(key.toString('hex'));
  }

  async *entries({ from, to }: Range): AsyncGenerator<Entry> {
    await Promise.resolve();
    const keys = [...this.#entries.keys()].map((hex) => Buffer.from(hex, 'hex')).sort((a, b) => Buffer.compare(a, b));
    for (const key of keys) {
      const value = this.get(key);
      if (value && Buffer.compare(key, from) >= 0 && Buffer.compare(key, to) < 0) yield [key, value];
    }
  }
}

type Step =
  | { readonly do: 'get' | 'delete'; readonly key: string }
  | { readonly do: 'put'; readonly key: string; readonly value: string }
  | { readonly do: 'range'; readonly start: string; readonly end: string };

interface Plan {
  readonly steps: readonly Step[];
  /** How many blocks ago the transaction was simulated. */
  readonly age: number;
}

/**
 * The model, which shares nothing with the code under test: a state is an object of key → number of the transaction
 * that last wrote it. A transaction is valid when its reads and range reads, run again now, give what they gave then, and
 * no earlier transaction of the block touched a key that it read by name.
 */
type Model = ReadonlyMap<string, number>;

function codePoints(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

function modelOrder(a: string, b: string): number {
  const [left, right] = [codePoints(a), codePoints(b)];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? -1) - (right[at] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}

function modelRange(model: Model, start: string, end: string): string[] {
  return [...model.entries()]
    .filter(([key]) => modelOrder(key, start) >= 0 && (end === '' || modelOrder(key, end) < 0))
    .sort(([a], [b]) => modelOrder(a, b))
    .map(([key, writer]) => `${key}@${writer}`);
}

function modelSeen(model: Model, step: Step): string[] {
  return step.do === 'range' ? modelRange(model, step.start, step.end) : [];
}

function modelVerdict(
  then: Model,
  now: Model,
  steps: readonly Step[],
  touched: ReadonlySet<string>,
): 'valid' | 'conflict' | 'phantom' {
  const isStale = (key: string): boolean => touched.has(key) || then.get(key) !== now.get(key);
  if (steps.some((step) => step.do === 'get' && isStale(step.key))) return 'conflict';
  const seen = (model: Model): string => JSON.stringify(steps.map((step) => modelSeen(model, step)));
  const changed = seen(then) !== seen(now);
  return changed ? 'phantom' : 'valid';
}

function modelApply(model: Model, steps: readonly Step[], writer: number): Model {
  const next = new Map(model);
  for (const step of steps) {
    if (step.do === 'put') next.set(step.key, writer);
    if (step.do === 'delete') next.delete(step.key);
  }
  return next;
}

async function simulate(reader: Reader, steps: readonly Step[]): Promise<NamespaceSet[]> {
  const simulator = new Simulator(new State(reader), NAMESPACE, 'tx', new CollectionAccess(new Map(), NAMESPACE, 'M'));
  for (const step of steps) {
    if (step.do === 'get') simulator.getState(step.key);
    if (step.do === 'delete') simulator.putState(step.key, Buffer.alloc(0));
    if (step.do === 'put') simulator.putState(step.key, Buffer.from(step.value));
    if (step.do === 'range') await simulator.getRange(step.start, step.end).next();
  }
  return decodeReadWriteSet(simulator.result().bytes);
}

const key = fc.constantFrom(...KEYS);
const bound = fc.constantFrom(...BOUNDS);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constantFrom('get' as const, 'delete' as const), key }),
  fc.record({ do: fc.constant('put' as const), key, value: fc.constantFrom('1', '2') }),
  fc.record({ do: fc.constant('range' as const), start: bound, end: bound }),
);
const plan: fc.Arbitrary<Plan> = fc.record({ steps: fc.array(step, { minLength: 1, maxLength: 4 }), age: fc.nat(2) });
const blocks = fc.array(fc.array(plan, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });

const VERDICTS = new Map<number, string>([
  [Code.VALID, 'valid'],
  [Code.MVCC_READ_CONFLICT, 'conflict'],
  [Code.PHANTOM_READ_CONFLICT, 'phantom'],
]);

/** States after each block, so that a transaction can be simulated against an older one. */
class Chain {
  readonly readers = [new MemoryReader()];
  readonly models: Model[] = [new Map()];
  readonly #plans: (readonly { steps: readonly Step[]; version: Version }[])[] = [];

  /** Runs a block through both; the verdicts of the two, one per transaction. */
  async run(block: readonly Plan[]): Promise<{ ours: string[]; model: string[] }> {
    const height = this.readers.length;
    const simulated = await Promise.all(block.map((entry) => simulate(this.#readerAt(entry.age), entry.steps)));
    const reader = this.#copy();
    const batch = new UpdateBatch(new State(reader));
    let model = this.models.at(-1) ?? new Map<string, number>();
    const verdicts = { ours: [] as string[], model: [] as string[] };
    const touched = new Set<string>();
    for (const [tx, entry] of block.entries()) {
      const sets = simulated[tx] ?? [];
      const code = await checkReads(sets, new State(reader), batch);
      const expected = modelVerdict(this.#modelAt(entry.age), model, entry.steps, touched);
      verdicts.ours.push(VERDICTS.get(code) ?? String(code));
      verdicts.model.push(expected);
      if (code === Code.VALID) batch.apply(sets, [], { block: height, tx });
      if (expected !== 'valid') continue;
      model = modelApply(model, entry.steps, height * 100 + tx);
      for (const step of entry.steps) if (step.do === 'put' || step.do === 'delete') touched.add(step.key);
    }
    reader.write(batch);
    this.#accept(batch, reader, model);
    return verdicts;
  }

  #batches: UpdateBatch[] = [];

  #accept(batch: UpdateBatch, reader: MemoryReader, model: Model): void {
    this.#batches.push(batch);
    this.readers.push(reader);
    this.models.push(model);
  }

  #copy(): MemoryReader {
    const reader = new MemoryReader();
    for (const batch of this.#batches) reader.write(batch);
    return reader;
  }

  #readerAt(age: number): MemoryReader {
    return this.readers[Math.max(0, this.readers.length - 1 - age)] ?? new MemoryReader();
  }

  #modelAt(age: number): Model {
    return this.models[Math.max(0, this.models.length - 1 - age)] ?? new Map();
  }
}

describe('validation of reads', () => {
  test('agrees with an independent model on keys, ranges and earlier transactions of the block', async () => {
    await fc.assert(
      fc.asyncProperty(blocks, async (plans) => {
        const chain = new Chain();
        for (const block of plans) {
          const { ours, model } = await chain.run(block);
          expect(ours).toEqual(model);
        }
        const committed = chain.models.at(-1) ?? new Map<string, number>();
        const stored = KEYS.filter((name) => new State(chain.readers.at(-1)!).public(NAMESPACE, name));
        expect(stored.sort()).toEqual([...committed.keys()].sort());
      }),
      { numRuns: 400 },
    );
  });

  test('a range that was not read to its end conflicts only as far as it was read', async () => {
    const reader = new MemoryReader();
    const filled = new UpdateBatch(new State(reader));
    const numbered = Array.from({ length: 150 }, (_entry, index) => `k${String(index).padStart(3, '0')}`);
    const writes = numbered.map((name) => ({ key: name, isDelete: false, value: Buffer.from('v') }));
    const empty = { namespace: NAMESPACE, reads: [], ranges: [], metadataWrites: [], collections: [] };
    filled.apply([{ ...empty, writes }], [], { block: 1, tx: 0 });
    reader.write(filled);
    const sets = await simulate(reader, [{ do: 'range', start: 'k', end: 'l' }]);
    expect(sets[0]?.ranges[0]).toMatchObject({ exhausted: false, endKey: 'k100' });
    const verdictAfter = async (changed: string): Promise<number> => {
      const batch = new UpdateBatch(new State(reader));
      const write = { key: changed, isDelete: false, value: Buffer.from('w') };
      batch.apply([{ ...empty, writes: [write] }], [], { block: 2, tx: 0 });
      return checkReads(sets, new State(reader), batch);
    };
    expect(await verdictAfter('k101')).toBe(Code.VALID);
    expect(await verdictAfter('k1000')).toBe(Code.VALID);
    expect(await verdictAfter('k100')).toBe(Code.PHANTOM_READ_CONFLICT);
    expect(await verdictAfter('k0995')).toBe(Code.PHANTOM_READ_CONFLICT);
  });

  test('a value keeps its metadata through later writes, and loses them with the key', () => {
    const reader = new MemoryReader();
    const batch = new UpdateBatch(new State(reader));
    const entries = new Map([['VALIDATION_PARAMETER', Buffer.from('p')]]);
    const set: NamespaceSet = {
      namespace: NAMESPACE,
      reads: [],
      ranges: [],
      writes: [],
      metadataWrites: [],
      collections: [],
    };
    const put = { key: 'a', isDelete: false, value: Buffer.from('1') };
    batch.apply([{ ...set, metadataWrites: [{ key: 'a', entries }] }], [], { block: 1, tx: 0 });
    expect(batch.public(NAMESPACE, 'a')).toBeUndefined();
    batch.apply([{ ...set, writes: [put], metadataWrites: [{ key: 'a', entries }] }], [], { block: 1, tx: 1 });
    batch.apply([{ ...set, writes: [put] }], [], { block: 1, tx: 2 });
    expect(batch.public(NAMESPACE, 'a')).toMatchObject({ metadata: entries, version: { block: 1, tx: 2 } });
    batch.apply([{ ...set, writes: [{ ...put, isDelete: true }] }], [], { block: 1, tx: 3 });
    batch.apply([{ ...set, writes: [put] }], [], { block: 1, tx: 4 });
    expect(batch.public(NAMESPACE, 'a')?.metadata).toBe(NO_METADATA);
    reader.write(batch);
    const stored = { version: { block: 1, tx: 4 }, metadata: NO_METADATA, value: Buffer.from('1') };
    expect(reader.get(stateKey(NAMESPACE, 'a'))).toEqual(encodeVersionedValue(stored));
  });

  test('a purge takes earlier values of its block along, and spares later ones', () => {
    const batch = new UpdateBatch(new State(new MemoryReader()));
    const keyHash = sha256(Buffer.from('k'));
    const write = (value: string): { sets: NamespaceSet[]; plain: PrivateWrites[] } => {
      const isDelete = value === '';
      const hashed = { keyHash, isDelete, isPurge: isDelete, valueHash: sha256(Buffer.from(value)) };
      const collection = {
        collection: 'c',
        reads: [],
        writes: [hashed],
        metadataWrites: [],
        privateHash: Buffer.alloc(32),
      };
      const plain = { key: 'k', isDelete, value: Buffer.from(value) };
      return {
        sets: [
          { namespace: NAMESPACE, reads: [], ranges: [], writes: [], metadataWrites: [], collections: [collection] },
        ],
        plain: [{ namespace: NAMESPACE, collection: 'c', bytes: Buffer.alloc(0), writes: [plain] }],
      };
    };
    ['before', '', 'after'].forEach((value, tx) => {
      const { sets, plain } = write(value);
      batch.apply(sets, plain, { block: 1, tx });
    });
    expect(batch.purges).toHaveLength(1);
    const values = batch.privateUpdates.map(({ value }) => value && Buffer.from(value).toString());
    expect(values).toEqual([undefined, 'after']);
  });
});
