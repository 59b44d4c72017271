import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
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
import { hostFacts, type Session } from '../session';

/**
 * Brings the contract's bundle into force on the channel: package → install → approve by all → commit.
 * On a running network the new version starts beside the old one, and the old one ends when every peer has changed over.
 */
export async function deploy(session: Session, bundle: string): Promise<void> {
  const { layout, state, runtime, say } = session;
  const [first] = layout.organisations;
  if (first === undefined) throw new RangeError('there is no organisation');
  writeFiles(state, generateFiles(layout, state, hostFacts(session.places)));
  const lifecycle = new Lifecycle(layout, state, session.tools);
  const present = await lifecycle.committed(first);
  const plan = planDeployment(session, storeBundle(state, bundle), present);
  if (plan.sequence === present?.sequence) {
    await runtime.startServices(servicesOf(layout, state, plan));
    say(`Sequence ${plan.sequence} runs this very bundle under these rules; its services are running.`);
    return;
  }
  await bringAbout(session, lifecycle, first, plan);
  say(`Deployed ${layout.topology.chaincode.name} ${plan.version}, sequence ${plan.sequence}.`);
}

async function bringAbout(
  session: Session,
  lifecycle: Lifecycle,
  committer: OrganisationPlan,
  plan: Deployment,
): Promise<void> {
  const { layout, state, runtime, say } = session;
  const packages = writePackages(session, plan);
  const deployment = { ...plan, packageIds: Object.fromEntries([...packages].map(([name, { id }]) => [name, id])) };
  writeDeployment(state, deployment);
  say(`Packaged sequence ${plan.sequence}: bundle sha256 ${plan.bundleSha256}`);
  const services = servicesOf(layout, state, deployment);
  await runtime.startServices(services);
  await runtime.awaitServices(services);
  say(`Started ${services.length} chaincode service(s).`);
  await installEverywhere(session, lifecycle, packages);
  await Promise.all(
    layout.organisations.map((organisation) =>
      lifecycle.approve(organisation, deployment, packages.get(organisation.name)?.id ?? ''),
    ),
  );
  say(`Approved by ${layout.organisations.map((organisation) => organisation.name).join(', ')}.`);
  await lifecycle.commit(committer, deployment);
  await awaitEverywhere(session, lifecycle, deployment);
  await runtime.stop(layout.chaincodes.map((chaincode) => chaincode.slots[slotOf(plan.sequence + 1)].id));
}

/** The same bundle under the same rules keeps its sequence; anything else takes the next. */
function planDeployment(session: Session, bundleSha256: string, present: Definition | undefined): Deployment {
  const rulesSha256 = rulesDigest(session.layout);
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
    writeFileSync(archiveFile(state.packages, organisation), built.archive);
    packages.set(organisation.name, built);
  }
  return packages;
}

function archiveFile(folder: string, organisation: OrganisationPlan): string {
  return join(folder, `${organisation.name}.tgz`);
}

async function installEverywhere(
  { layout, state, say }: Session,
  lifecycle: Lifecycle,
  packages: ReadonlyMap<string, ChaincodePackage>,
): Promise<void> {
  await Promise.all(
    layout.organisations.flatMap((organisation) =>
      organisation.peers.map((peer) =>
        lifecycle.install(organisation, peer, archiveFile(state.packages, organisation)),
      ),
    ),
  );
  for (const [name, { id }] of packages) say(`Installed for ${name}: ${id}`);
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
