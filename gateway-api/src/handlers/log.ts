import { LedgerError, parseTilePath, TILE_WIDTH, toHex } from '@carbon-ledger/core';
import type { Handlers, Reply } from '../http/reply';
import type { PublishedCheckpoint } from '../log/checkpoint-keeper';
import { ServedTiles } from '../log/served-tiles';
import type { Services } from '../services';
import { eventStream } from './event-stream';
import { ledgerFacts } from './ledger-facts';

type LogHandlers = Pick<
  Handlers,
  | 'getLedger'
  | 'getPolicy'
  | 'getCheckpoint'
  | 'getCosignedCheckpoint'
  | 'getCosigners'
  | 'getInclusion'
  | 'getConsistency'
  | 'getTile'
  | 'events'
>;

/** No log gets this far; beyond it an index would not be a safe integer. */
const LAST_TILE = BigInt(Math.floor(Number.MAX_SAFE_INTEGER / TILE_WIDTH)) - 1n;

const hex = (hash: Uint8Array): string => toHex(Uint8Array.from(hash));

export function logHandlers(services: Services): LogHandlers {
  const { projection } = services;
  const { log } = projection;
  const tiles = new ServedTiles({
    hashes: (level, index, width) => log.tile(level, index, width),
    texts: (ids) => projection.recordTexts(ids),
  });
  return {
    getLedger: async () => ({ json: await ledgerFacts(services) }),
    getPolicy: () => ({ json: services.policies.reachable() }),
    getCheckpoint: async ({ query }) => ({ text: await publishedCheckpoint(services, query.of) }),
    getCosignedCheckpoint: () => ({ text: cosignedCheckpoint(services) }),
    getCosigners: () => ({ json: { cosigners: [...services.cosigned.views] } }),
    getInclusion: async ({ query: { index, size = log.size } }) => {
      const path = (await log.inclusion(index, size)).map(hex);
      return {
        json: { index, size, leafHash: hex(await log.leaf(index)), rootHash: hex(await log.rootAt(size)), path },
      };
    },
    getConsistency: async ({ query: { from, to = log.size } }) => {
      const path = (await log.consistency(from, to)).map(hex);
      return { json: { from, to, rootFrom: hex(await log.rootAt(from)), rootTo: hex(await log.rootAt(to)), path } };
    },
    getTile: ({ params: { path } }) => tile(tiles, path),
    events: (request) => ({ stream: eventStream(services, request) }),
  };
}

/**
 * What tile clients find at the log's `checkpoint`: the last one that fulfils the policy, as C2SP tlog-tiles asks of a log with
 * witnesses, so that a client with a witness policy takes it. Where the policy asks for nobody, or nobody has signed yet: the newest.
 * @throws LedgerError NOT_READY, ROLLED_BACK
 */
async function publishedCheckpoint(services: Services, of: 'policy' | 'newest'): Promise<string> {
  const newest = await services.checkpoints.covering(0);
  const fulfilling = of === 'newest' || services.policies.policy.quorum === 0 ? undefined : signedByOthers(services);
  return (fulfilling ?? services.cosigned.withCosignatures(newest)).note;
}

/** The last checkpoint with all the cosignatures that the policy asks for. */
function signedByOthers({ outside, cosigned, policies }: Services): PublishedCheckpoint | undefined {
  const known = [outside?.proofs.final, cosigned.final].filter((one) => one !== undefined);
  return known.filter(({ note }) => policies.isFulfilledBy(note)).sort((a, b) => b.size - a.size)[0];
}

/** @throws LedgerError NOT_READY before enough have cosigned a first one, NOT_FOUND where nobody is asked to */
function cosignedCheckpoint(services: Services): string {
  const { cosigned, policies, outside } = services;
  const found = policies.policy.quorum === 0 ? (cosigned.final ?? outside?.proofs.final) : signedByOthers(services);
  if (found !== undefined) return found.note;
  if (policies.policy.quorum === 0 && !services.cosigning.isAsked)
    throw new LedgerError('NOT_FOUND', 'Nobody is asked to cosign this log: neither organisations nor witnesses.');
  throw new LedgerError('NOT_READY', 'Too few have cosigned a checkpoint yet.');
}

/** @throws LedgerError NOT_FOUND for anything that is no tile of this log */
async function tile(tiles: ServedTiles, path: string): Promise<Reply> {
  const id = parseTilePath(`tile/${path}`);
  if (id === undefined || id.index > LAST_TILE) {
    throw new LedgerError('NOT_FOUND', 'This is not the path of a tile.');
  }
  const served = await tiles.tile(id.level, Number(id.index), id.width);
  // Told beforehand: it then goes out in one piece as it lies in memory, and a client knows how much is to come.
  return { ...served, headers: { 'content-length': String(served.bytes.length) } };
}
