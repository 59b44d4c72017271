import type { DroppedFile } from '../files/dropped';
import { documentOf, hashAll, mediaTypeOf, withDocuments } from './documents';

const file = (path: string): DroppedFile => ({ path, file: new File(['12345'], path) });
const hashed = { sha256: `sha256:${'a'.repeat(64)}`, sm3: `sm3:${'b'.repeat(64)}` };

describe('documents of a filing', () => {
  it('are named without their folder, with size and type', () => {
    expect(documentOf(file('coal/2024-01.CSV'), hashed, 'daily-coal')).toMatchObject({
      name: '2024-01.CSV',
      mediaType: 'text/csv',
      size: '5',
      role: 'daily-coal',
    });
    expect(mediaTypeOf('no-ending')).toBe('application/octet-stream');
  });

  it('go on after a file that cannot be read', async () => {
    const failures: string[] = [];
    const seen: number[] = [];
    const done = await hashAll([file('a'), file('b'), file('c')], (blob) => hash(blob), {
      signal: new AbortController().signal,
      onFailure: (path) => failures.push(path),
      onProgress: ({ done: at }) => seen.push(at),
    });
    expect(done.map(({ file: one }) => one.path)).toEqual(['a', 'c']);
    expect(failures).toEqual(['b']);
    expect(seen).toEqual([1, 2, 3]);
  });

  it.each([3, 4])('are none where it was called off after %i of them', async (last) => {
    const stop = new AbortController();
    const seen: number[] = [];
    const done = hashAll([file('a'), file('b'), file('c'), file('d')], (blob) => hash(blob), {
      signal: stop.signal,
      onFailure: () => undefined,
      onProgress: ({ done: at }) => {
        seen.push(at);
        if (at === last) stop.abort();
      },
    });
    await expect(done).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toHaveLength(last);
  });

  it('stand once for each role', () => {
    const [one] = [documentOf(file('a'), hashed, 'report')];
    expect(withDocuments([one], [one, { ...one, role: 'evidence' }])).toHaveLength(2);
  });
});

function hash(blob: Blob): Promise<typeof hashed> {
  return (blob as File).name === 'b' ? Promise.reject(new Error('locked')) : Promise.resolve(hashed);
}
