import { z } from 'zod';
import type { OrdererEndpoint, PeerEndpoint } from '../ledger';
import { shapeFaults } from './own-profile';
import type { ProfileFiles, ReadProfile } from './profile';

/** A certificate or key, written in or by file name. */
const material = z.looseObject({
  pem: z.union([z.string(), z.array(z.string()).min(1)]).optional(),
  path: z.string().optional(),
});
type Material = z.infer<typeof material>;

const node = z.looseObject({
  url: z.string(),
  tlsCACerts: material.optional(),
  grpcOptions: z.record(z.string(), z.unknown()).optional(),
});

/**
 * A common connection profile (version 1.0 of Fabric's client libraries) as far as it matters here, and the one member that
 * is ours: `x-carbon-ledger`, for what such a profile has no place for.
 */
const schema = z.looseObject({
  client: z.looseObject({
    organization: z.string(),
    tlsCerts: z.looseObject({ client: z.looseObject({ cert: material, key: material }) }).optional(),
  }),
  organizations: z.record(
    z.string(),
    z.looseObject({
      mspid: z.string(),
      peers: z.array(z.string()).optional(),
      signedCert: material.optional(),
      adminPrivateKey: material.optional(),
    }),
  ),
  peers: z.record(z.string(), node),
  orderers: z.record(z.string(), node).optional(),
  channels: z.record(z.string(), z.looseObject({ orderers: z.array(z.string()).optional() })).optional(),
  'x-carbon-ledger': z
    .strictObject({
      driver: z.string().optional(),
      channel: z.string().optional(),
      chaincode: z.string().optional(),
      certificate: z.string().optional(),
      privateKey: z.string().optional(),
      endorsers: z.array(z.string()).optional(),
    })
    .optional(),
});

type CommonProfile = z.infer<typeof schema>;
type Organization = CommonProfile['organizations'][string];

/** A value that looks like a common connection profile: its peers stand under their names. */
export function isCommonProfile(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'organizations' in value;
}

/** @throws LedgerError BAD_FILE with every fault of its shape */
export async function readCommonProfile(value: unknown, files: ProfileFiles): Promise<ReadProfile> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw shapeFaults(parsed.error);
  const { client, organizations, channels, 'x-carbon-ledger': own } = parsed.data;
  const organization = organizations[client.organization];
  const [channel, ...otherChannels] = Object.keys(channels ?? {});
  const inlined = await inlineCertificates(parsed.data, files);
  const chosen = own?.channel ?? (otherChannels.length === 0 ? channel : undefined);
  const identity = await readIdentity(parsed.data, organization, files);
  return {
    mspId: organization?.mspid,
    // Of several channels nobody but the operator can choose.
    channel: chosen,
    chaincode: own?.chaincode,
    driver: own?.driver,
    endorsers: own?.endorsers,
    ...identity,
    ...(await readPeers(inlined, organization, files)),
    orderers: orderersOf(inlined, chosen),
    connectionProfile: inlined,
  };
}

async function readIdentity(
  { client, 'x-carbon-ledger': own }: CommonProfile,
  organization: Organization | undefined,
  files: ProfileFiles,
): Promise<Pick<ReadProfile, 'certificate' | 'privateKey'>> {
  const at = `/organizations/${client.organization}`;
  const named = (name: string | undefined, member: string): Promise<Buffer> | undefined =>
    name === undefined ? undefined : files.read(name, `/x-carbon-ledger/${member}`);
  return {
    certificate:
      (await named(own?.certificate, 'certificate')) ??
      (await bytesOf(organization?.signedCert, `${at}/signedCert`, files)),
    privateKey:
      (await named(own?.privateKey, 'privateKey')) ??
      (await bytesOf(organization?.adminPrivateKey, `${at}/adminPrivateKey`, files)),
  };
}

/** The client's own organisation's peers, in its order, and all others that stand here. */
async function readPeers(
  profile: CommonProfile,
  organization: Organization | undefined,
  files: ProfileFiles,
): Promise<Pick<ReadProfile, 'peers' | 'archives'>> {
  const own = organization?.peers ?? [];
  const others = Object.keys(profile.peers).filter((name) => !own.includes(name));
  return {
    peers: await peersNamed(profile, own, files),
    archives: await peersNamed(profile, others, files),
  };
}

/** Peers by their names, in this order. */
async function peersNamed(
  { peers, client }: CommonProfile,
  names: readonly string[],
  files: ProfileFiles,
): Promise<PeerEndpoint[]> {
  const certs = client.tlsCerts?.client;
  const clientCert = await bytesOf(certs?.cert, '/client/tlsCerts/client/cert', files);
  const clientKey = await bytesOf(certs?.key, '/client/tlsCerts/client/key', files);
  const mutual = clientCert !== undefined && clientKey !== undefined ? { clientCert, clientKey } : {};
  return names.flatMap((name) => {
    const peer = peers[name];
    if (peer === undefined) {
      const message = `the organisation names ${name}, but it does not stand here`;
      files.faults.push({ path: `/peers/${name}`, code: 'BAD_FILE', message });
      return [];
    }
    return [
      { endpoint: endpointOf(peer.url), tls: { rootCert: pemOf(peer.tlsCACerts), ...serverNameOf(peer), ...mutual } },
    ];
  });
}

/** Those that the channel names; where it names none, all. */
function orderersOf({ orderers = {}, channels }: CommonProfile, channel: string | undefined): OrdererEndpoint[] {
  const names = channels?.[channel ?? '']?.orderers ?? Object.keys(orderers);
  return names.flatMap((name) => {
    const orderer = orderers[name];
    if (orderer === undefined) return [];
    return [{ endpoint: endpointOf(orderer.url), tlsRootCertificates: [pemOf(orderer.tlsCACerts)] }];
  });
}

function serverNameOf({ grpcOptions }: z.infer<typeof node>): { serverName?: string } {
  const name = grpcOptions?.['ssl-target-name-override'] ?? grpcOptions?.['hostnameOverride'];
  return typeof name === 'string' ? { serverName: name } : {};
}

/** `grpcs://host:port` as `host:port`. */
function endpointOf(url: string): string {
  return url.replace(/^grpcs?:\/\//, '');
}

function pemOf(certificates: Material | undefined): Buffer {
  const { pem = '' } = certificates ?? {};
  return Buffer.from(typeof pem === 'string' ? pem : pem.join('\n'));
}

/** The same profile with every TLS root written in: the second driver looks for files in the working directory only. */
async function inlineCertificates(profile: CommonProfile, files: ProfileFiles): Promise<CommonProfile> {
  const inlineAll = async (kind: 'peers' | 'orderers'): Promise<Record<string, z.infer<typeof node>>> => {
    const nodes = Object.entries(profile[kind] ?? {});
    const inlined = nodes.map(async ([name, one]): Promise<[string, z.infer<typeof node>]> => {
      const path = `/${kind}/${name}/tlsCACerts`;
      const bytes = await bytesOf(one.tlsCACerts, path, files);
      if (bytes === undefined)
        files.faults.push({ path, code: 'BAD_FILE', message: 'the TLS root certificate is missing' });
      return [name, { ...one, tlsCACerts: { pem: bytes?.toString('utf8') ?? '' } }];
    });
    return Object.fromEntries(await Promise.all(inlined));
  };
  return { ...profile, peers: await inlineAll('peers'), orderers: await inlineAll('orderers') };
}

async function bytesOf(one: Material | undefined, path: string, files: ProfileFiles): Promise<Buffer | undefined> {
  if (one?.pem !== undefined) return pemOf(one);
  return one?.path === undefined ? undefined : files.read(one.path, `${path}/path`);
}
