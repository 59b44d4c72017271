import { writeFileSync } from 'node:fs';
import {
  archiveFile,
  packageFor,
  readDeployment,
  rulesDigest,
  servicesOf,
  slotOf,
  storeBundle,
  writeDeployment,
  type Deployment,
} from '../chaincode/deployment';
import type { ChaincodePackage } from '../chaincode/package';
import { Lifecycle, type Definition } from '../fabric/lifecycle';
import { generateFiles, writeFiles } from '../generate';
import type { OrganisationPlan } from '../layout';
import { pollUntil } from '../runtime/poll';
import { NetworkError } from '../errors';
import { hostFacts, type Session } from '../session';
import { mendPeers } from './mend';

/**
 * Brings the contract's bundle into force on the channel: package → install → approve by all → commit.
 * On a running network the new version starts beside the old one, and the old one ends when every peer has changed over.
 */
export async function deploy(session: Session, bundle: string): Promise<void> {
  const { layout, channel, state } = session;
  const [first] = layout.organisations;
  if (first === undefined) throw new RangeError('there is no organisation');
  assertAllHere(session);
  writeFiles(state, generateFiles(channel, state, hostFacts(session.places)));
  const lifecycle = new Lifecycle(channel, state, session.tools);
  const present = await definitionInForce(session, lifecycle);
  const plan = planDeployment(session, storeBundle(state, bundle), present);
  if (plan.sequence === present?.sequence) await keepUp(session, lifecycle, first, plan);
  else await bringAbout(session, lifecycle, first, plan);
}

/** As long as an organisation's only peer may take to have the blocks again, of which nobody else here tells. */
const CATCH_UP_MS = 60_000;

/**
 * Brings the contract in force back to every peer that lost it; without a deployment there is nothing to do.
 * @param hasJoinedAnew in a folder where no other peer runs, nothing is known of the definition until this one has its block
 */
export async function mend(session: Session, hasJoinedAnew = false): Promise<void> {
  const { layout, channel, state, tools } = session;
  const [first] = layout.organisations;
  const deployment = readDeployment(state);
  if (first === undefined || deployment === undefined) return;
  const lifecycle = new Lifecycle(channel, state, tools);
  const isInForce = async (): Promise<true | undefined> =>
    (await definitionInForce(session, lifecycle))?.sequence === deployment.sequence ? true : undefined;
  const what = `sequence ${deployment.sequence} of the contract in the blocks of ${layout.peers.map(({ id }) => id).join(', ')}`;
  const remedy = 'Once it has them: npm run network:up';
  const isThere = hasJoinedAnew
    ? await pollUntil(isInForce, { timeoutMs: CATCH_UP_MS, intervalMs: 500, what, remedy })
    : await isInForce();
  if (isThere) await keepUp(session, lifecycle, first, deployment);
}

/** As the peers that run see it: one that has just joined anew knows of none, so the highest sequence counts. */
export async function definitionInForce(session: Session, lifecycle: Lifecycle): Promise<Definition | undefined> {
  const { layout, runtime } = session;
  const asked = layout.organisations.flatMap((organisation) =>
    organisation.peers.map(async (peer) =>
      (await runtime.state(peer.id)) === 'running' ? lifecycle.committed(organisation, peer) : undefined,
    ),
  );
  const definitions = (await Promise.all(asked)).filter((definition) => definition !== undefined);
  return definitions.sort((a, b) => b.sequence - a.sequence)[0];
}

/** The sequence in force stays, unless an organisation's peers hold another package than it approved. */
async function keepUp(
  session: Session,
  lifecycle: Lifecycle,
  committer: OrganisationPlan,
  plan: Deployment,
): Promise<void> {
  const { layout, state, runtime, say } = session;
  await runtime.startServices(servicesOf(layout, state, plan));
  const lost = await mendPeers(session, lifecycle, plan);
  if (lost.length === 0) {
    say(`Sequence ${plan.sequence} is in force at every peer that runs; its services are running.`);
    return;
  }
  assertAllHere(session);
  const sequence = plan.sequence + 1;
  say(
    `${lost.join(', ')} approved another package for sequence ${plan.sequence}: the same contract becomes sequence ${sequence}.`,
  );
  await bringAbout(session, lifecycle, committer, { ...plan, sequence, packageIds: {} });
}

