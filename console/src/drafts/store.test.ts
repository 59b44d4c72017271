import { Drafts, wipeDrafts, type Draft, type DraftPlace, type DraftSeal } from './store';

function placeOf(map = new Map<string, string>()): DraftPlace & { readonly map: Map<string, string> } {
  return {
    map,
    getItem: (name) => map.get(name) ?? null,
    setItem: (name, value) => void map.set(name, value),
    removeItem: (name) => void map.delete(name),
    key: (at) => [...map.keys()][at] ?? null,
    get length() {
      return map.size;
    },
  };
}

/** Stands in for the worker: what one mask sealed, another does not open. */
function sealWith(mask: number): DraftSeal {
  return {
    seal: (text) => Promise.resolve(Uint8Array.from(Buffer.from(`${String(mask)}${text}`), (byte) => byte ^ mask)),
    unseal: (sealed) => {
      const text = Buffer.from(sealed.map((byte) => byte ^ mask)).toString();
      return text.startsWith(String(mask))
        ? Promise.resolve(text.slice(String(mask).length))
        : Promise.reject(new Error('another key'));
    },
  };
}

const draft = (address: string, savedAt: string): Draft => ({
  address,
  title: 'secret title',
  savedAt,
  value: { a: '1' },
});

describe('drafts', () => {
  it('come back as they were kept, newest first, and lie there unreadable', async () => {
    const place = placeOf();
    const drafts = new Drafts(place, sealWith(7), '0x1');
    await drafts.save(draft('/file/a', '2025-01-01T00:00:00Z'));
    await drafts.save(draft('/file/b', '2025-01-02T00:00:00Z'));
    expect(await drafts.read('/file/a')).toEqual(draft('/file/a', '2025-01-01T00:00:00Z'));
    expect((await drafts.list()).map(({ address }) => address)).toEqual(['/file/b', '/file/a']);
    expect([...place.map.values()].join('')).not.toContain('secret');
  });

  it('of another key are neither listed nor opened', async () => {
    const place = placeOf();
    await new Drafts(place, sealWith(7), '0x1').save(draft('/file/a', '2025-01-01T00:00:00Z'));
    expect(await new Drafts(place, sealWith(9), '0x2').list()).toEqual([]);
    expect(await new Drafts(place, sealWith(9), '0x1').read('/file/a')).toBeUndefined();
  });

  it('are gone when they are dropped, and all of them when the key is locked', async () => {
    const place = placeOf(new Map([['language', 'zh']]));
    const drafts = new Drafts(place, sealWith(7), '0x1');
    for (const name of ['a', 'b', 'c']) await drafts.save(draft(`/file/${name}`, '2025-01-01T00:00:00Z'));
    drafts.drop('/file/b');
    expect(await drafts.read('/file/b')).toBeUndefined();
    wipeDrafts(place);
    expect([...place.map.keys()]).toEqual(['language']);
  });

  it('that do not fit are told not to be kept', async () => {
    const full = {
      ...placeOf(),
      setItem: () => {
        throw new Error('QuotaExceededError');
      },
    };
    expect(await new Drafts(full, sealWith(7), '0x1').save(draft('/file/a', '2025-01-01T00:00:00Z'))).toBe(false);
  });
});
