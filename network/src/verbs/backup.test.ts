import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { assemble, writeNetwork, type Places, type Session } from '../session';
import { parseTopology } from '../topology';
import { backup, restore } from './backup';

const topology = parseTopology(readFileSync(join(__dirname, '../../topology.yaml'), 'utf8'));
const silent = (): void => undefined;

function placesAt(stateRoot: string): Places {
  return { home: stateRoot, stateRoot, topologyFile: '' };
}

function networkAt(folder: string): Session {
  const choices = { mode: 'native', profiles: [], own: undefined } as const;
  const session = assemble(placesAt(join(folder, 'state')), topology, choices, silent);
  writeNetwork(session.state, { ...choices, topology });
  for (const name of ['crypto', 'channel', 'data', 'logs']) {
    mkdirSync(join(session.state.root, name), { recursive: true });
    writeFileSync(join(session.state.root, name, 'file'), `${name} content`);
  }
  return session;
}

describe('a backup of what cannot be had from the others', () => {
  let folder: string;
  let session: Session;
  let copy: string;
  beforeEach(async () => {
    folder = temporaryFolder('network-backup');
    session = networkAt(folder);
    copy = join(folder, 'copy');
    await backup(session, copy);
  });

  it('holds keys and the first block, not ledgers or logs, and is restored as it was', async () => {
    const target = join(folder, 'restored');
    await restore(placesAt(target), copy, silent);
    expect(readFileSync(join(target, 'crypto', 'file'), 'utf8')).toBe('crypto content');
    expect(existsSync(join(target, 'network.json'))).toBe(true);
    expect(existsSync(join(target, 'data'))).toBe(false);
    expect(existsSync(join(target, 'SHA256SUMS'))).toBe(false);
  });

  it('is refused when a file of it was changed, before anything is written', async () => {
    appendFileSync(join(copy, 'crypto', 'file'), '!');
    const target = join(folder, 'restored');
    await expect(restore(placesAt(target), copy, silent)).rejects.toThrow('crypto/file was changed');
    expect(existsSync(target)).toBe(false);
  });

  it('is not restored over what is there, nor written over another', async () => {
    await expect(restore(placesAt(session.state.root), copy, silent)).rejects.toThrow('is not empty');
    await expect(backup(session, copy)).rejects.toThrow('is there already');
  });
});
