import { cpSync, existsSync } from 'node:fs';
import { NetworkError } from '../errors';
import { presentSnapshot, takeSnapshot } from '../fabric/snapshot';
import type { OrganisationPlan, PeerPlan } from '../layout';
import type { Session } from '../session';

/** A peer by the beginning of its name, with its organisation. */
export function findPeer(
  { layout }: Session,
  name: string | undefined,
): { readonly organisation: OrganisationPlan; readonly peer: PeerPlan } {
  const all = layout.organisations.flatMap((organisation) =>
    organisation.peers.map((peer) => ({ organisation, peer })),
  );
  const found = all.find(({ peer: { id } }) => name !== undefined && (id === name || id.startsWith(`${name}.`)));
  if (found !== undefined) return found;
  const known = all.map(({ peer }) => peer.id).join(', ');
  throw new NetworkError(name === undefined ? 'Which peer?' : `There is no peer ${name}.`, `There are: ${known}`);
}

/** Writes a snapshot of a peer's state; `output` is a folder to copy it to, which must not be there yet. */
export async function snapshot(session: Session, name: string | undefined, output: string | undefined): Promise<void> {
  const { layout, state, tools, say } = session;
  const { organisation, peer } = findPeer(session, name);
  if (output !== undefined && existsSync(output))
    throw new NetworkError(`${output} is there already.`, 'Name a folder that is not.');
  const folder =
    (await presentSnapshot(layout, state, peer)) ?? (await takeSnapshot(layout, state, tools, organisation, peer));
  if (output !== undefined) cpSync(folder, output, { recursive: true });
  say(`Snapshot of ${peer.id}: ${output ?? folder}`);
  say('It holds hashes of private figures, not figures; whoever joins by it takes those from the members.');
}
