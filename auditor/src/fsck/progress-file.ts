import type { Counts, Finding } from './finding';
import type { PurgeMade } from './purge-made';
import type { ReplayPosition } from './replay/replay';
import type { EntrySum } from './stores/entry-digest';
import type { WorkStore } from './replay/work-store';
import { workTables } from './replay/work-tables';

/** The number is that of the entries which a replay leaves: a folder of other ones is not taken up. */
const PROGRESS = `${workTables.run}progress4`;
const CONFIG = `${workTables.run}config`;

/** What a run leaves behind for the next one. */
export interface Progress {
  readonly position: ReplayPosition;
  readonly logSize: number;
  /** Hex: key of the sums. */
  readonly secret: string;
  /** Sums of what a projection must hold, of the blocks before {@link projectedHeight}. */
  readonly projected: Readonly<Record<string, EntrySum>>;
  readonly projectedHeight: number;
  readonly counts: Counts;
  readonly findings: readonly Finding[];
  readonly purges: readonly PurgeMade[];
}

/**
 * Progress is written only when a run ends in good order, and taken away when one begins: whoever stops a run by force
 * starts anew, and is never shown a half of it.
 */
export async function takeProgress(store: WorkStore): Promise<Progress | undefined> {
  const bytes = store.get(PROGRESS);
  if (bytes === undefined) return undefined;
  store.put(PROGRESS, undefined);
  await store.settle();
  return JSON.parse(bytes.toString('utf8')) as Progress;
}

export function putProgress(store: WorkStore, progress: Progress): void {
  store.put(PROGRESS, Buffer.from(JSON.stringify(progress)));
}

/** Envelope of the configuration that stands at the end of what was replayed. */
export function storedConfig(store: WorkStore): Buffer | undefined {
  return store.get(CONFIG);
}

export function putConfig(store: WorkStore, envelope: Uint8Array): void {
  store.put(CONFIG, Buffer.from(envelope));
}