/** What all do in turn cannot be done from one organisation's folder. */
function assertAllHere({ choices: { own } }: Session): void {
  if (own === undefined) return;
  throw new NetworkError(
    `This folder is ${own}’s alone: it cannot approve for the others.`,
    'Each approves in its own: network:org -- approve; when a majority has, one commits: network:org -- commit.',
  );
}

async function bringAbout(
  session: Session,
  lifecycle: Lifecycle,
  committer: OrganisationPlan,
  plan: Deployment,
): Promise<void> {
  await approve(session, lifecycle, await prepare(session, plan));
  await lifecycle.commit(committer, plan);
  await takeOver(session, lifecycle, plan);
}

/** Packages, and starts the services of the new sequence beside those of the present one. */
export async function prepare(session: Session, plan: Deployment): Promise<Deployment> {
  const { layout, state, runtime, say } = session;
  const packages = writePackages(session, plan);
  const deployment = { ...plan, packageIds: Object.fromEntries([...packages].map(([name, { id }]) => [name, id])) };
  writeDeployment(state, deployment);
  say(`Packaged sequence ${plan.sequence}: bundle sha256 ${plan.bundleSha256}`);
  const services = servicesOf(layout, state, deployment);
  await runtime.startServices(services);
  await runtime.awaitServices(services);
  say(`Started ${services.length} chaincode service(s).`);
  return deployment;
}

/** Installs and approves for the organisations that are run from here. */
export async function approve(session: Session, lifecycle: Lifecycle, deployment: Deployment): Promise<void> {
  const { layout, say } = session;
  await installEverywhere(session, lifecycle, deployment);
  await Promise.all(
    layout.organisations.map((organisation) =>
      lifecycle.approve(organisation, deployment, deployment.packageIds[organisation.name] ?? ''),
    ),
  );
  say(`Approved by ${layout.organisations.map((organisation) => organisation.name).join(', ')}.`);
}

/** Ends the services of the last sequence once the peers that are run from here follow the new one. */
export async function takeOver(session: Session, lifecycle: Lifecycle, plan: Deployment): Promise<void> {
  const { layout, runtime, say } = session;
  await awaitEverywhere(session, lifecycle, plan);
  await runtime.stop(layout.chaincodes.map((chaincode) => chaincode.slots[slotOf(plan.sequence + 1)].id));
  say(`Deployed ${layout.topology.chaincode.name} ${plan.version}, sequence ${plan.sequence}.`);
}

/** The same bundle under the same rules keeps its sequence; anything else takes the next. */
export function planDeployment(session: Session, bundleSha256: string, present: Definition | undefined): Deployment {
  const rulesSha256 = rulesDigest(session.channel);
  const last = readDeployment(session.state);
  const unchanged = last?.bundleSha256 === bundleSha256 && last.rulesSha256 === rulesSha256;
  if (unchanged && last.sequence === present?.sequence) return last;
  return {
    sequence: (present?.sequence ?? 0) + 1,
    version: bundleSha256.slice(0, 16),
    bundleSha256,
    rulesSha256,
    packageIds: {},
  };
}

function writePackages({ layout, state }: Session, plan: Deployment): Map<string, ChaincodePackage> {
  const packages = new Map<string, ChaincodePackage>();
  for (const organisation of layout.organisations) {
    const built = packageFor(layout, state, organisation, plan.sequence, plan.bundleSha256);
    writeFileSync(archiveFile(state, organisation), built.archive);
    packages.set(organisation.name, built);
  }
  return packages;
}

async function installEverywhere(
  { layout, state, say }: Session,
  lifecycle: Lifecycle,
  { packageIds }: Deployment,
): Promise<void> {
  await Promise.all(
    layout.organisations.flatMap((organisation) =>
      organisation.peers.map((peer) => lifecycle.install(organisation, peer, archiveFile(state, organisation))),
    ),
  );
  for (const [name, id] of Object.entries(packageIds)) say(`Installed for ${name}: ${id}`);
}

async function awaitEverywhere({ layout }: Session, lifecycle: Lifecycle, wanted: Definition): Promise<void> {
  await Promise.all(
    layout.organisations.flatMap((organisation) =>
      organisation.peers.map((peer) =>
        pollUntil(
          async () =>
            (await lifecycle.committed(organisation, peer))?.sequence === wanted.sequence ? true : undefined,
          {
            timeoutMs: 30_000,
            what: `${peer.id} to run sequence ${wanted.sequence}`,
            remedy: `Read its log: npm run network:logs -- ${peer.id}`,
          },
        ),
      ),
    ),
  );
}
