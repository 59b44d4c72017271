import { join } from 'node:path';
import {
  fileError,
  LedgerError,
  parseStrict,
  tilePath,
  TILE_WIDTH,
  type ReadTile,
  type TileId,
} from '@carbon-ledger/core';
import { isAbsent } from '../fsck';
import { readGiven } from '../stored';

/** A log as an outsider sees it: nothing of it is trusted. */
export interface LogSource {
  /** Address or folder, for messages. */
  readonly name: string;
  /** The signed checkpoint. @throws LedgerError UNREACHABLE, FILE_UNREADABLE */
  checkpoint(): Promise<string>;
  /** Hashes of a tile. @throws LedgerError UNREACHABLE, NOT_FOUND */
  readonly tile: ReadTile;
  /** Whether every record of the log must be shown with its receipt; a copy may hold a part of them. */
  readonly isComplete: boolean;
  /** Parsed JSON of a record by its id; undefined where the source has none. */
  record(id: string): Promise<unknown>;
  /** A record's receipt, its file or its parsed JSON; undefined where the source has none. */
  receipt(id: string): Promise<unknown>;
}

const HASH_BYTES = 32;
const ABSENT = 404;

export type Fetch = (url: string) => Promise<Response>;

async function ask(url: string, fetchFunction: Fetch): Promise<Response | undefined> {
  const response = await fetchFunction(url).catch((cause: unknown) => {
    throw new LedgerError('UNREACHABLE', `${url} cannot be reached`, { cause });
  });
  if (response.ok) return response;
  if (response.status === ABSENT) return undefined;
  throw new LedgerError('UNREACHABLE', `${url} answers ${String(response.status)}`);
}

/** A service over HTTP, by the paths of C2SP tlog-tiles below `/log`. */
export function openServiceLog(baseUrl: string, fetchFunction: Fetch = fetch): LogSource {
  const base = baseUrl.replace(/\/+$/, '');
  const need = async (path: string): Promise<Response> => {
    const response = await ask(`${base}${path}`, fetchFunction);
    if (response === undefined) throw new LedgerError('NOT_FOUND', `${base}${path} is not there`);
    return response;
  };
  return {
    name: base,
    isComplete: true,
    checkpoint: async () => (await need('/log/checkpoint')).text(),
    tile: async (tile) => new Uint8Array(await (await need(`/log/${tilePath(tile)}`)).arrayBuffer()),
    record: async (id) => {
      const response = await ask(`${base}/v1/records/${encodeURIComponent(id)}`, fetchFunction);
      const view = response && ((await response.json()) as { readonly record?: unknown });
      return view?.record;
    },
    receipt: async (id) => {
      const response = await ask(`${base}/v1/records/${encodeURIComponent(id)}/receipt`, fetchFunction);
      return response?.json() as Promise<unknown>;
    },
  };
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readGiven(file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw fileError(error, file, 'read');
  }
}

/** Hashes of a tile from the file of this width, or from the full tile that has taken its place since. */
async function readTileFile(folder: string, tile: Readonly<TileId>): Promise<Uint8Array> {
  const bytes =
    (await readIfThere(join(folder, tilePath(tile)))) ??
    (await readIfThere(join(folder, tilePath({ ...tile, width: TILE_WIDTH }))));
  if (bytes === undefined) throw new LedgerError('NOT_FOUND', `${folder} has no ${tilePath(tile)}`);
  return bytes.subarray(0, tile.width * HASH_BYTES);
}

/** A copy of a log in a folder: `checkpoint`, `tile/…`, and where they were kept `records/ID.json`, `receipts/ID.receipt`. */
export function openFolderLog(folder: string): LogSource {
  const fileOf = (part: string, id: string, ending: string): string =>
    join(folder, part, `${id.replace(/[^0-9a-z]/g, '-')}.${ending}`);
  return {
    name: folder,
    isComplete: false,
    checkpoint: async () => {
      const note = await readIfThere(join(folder, 'checkpoint'));
      if (note === undefined) throw new LedgerError('FILE_UNREADABLE', `${folder} has no checkpoint`);
      return note.toString('utf8');
    },
    tile: (tile) => readTileFile(folder, tile),
    record: async (id) => {
      const bytes = await readIfThere(fileOf('records', id, 'json'));
      return bytes && parseStrict(bytes);
    },
    receipt: async (id) =>
      (await readIfThere(fileOf('receipts', id, 'receipt'))) ?? readIfThere(fileOf('receipts', id, 'json')),
  };
}

/** Tiles that an audit keeps at hand: a sample of a large log meets the same upper ones again and again. */
const MOST_TILES = 1024;

/** The same source, asking for each tile once. */
export function withTileMemory(source: LogSource): LogSource {
  const known = new Map<string, Promise<Uint8Array>>();
  const tile: ReadTile = (id) => {
    const path = tilePath(id);
    const found = known.get(path) ?? source.tile(id);
    if (known.size >= MOST_TILES) known.clear();
    known.set(path, found);
    return found;
  };
  return { ...source, tile };
}
