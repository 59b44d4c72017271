import { existsSync, writeFileSync } from 'node:fs';
import { archiveFile, packageFor, type Deployment } from '../chaincode/deployment';
import type { Lifecycle } from '../fabric/lifecycle';
import { pollUntil } from '../runtime/poll';
import type { Session } from '../session';
import { askEveryPeer, type PeerView } from './contract-at-peers';

/** Blocks of a large ledger take longer than a verb should wait; then it is run again. */
const CATCH_UP_MS = 60_000;
/** A peer takes up a package within moments of being given it. */
const TAKE_UP_MS = 10_000;

/**
 * Gives every peer that runs the contract in force back, as far as that can be done peer by peer.
 * @returns the organisations that approved another package: they need a new sequence
 */
export async function mendPeers(session: Session, lifecycle: Lifecycle, wanted: Deployment): Promise<string[]> {
  const views = await awaitBlocks(session, lifecycle, wanted);
  const bare = views.filter(({ lack }) => lack === 'not installed');
  for (const view of bare) await install(session, lifecycle, wanted, view);
  const after = await viewsWhen(session, lifecycle, wanted, TAKE_UP_MS, ({ lack }) => lack !== 'not approved');
  for (const { peer, lack, text } of after)
    if (lack === 'behind' || lack === 'away') session.say(`! ${peer.id}: ${text}`);
  return [...new Set(after.filter(({ lack }) => lack === 'not approved').map(({ organisation }) => organisation.name))];
}

/** The views once every peer that runs has the blocks, or after a while as they are. */
function awaitBlocks(session: Session, lifecycle: Lifecycle, wanted: Deployment): Promise<PeerView[]> {
  return viewsWhen(session, lifecycle, wanted, CATCH_UP_MS, ({ lack }) => lack !== 'behind');
}

async function viewsWhen(
  session: Session,
  lifecycle: Lifecycle,
  wanted: Deployment,
  timeoutMs: number,
  isSettled: (view: PeerView) => boolean,
): Promise<PeerView[]> {
  let views: PeerView[] = [];
  const attempt = async (): Promise<true | undefined> => {
    views = await askEveryPeer(session, lifecycle, wanted);
    return views.every(isSettled) ? true : undefined;
  };
  const options = { timeoutMs, intervalMs: 500, what: 'the peers to catch up', remedy: 'npm run network:status' };
  await pollUntil(attempt, options).catch(() => undefined);
  return views;
}

async function install(
  { layout, state, say }: Session,
  lifecycle: Lifecycle,
  wanted: Deployment,
  { organisation, peer }: PeerView,
): Promise<void> {
  const archive = archiveFile(state, organisation);
  // The package is the same in every making, so that it need not have been kept.
  if (!existsSync(archive))
    writeFileSync(archive, packageFor(layout, state, organisation, wanted.sequence, wanted.bundleSha256).archive);
  await lifecycle.install(organisation, peer, archive);
  say(`Installed the contract in force at ${peer.id}, which did not have it.`);
}
