import { decodeEntries, formatRecordId, leafHash, toHex, utf8Encode } from '@carbon-ledger/core';
import { EntryBundles } from './entry-bundles';

const texts = Array.from({ length: 600 }, (_, index) => utf8Encode(`{"at":${String(index)}}`));
const byId = new Map(texts.map((text) => [formatRecordId(leafHash(text)), text]));

function logOf(own: readonly Uint8Array[]): { log: ConstructorParameters<typeof EntryBundles>[0]; asked: number[] } {
  const asked: number[] = [];
  return {
    asked,
    log: {
      leaves: (index, width) =>
        Promise.resolve(Buffer.concat(own.slice(index * 256, index * 256 + width).map(leafHash))),
      texts: (ids) => {
        asked.push(ids.length);
        return Promise.resolve(ids.map((id) => byId.get(id) ?? new Uint8Array()));
      },
    },
  };
}

describe('bundles of entries', () => {
  it('hold the records that the leaves name, in their order', async () => {
    const { log } = logOf(texts);
    const { bytes } = await new EntryBundles(log).bundle(1, 256);
    expect(decodeEntries(bytes, 256).map(toHex)).toEqual(texts.slice(256, 512).map(toHex));
  });

  it('are read once where they are whole, and anew while they grow', async () => {
    const { log, asked } = logOf(texts);
    const bundles = new EntryBundles(log);
    for (const width of [88, 88, 87]) await bundles.bundle(2, width);
    for (const index of [0, 0, 1, 0]) await bundles.bundle(index, 256);
    expect(asked).toEqual([88, 88, 87, 256, 256]);
  });

  it('are told apart by what is in them: width, place and every record', async () => {
    const tags = async (own: readonly Uint8Array[]): Promise<string[]> => {
      const bundles = new EntryBundles(logOf(own).log);
      const places = [
        [0, 256],
        [1, 256],
        [2, 88],
        [2, 87],
      ] as const;
      return Promise.all(places.map(async ([index, width]) => (await bundles.bundle(index, width)).etag));
    };
    const [one, again, other] = [await tags(texts), await tags(texts), await tags(texts.toReversed())];
    expect(one).toEqual(again);
    expect(new Set([...one, ...other]).size).toBe(8);
  });
});
