import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { endorsementPolicy } from '../config/policies';
import { collectionsConfig } from '../config/collections';
import { NetworkError } from '../errors';
import type { ChaincodePlan, Layout, OrganisationPlan, StatePaths } from '../layout';
import type { ChaincodeService } from '../runtime/runtime';
import { buildPackage, packageLabel, type ChaincodePackage } from './package';

const deploymentSchema = z.strictObject({
  sequence: z.int().min(1),
  version: z.string(),
  bundleSha256: z.string(),
  /** Digest of policy and collections: a change of either is a new definition. */
  rulesSha256: z.string(),
  packageIds: z.record(z.string(), z.string()),
});

/**
 * What `deploy` is bringing or has brought about. Written before anything is approved: if we stop in between, the next
 * run finds the same sequence and goes on.
 */
export type Deployment = Readonly<z.infer<typeof deploymentSchema>>;

export function readDeployment(state: StatePaths): Deployment | undefined {
  const file = deploymentFile(state);
  return existsSync(file) ? deploymentSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined;
}

export function writeDeployment(state: StatePaths, deployment: Deployment): void {
  mkdirSync(state.packages, { recursive: true });
  writeFileSync(deploymentFile(state), `${JSON.stringify(deployment, null, 2)}\n`);
}

function deploymentFile(state: StatePaths): string {
  return join(state.packages, 'deployment.json');
}

/** The bundle is copied under its digest, so that a service restarts with the code that was approved. */
export function storeBundle(state: StatePaths, source: string): string {
  if (!existsSync(source)) {
    throw new NetworkError(`There is no chaincode bundle at ${source}`, 'Build it: npm run chaincode:bundle');
  }
  const content = readFileSync(source);
  const digest = createHash('sha256').update(content).digest('hex');
  mkdirSync(state.packages, { recursive: true });
  writeFileSync(bundleFile(state, digest), content);
  return digest;
}

export function bundleFile(state: StatePaths, digest: string): string {
  return join(state.packages, `${digest}.cjs`);
}

export function rulesDigest(layout: Layout): string {
  const names = layout.organisations.map((organisation) => organisation.name);
  const policy = endorsementPolicy(layout.topology.chaincode.endorsement, names);
  const rules = JSON.stringify([policy, collectionsConfig(layout.topology)]);
  return createHash('sha256').update(rules).digest('hex');
}

/** Sequences take the two slots of a service in turn. */
export function slotOf(sequence: number): 0 | 1 {
  return sequence % 2 === 1 ? 0 : 1;
}

/** The package of one organisation: its way to the service, under the digest of the common bundle. */
export function packageFor(
  layout: Layout,
  state: StatePaths,
  organisation: OrganisationPlan,
  sequence: number,
  bundleSha256: string,
): ChaincodePackage {
  const pem = (directory: string, file: string): string =>
    readFileSync(join(state.crypto, directory, 'tls', file), 'utf8');
  const slot = organisation.chaincode.slots[slotOf(sequence)];
  return buildPackage(packageLabel(layout.topology.chaincode.name, bundleSha256), bundleSha256, {
    address: `${slot.host}:${slot.port}`,
    rootCertificate: pem(organisation.chaincode.cryptoDir, 'ca.crt'),
    clientCertificate: pem(organisation.chaincodeClientDir, 'server.crt'),
    clientKey: pem(organisation.chaincodeClientDir, 'server.key'),
  });
}

/** Where an organisation's package lies between its making and its installation. */
export function archiveFile(state: StatePaths, organisation: OrganisationPlan): string {
  return join(state.packages, `${organisation.name}.tgz`);
}

/** The services that a deployment needs, one for each organisation or the shared one. */
export function servicesOf(layout: Layout, state: StatePaths, deployment: Deployment): ChaincodeService[] {
  return layout.chaincodes.flatMap((chaincode) => {
    const callers = layout.organisations.filter((organisation) => organisation.chaincode === chaincode);
    const [packageId] = callers.flatMap(({ name }) => deployment.packageIds[name] ?? []);
    return packageId === undefined ? [] : [serviceOf(state, chaincode, deployment, packageId)];
  });
}

function serviceOf(
  state: StatePaths,
  chaincode: ChaincodePlan,
  deployment: Deployment,
  packageId: string,
): ChaincodeService {
  const index = slotOf(deployment.sequence);
  const slot = chaincode.slots[index];
  const tls = join(state.crypto, chaincode.cryptoDir, 'tls');
  return {
    id: slot.id,
    port: slot.port,
    packageId,
    slot: index,
    bundle: bundleFile(state, deployment.bundleSha256),
    bundleSha256: deployment.bundleSha256,
    tlsCertificate: join(tls, 'server.crt'),
    tlsKey: join(tls, 'server.key'),
    clientRoots: join(tls, 'ca.crt'),
  };
}
