import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { NetworkError } from '../errors';
import type { Layout, OrderingOrganisationPlan, OrganisationPlan } from '../layout';

/**
 * What an organisation tells the others of itself: certificates, never a key. Names are relative to the folder of
 * certificates; its own directories only.
 */
const schema = z.strictObject({
  version: z.literal(1),
  organisation: z.string(),
  files: z.record(z.string(), z.string().max(16_384)),
});
export type PublicFiles = Readonly<z.infer<typeof schema>>;

/** Authorities, and the certificates that the channel or its clients must know of: of the TLS servers, and of consenters. */
const PUBLIC_FILES = [
  /^msp\/(cacerts|tlscacerts)\/[A-Za-z0-9.@-]+\.pem$/,
  /^msp\/config\.yaml$/,
  /^(peers|orderers)\/[a-z0-9.-]+\/tls\/ca\.crt$/,
  /^orderers\/[a-z0-9.-]+\/tls\/server\.crt$/,
  /^orderers\/[a-z0-9.-]+\/msp\/signcerts\/[A-Za-z0-9.@-]+\.pem$/,
];

function directoriesOf(channel: Layout, organisation: OrganisationPlan): string[] {
  return [organisation.cryptoDir, ...orderingOf(channel, organisation).map(({ cryptoDir }) => cryptoDir)];
}

function orderingOf(channel: Layout, { name }: OrganisationPlan): OrderingOrganisationPlan[] {
  return channel.ordering.filter(({ orderers }) => orderers.some((orderer) => orderer.organisation === name));
}

/**
 * Reads an organisation's public files out of the folder of certificates.
 * @throws NetworkError naming every file that holds more than the others may see: a key beside its certificate
 */
export function collectPublicFiles(channel: Layout, organisation: OrganisationPlan, crypto: string): PublicFiles {
  const files = directoriesOf(channel, organisation).flatMap((directory) =>
    readdirSync(join(crypto, directory), { recursive: true, encoding: 'utf8' })
      .map((name) => name.split(sep).join('/'))
      .filter((name) => PUBLIC_FILES.some((pattern) => pattern.test(name)) && !name.startsWith('peers/chaincode'))
      .filter((name) => statSync(join(crypto, directory, name)).isFile())
      .map((name) => [`${directory}/${name}`, readFileSync(join(crypto, directory, name), 'utf8')] as const),
  );
  const faults = files.flatMap(([file, content]) => faultOf(file, content, directoriesOf(channel, organisation)));
  if (faults.length > 0)
    throw new NetworkError(
      `Nothing was written for the others:\n${listed(faults)}`,
      'Keep keys apart from certificates, in files of their own.',
    );
  return { version: 1, organisation: organisation.name, files: Object.fromEntries(files.sort()) };
}

/** What two people compare by another way than the file came. */
export function fingerprint(files: PublicFiles): string {
  const digest = createHash('sha256').update(JSON.stringify(files)).digest('hex');
  return (digest.match(/.{8}/g) ?? []).join(' ');
}

/**
 * Reads another organisation's public files.
 * @throws NetworkError naming every fault: files that are not public or not its own, what is no certificate, what is missing
 */
