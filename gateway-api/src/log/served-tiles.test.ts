import { decodeEntries, formatRecordId, leafHash, toHex, utf8Encode } from '@carbon-ledger/core';
import { ServedTiles } from './served-tiles';

const texts = Array.from({ length: 600 }, (_, index) => utf8Encode(`{"at":${String(index)}}`));
const byId = new Map(texts.map((text) => [formatRecordId(leafHash(text)), text]));

interface Log {
  readonly log: ConstructorParameters<typeof ServedTiles>[0];
  /** How many records, and how many hashes, were asked for each time. */
  readonly asked: number[];
  readonly hashed: number[];
}

function logOf(own: readonly Uint8Array[]): Log {
  const [asked, hashed]: [number[], number[]] = [[], []];
  const log: Log['log'] = {
    hashes: (_level, index, width) => {
      hashed.push(width);
      return Promise.resolve(Buffer.concat(own.slice(index * 256, index * 256 + width).map(leafHash)));
    },
    texts: (ids) => {
      asked.push(ids.length);
      return Promise.resolve(ids.map((id) => byId.get(id) ?? new Uint8Array()));
    },
  };
  return { log, asked, hashed };
}

describe('tiles of the log', () => {
  it('of entries hold the records that the leaves name, in their order', async () => {
    const { log } = logOf(texts);
    const { bytes } = await new ServedTiles(log).tile('entries', 1, 256);
    expect(decodeEntries(bytes, 256).map(toHex)).toEqual(texts.slice(256, 512).map(toHex));
  });

  it('are read once where they are whole, and anew while they grow', async () => {
    const { log, asked, hashed } = logOf(texts);
    const tiles = new ServedTiles(log);
    for (const width of [88, 88, 87]) await tiles.tile('entries', 2, width);
    for (const index of [0, 0, 1, 0]) await tiles.tile('entries', index, 256);
    expect(asked).toEqual([88, 88, 87, 256, 256]);
    hashed.length = 0;
    const levels = [0, 1, 0, 1].map((level) => [level, 0, 256] as const);
    for (const [level, index, width] of [...levels, [0, 2, 88], [0, 2, 88]] as const)
      await tiles.tile(level, index, width);
    expect(hashed).toEqual([256, 256, 88, 88]);
  });

  it('are not kept beyond the bytes that they may take: the one asked for last stays', async () => {
    const { log, hashed } = logOf(texts);
    const tiles = new ServedTiles(log, 256 * 32);
    for (const index of [0, 1, 1, 0]) await tiles.tile(0, index, 256);
    expect(hashed).toHaveLength(3);
  });

  it('are told apart by what is in them: width, place and every record', async () => {
    const tags = async (own: readonly Uint8Array[]): Promise<string[]> => {
      const tiles = new ServedTiles(logOf(own).log);
      const places = [
        [0, 256],
        [1, 256],
        [2, 88],
        [2, 87],
      ] as const;
      return Promise.all(places.map(async ([index, width]) => (await tiles.tile('entries', index, width)).etag));
    };
    const [one, again, other] = [await tags(texts), await tags(texts), await tags(texts.toReversed())];
    expect(one).toEqual(again);
    expect(new Set([...one, ...other]).size).toBe(8);
  });
});
