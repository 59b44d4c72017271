import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import type { Entry } from '../ledger/store';
import { readChunks, writeChunks, type StoreCopy } from './chunks';
import { endFrame, frameOf, readFrames } from './frames';

async function* from<T>(items: Iterable<T>): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

/** Keys in order, each with a value that its number and a seed make. */
function entries(numbers: readonly number[], seed = 0): Entry[] {
  return numbers.map((number) => [
    Buffer.from(`key-${String(number).padStart(6, '0')}`),
    Buffer.alloc(700, `${String(seed)}:${String(number)}`),
  ]);
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, index) => from + index);
const scratch = (): string => join(temporaryFolder('chunks'), 'store');

async function readAll(folder: string, copy: StoreCopy): Promise<Entry[]> {
  const all: Entry[] = [];
  for await (const some of readChunks(folder, copy)) all.push(...some);
  return all;
}

describe('frames', () => {
  const entry = fc.tuple(
    fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from(bytes)),
    fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
  );

  it('come out as they went in, whatever pieces they travel in', async () => {
    const property = fc.asyncProperty(fc.array(entry), fc.integer({ min: 1, max: 40 }), async (sent, piece) => {
      const bytes = Buffer.concat([...sent.map((one) => frameOf(one)), endFrame(sent.length)]);
      const pieces = range(0, Math.ceil(bytes.length / piece)).map((at) =>
        bytes.subarray(at * piece, (at + 1) * piece),
      );
      const came: Entry[] = [];
      for await (const one of readFrames(from(pieces))) came.push(one);
      expect(came).toEqual(sent);
    });
    await fc.assert(property);
  });

  it('are refused wherever they break off, and where one is missing', async () => {
    const sent = entries([1, 2, 3]);
    const whole = Buffer.concat([...sent.map((one) => frameOf(one)), endFrame(sent.length)]);
    const read = async (bytes: Buffer): Promise<void> => {
      for await (const one of readFrames(from([bytes]))) expect(one).toHaveLength(2);
    };
    await read(whole);
    for (const at of [0, 7, 8, 800, whole.length - 1])
      await expect(read(whole.subarray(0, at))).rejects.toMatchObject({ code: 'UNREACHABLE' });
    const short = Buffer.concat([...sent.slice(1).map((one) => frameOf(one)), endFrame(sent.length)]);
    await expect(read(short)).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});

describe('a store in chunks', () => {
  it('comes back entry by entry, cut where keys say', async () => {
    const folder = scratch();
    const copy = await writeChunks(from(entries(range(0, 4000))), folder);
    expect(copy).toMatchObject({ entries: 4000, reused: 0 });
    expect(copy.chunks.length).toBeGreaterThan(2);
    expect(readdirSync(folder).sort()).toEqual(copy.chunks.map(({ sha256 }) => sha256).sort());
    expect(await readAll(folder, copy)).toEqual(entries(range(0, 4000)));
  });

  it('takes from an earlier copy what did not change, under the same digest as a copy of its own', async () => {
    const earlier = scratch();
    const before = await writeChunks(from(entries(range(0, 4000))), earlier);
    const changed = [...entries(range(0, 100), 1), ...entries(range(100, 4200))];
    const [own, taken] = [scratch(), scratch()];
    const alone = await writeChunks(from(changed), own);
    const after = await writeChunks(from(changed), taken, earlier);
    expect({ ...after, reused: 0 }).toEqual(alone);
    const kept = before.chunks.filter(({ sha256 }) => after.chunks.some((chunk) => chunk.sha256 === sha256));
    expect(kept.length).toBeGreaterThan(0);
    expect(after.reused).toBe(kept.reduce((sum, { size }) => sum + size, 0));
    for (const { sha256 } of kept) expect(statSync(join(taken, sha256)).nlink).toBe(2);
    expect(await readAll(taken, after)).toEqual(changed);
  });

  it('takes nothing of an earlier copy that was damaged since', async () => {
    const earlier = scratch();
    const { chunks } = await writeChunks(from(entries(range(0, 4000))), earlier);
    const name = chunks[0]?.sha256 ?? '';
    const file = join(earlier, name);
    writeFileSync(file, readFileSync(file).fill(0, 20, 21));
    const folder = scratch();
    const copy = await writeChunks(from(entries(range(0, 4000))), folder, earlier);
    expect(statSync(join(folder, name)).nlink).toBe(1);
    expect(await readAll(folder, copy)).toHaveLength(4000);
  });

  it('names every chunk that is not as it was', async () => {
    const folder = scratch();
    const copy = await writeChunks(from(entries(range(0, 4000))), folder);
    const [first, second] = copy.chunks.map(({ sha256 }) => sha256);
    for (const name of [first ?? '', second ?? '']) writeFileSync(join(folder, name), 'other');
    await expect(readAll(folder, copy)).rejects.toMatchObject({
      code: 'BACKUP_DAMAGED',
      faults: [{ path: `store/${String(first)}` }, { path: `store/${String(second)}` }],
    });
  });

  it('refuses a list that leaves a chunk out, and bytes that are no frames', async () => {
    const folder = scratch();
    const copy = await writeChunks(from(entries(range(0, 4000))), folder);
    await expect(readAll(folder, { ...copy, chunks: copy.chunks.slice(1) })).rejects.toMatchObject({
      code: 'BACKUP_DAMAGED',
    });
    const bytes = frameOf([Buffer.from('key'), Buffer.from('value')]).subarray(0, -1);
    const name = createHash('sha256').update(bytes).digest('hex');
    writeFileSync(join(folder, name), bytes);
    const forged = { entries: 1, digest: name, chunks: [{ sha256: name, size: bytes.length }] };
    await expect(readAll(folder, forged)).rejects.toMatchObject({ code: 'BACKUP_DAMAGED' });
  });
});
