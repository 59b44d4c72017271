import { existsSync, rmSync } from 'node:fs';
import { NetworkError } from '../errors';
import { readNetwork, resumeSession, type Places, type Session } from '../session';
import { statePaths } from '../layout';

/**
 * Stops the network and removes all that it wrote: ledgers, keys, certificates, profiles. There is no way back, so the
 * folder is only removed when it is a network's.
 */
export async function clean(places: Places, say: Session['say']): Promise<void> {
  const state = statePaths(places.stateRoot);
  if (!existsSync(state.root)) {
    say('There is nothing to clean.');
    return;
  }
  if (readNetwork(state) === undefined) {
    throw new NetworkError(`${state.root} holds no network.`, 'Remove it by hand if nothing in it is wanted.');
  }
  await resumeSession(places, say).runtime.down();
  rmSync(state.root, { recursive: true, force: true });
  say(`Stopped the network and removed ${state.root}.`);
}
