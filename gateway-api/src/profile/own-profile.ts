import { LedgerError } from '@carbon-ledger/core';
import { z } from 'zod';
import type { PeerEndpoint } from '../ledger';
import type { ProfileFiles, ReadProfile } from './profile';

const peer = z.looseObject({ endpoint: z.string(), tlsServerName: z.string(), tlsRootCertificates: z.string() });

/** A gateway profile as the network's verbs write it; further members do not matter here. */
const schema = z.looseObject({
  mspId: z.string(),
  channel: z.string().optional(),
  chaincode: z.string().optional(),
  driver: z.string().optional(),
  endorsers: z.array(z.string()).optional(),
  identity: z.looseObject({ certificate: z.string(), privateKey: z.string() }).optional(),
  /** For peers that ask for a client certificate (mutual TLS). */
  tls: z.looseObject({ certificate: z.string(), privateKey: z.string() }).optional(),
  peers: z.array(peer).min(1),
  /** Peers of other organisations, for blocks that one's own does not hold. */
  archives: z.array(peer).optional(),
});

/** @throws LedgerError BAD_FILE with every fault of its shape */
export async function readOwnProfile(value: unknown, files: ProfileFiles): Promise<ReadProfile> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw shapeFaults(parsed.error);
  const { mspId, channel, chaincode, driver, endorsers, identity, tls, peers, archives = [] } = parsed.data;
  const client = tls && {
    clientCert: await files.read(tls.certificate, '/tls/certificate'),
    clientKey: await files.read(tls.privateKey, '/tls/privateKey'),
  };
  const endpoints = (named: readonly z.infer<typeof peer>[], member: string): Promise<PeerEndpoint[]> =>
    Promise.all(
      named.map(async ({ endpoint, tlsServerName, tlsRootCertificates }, index) => ({
        endpoint,
        tls: {
          rootCert: await files.read(tlsRootCertificates, `/${member}/${String(index)}/tlsRootCertificates`),
          serverName: tlsServerName,
          ...client,
        },
      })),
    );
  return {
    mspId,
    channel,
    chaincode,
    driver,
    endorsers,
    certificate: identity && (await files.read(identity.certificate, '/identity/certificate')),
    privateKey: identity && (await files.read(identity.privateKey, '/identity/privateKey')),
    peers: await endpoints(peers, 'peers'),
    archives: await endpoints(archives, 'archives'),
    orderers: [],
  };
}

/** Every fault of a value's shape, with its place. */
export function shapeFaults(error: z.ZodError): LedgerError {
  const faults = error.issues.map(({ path, message }) => ({
    path: path.map((part) => `/${String(part)}`).join(''),
    code: 'BAD_FILE' as const,
    message,
  }));
  return new LedgerError('BAD_FILE', 'The profile has faults.', { faults });
}
