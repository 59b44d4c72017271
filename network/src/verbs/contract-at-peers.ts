import type { Deployment } from '../chaincode/deployment';
import { messageOf } from '../errors';
import type { Lifecycle } from '../fabric/lifecycle';
import type { OrganisationPlan, PeerPlan } from '../layout';
import type { Session } from '../session';

/**
 * `behind`: its blocks do not hold the definition yet. `not installed`: it lost the package, and needs no more than that;
 * what was approved, it knows by its hash. `not approved`: it holds the package, which is another than its organisation
 * approved for the sequence in force, as after new certificates: only an approval of a new sequence helps in every case.
 */
export type Lack = 'away' | 'behind' | 'not installed' | 'not approved';

export interface PeerView {
  readonly organisation: OrganisationPlan;
  readonly peer: PeerPlan;
  /** undefined: it endorses by the contract in force. */
  readonly lack: Lack | undefined;
  readonly text: string;
}

/** Asks every peer of the network what it has of the contract in force. */
export function askEveryPeer(session: Session, lifecycle: Lifecycle, wanted: Deployment): Promise<PeerView[]> {
  return Promise.all(
    session.layout.organisations.flatMap((organisation) =>
      organisation.peers.map((peer) => askPeer(session, lifecycle, wanted, organisation, peer)),
    ),
  );
}

async function askPeer(
  { runtime }: Session,
  lifecycle: Lifecycle,
  wanted: Deployment,
  organisation: OrganisationPlan,
  peer: PeerPlan,
): Promise<PeerView> {
  const view = (lack: Lack | undefined, text: string): PeerView => ({ organisation, peer, lack, text });
  if ((await runtime.state(peer.id)) !== 'running') return view('away', 'does not run');
  try {
    const lack = await lackOf(lifecycle, wanted, organisation, peer);
    return view(lack, lack === undefined ? `sequence ${wanted.sequence}, ${wanted.version}` : WORDS[lack]);
  } catch (error) {
    return view('away', messageOf(error));
  }
}

const WORDS: Readonly<Record<Exclude<Lack, 'away'>, string>> = {
  behind: 'its blocks do not hold the definition yet',
  'not installed': 'the package of the contract in force is not installed',
  'not approved': 'the package is installed, and is not the one that its organisation approved',
};

async function lackOf(
  lifecycle: Lifecycle,
  wanted: Deployment,
  organisation: OrganisationPlan,
  peer: PeerPlan,
): Promise<Exclude<Lack, 'away'> | undefined> {
  const definition = await lifecycle.committed(organisation, peer);
  if (definition?.sequence !== wanted.sequence) return 'behind';
  const packages = await lifecycle.installed(organisation, peer);
  const own = packages.find(({ id }) => id === wanted.packageIds[organisation.name]);
  if (own === undefined) return 'not installed';
  return own.isInUse ? undefined : 'not approved';
}
