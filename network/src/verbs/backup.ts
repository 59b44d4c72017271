import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { NetworkError } from '../errors';
import { readNetwork, type Places, type Session } from '../session';
import { statePaths } from '../layout';
import { CHECKSUM_FILE, checkChecksums, listChecksums } from './checksums';

/**
 * What cannot be had from the others: keys and certificates, the channel's first block, packages, profiles. Ledgers come
 * back from the other nodes (`rejoin`); logs and process ids are of no use elsewhere.
 */
const KEPT = ['network.json', 'crypto', 'config', 'channel', 'packages', 'profiles', 'public', 'revoked'];

/** Copies what must not be lost, with a list of checksums; the network may run meanwhile. */
export async function backup(session: Session, folder: string): Promise<void> {
  const { state, say } = session;
  if (existsSync(folder)) throw new NetworkError(`${folder} is there already.`, 'Name a folder that is not.');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of KEPT)
    if (existsSync(join(state.root, name))) cpSync(join(state.root, name), join(folder, name), { recursive: true });
  writeFileSync(join(folder, CHECKSUM_FILE), await listChecksums(folder));
  const faults = await checkChecksums(folder);
  if (faults.length > 0) throw new NetworkError(`The copy is not whole:\n${faults.join('\n')}`, 'Make it again.');
  say(`Wrote ${folder}. It holds private keys: keep it where nobody else reads, apart from copies of ledgers.`);
}

/** Brings such a copy back to an empty place; `up` and `rejoin` bring the ledgers. */
export async function restore(places: Places, folder: string, say: Session['say']): Promise<void> {
  const state = statePaths(places.stateRoot);
  if (existsSync(state.root) && readdirSync(state.root).length > 0)
    throw new NetworkError(`${state.root} is not empty.`, 'Restore to a folder that is not there: --state DIR');
  const faults = await checkChecksums(folder);
  if (faults.length > 0)
    throw new NetworkError(
      `${folder} is not as it was written:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
      'Take another copy. Nothing was restored.',
    );
  mkdirSync(state.root, { recursive: true, mode: 0o700 });
  const isKept = (source: string): boolean => {
    const [top = ''] = relative(folder, source).split(sep);
    return top === '' || KEPT.includes(top);
  };
  cpSync(folder, state.root, { recursive: true, filter: isKept });
  if (readNetwork(state) === undefined) throw new NetworkError(`${folder} holds no network.`, 'Take another copy.');
  say(`Restored to ${state.root}. \`up\` starts its nodes: those without a ledger take it from the others.`);
}