export function parsePublicFiles(text: string, name: string, channel: Layout): PublicFiles {
  const parsed = schema.safeParse(parseJson(text));
  if (!parsed.success) throw refusal(name, ['it is no file of an organisation’s certificates']);
  const organisation = channel.organisations.find((one) => one.name === parsed.data.organisation);
  if (organisation === undefined)
    throw refusal(name, [`topology.yaml names no organisation ${JSON.stringify(parsed.data.organisation)}`]);
  const faults = [
    ...Object.entries(parsed.data.files).flatMap(([file, content]) =>
      faultOf(file, content, directoriesOf(channel, organisation)),
    ),
    ...missingFiles(channel, organisation, parsed.data.files),
  ];
  if (faults.length > 0) throw refusal(name, faults);
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function refusal(name: string, faults: readonly string[]): NetworkError {
  return new NetworkError(
    `${name} cannot be accepted:\n${listed(faults)}`,
    'Ask its organisation for the file that `network:org -- init` wrote.',
  );
}

function listed(faults: readonly string[]): string {
  return faults.map((fault) => `  - ${fault}`).join('\n');
}

function faultOf(file: string, content: string, directories: readonly string[]): string[] {
  const directory = directories.find((one) => file.startsWith(`${one}/`));
  const rest = file.slice((directory?.length ?? 0) + 1);
  if (directory === undefined || !PUBLIC_FILES.some((pattern) => pattern.test(rest)))
    return [`${JSON.stringify(file)} is none of its public files`];
  if (content.includes('PRIVATE KEY'))
    return [`${file} holds a private key: it must be made anew, others have seen it`];
  if (file.endsWith('config.yaml')) return isNodeOus(content) ? [] : [`${file} is no list of node roles`];
  return isCertificate(content) ? [] : [`${file} is no certificate`];
}

/** One after another, and nothing between or behind them: what is no certificate is nobody else's business. */
const CERTIFICATES = /^(?:-----BEGIN CERTIFICATE-----\r?\n[A-Za-z0-9+/=\r\n]+-----END CERTIFICATE-----\s*)+$/;

function isCertificate(content: string): boolean {
  if (!CERTIFICATES.test(content)) return false;
  try {
    return new X509Certificate(content).subject !== '';
  } catch {
    return false;
  }
}

const role = (unit: string): z.ZodType =>
  z.strictObject({
    Certificate: z.string().regex(/^cacerts\/[A-Za-z0-9.@-]+\.pem$/),
    OrganizationalUnitIdentifier: z.literal(unit),
  });

/** Roles by organisational unit, each under a certificate of the same folder; nothing else may stand there. */
const nodeRoles = z.strictObject({
  NodeOUs: z.strictObject({
    Enable: z.literal(true),
    ClientOUIdentifier: role('client'),
    PeerOUIdentifier: role('peer'),
    AdminOUIdentifier: role('admin'),
    OrdererOUIdentifier: role('orderer'),
  }),
});

function isNodeOus(content: string): boolean {
  try {
    return nodeRoles.safeParse(parse(content)).success;
  } catch {
    return false;
  }
}

function missingFiles(channel: Layout, organisation: OrganisationPlan, files: PublicFiles['files']): string[] {
  const wanted = [
    ...directoriesOf(channel, organisation).map((directory) => `${directory}/msp/config.yaml`),
    ...organisation.peers.map((peer) => `${peer.cryptoDir}/tls/ca.crt`),
    ...orderingOf(channel, organisation).flatMap(({ orderers }) =>
      orderers.flatMap(({ cryptoDir, id }) => [
        `${cryptoDir}/tls/ca.crt`,
        `${cryptoDir}/tls/server.crt`,
        `${cryptoDir}/msp/signcerts/${id}-cert.pem`,
      ]),
    ),
  ];
  return wanted.filter((file) => files[file] === undefined).map((file) => `${file} is missing`);
}

/** Files that are there already with another content. */
export function changedFiles(files: PublicFiles, crypto: string): string[] {
  return Object.entries(files.files)
    .filter(([file, content]) => existsSync(join(crypto, file)) && readFileSync(join(crypto, file), 'utf8') !== content)
    .map(([file]) => file);
}

export function writePublicFiles(files: PublicFiles, crypto: string): void {
  for (const [file, content] of Object.entries(files.files)) {
    mkdirSync(dirname(join(crypto, file)), { recursive: true });
    writeFileSync(join(crypto, file), content);
  }
}

/** Organisations of the channel whose public files are not here yet. */
export function absentOrganisations(channel: Layout, crypto: string): string[] {
  return channel.organisations
    .filter(({ cryptoDir }) => !existsSync(join(crypto, cryptoDir, 'msp', 'config.yaml')))
    .map(({ name }) => name);
}
