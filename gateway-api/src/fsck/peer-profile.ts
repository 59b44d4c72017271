import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LedgerError } from '@carbon-ledger/core';
import { z } from 'zod';
import type { FabricGatewayOptions } from '../ledger';

/** A gateway profile as the network's verbs write it; further members do not matter here. */
const profileSchema = z.looseObject({
  mspId: z.string(),
  channel: z.string(),
  chaincode: z.string(),
  identity: z.looseObject({ certificate: z.string(), privateKey: z.string() }),
  /** For peers that ask for a client certificate (mutual TLS). */
  tls: z.looseObject({ certificate: z.string(), privateKey: z.string() }).optional(),
  peers: z
    .array(z.looseObject({ endpoint: z.string(), tlsServerName: z.string(), tlsRootCertificates: z.string() }))
    .min(1),
});

/**
 * How to reach an organisation's preferred peer. Paths in the file are relative to it.
 * @throws LedgerError BAD_FILE, FILE_UNREADABLE
 */
export async function readPeerProfile(file: string): Promise<FabricGatewayOptions> {
  const read = (name: string): Promise<Buffer> =>
    readFile(resolve(dirname(file), name)).catch((cause: unknown) => {
      throw new LedgerError('FILE_UNREADABLE', `${name} cannot be read`, { cause });
    });
  const profile = profileSchema.safeParse(parse(await read(resolve(file)), file));
  if (!profile.success) throw new LedgerError('BAD_FILE', `${file} is no gateway profile`);
  const { mspId, channel, chaincode, identity, peers, tls } = profile.data;
  const [peer] = peers;
  return {
    endpoint: peer?.endpoint ?? '',
    tls: {
      rootCert: await read(peer?.tlsRootCertificates ?? ''),
      serverName: peer?.tlsServerName ?? '',
      ...(tls ? { clientCert: await read(tls.certificate), clientKey: await read(tls.privateKey) } : {}),
    },
    identity: {
      mspId,
      certificate: await read(identity.certificate),
      privateKey: await read(identity.privateKey),
    },
    channel,
    chaincodeName: chaincode,
  };
}

function parse(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new LedgerError('BAD_FILE', `${file} is no JSON`, { cause });
  }
}
