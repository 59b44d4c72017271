import { withPeerStore, withProjection, type Disk } from './disk';
import { observe } from './observe';
import type { Attack } from './table';
import type { World } from './world';

type Look = typeof observe;

interface Seen {
  readonly seen: readonly string[];
  readonly disclosed?: string;
}

/** Who notices; with a reason where nobody does. */
function seenBy(seen: readonly string[] | { readonly disclosed: string }): Seen {
  return 'disclosed' in seen ? { seen: [], disclosed: seen.disclosed } : { seen };
}

/** An attack on the files of a data folder while the service is stopped. */
export function onFolder(
  what: string,
  make: (dataDir: string, world: World) => Promise<void> | void,
  seen: Parameters<typeof seenBy>[0],
  look: Look = observe,
): Attack {
  return {
    what,
    ...seenBy(seen),
    act: async (world) => {
      const dataDir = world.copy();
      await make(dataDir, world);
      return look(dataDir, world);
    },
  };
}

type Change = (disk: Disk, dataDir: string) => Promise<void>;

/** An attack on the peer's store: blocks, state, private data, indexes. */
export function onPeerStore(what: string, make: Change, seen: Parameters<typeof seenBy>[0], look?: Look): Attack {
  return onFolder(what, (dataDir) => withPeerStore(dataDir, (disk) => make(disk, dataDir)), seen, look);
}

/** An attack on the gateway's projection: what answers are read from, and the tiles of the log. */
export function onProjection(what: string, make: Change, seen: Parameters<typeof seenBy>[0], look?: Look): Attack {
  return onFolder(what, (dataDir) => withProjection(dataDir, (disk) => make(disk, dataDir)), seen, look);
}
