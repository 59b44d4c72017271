import { LedgerError } from '@carbon-ledger/core';
import { createFabricGatewayLedger, createFabricNetworkLedger, type LedgerPort, type RenewableLedger } from '../ledger';
import type { FabricProfile } from './profile';

/** The ledger behind a profile, through the driver that it names. @throws LedgerError UNREACHABLE */
export async function openFabricLedger(profile: FabricProfile): Promise<LedgerPort & Partial<RenewableLedger>> {
  if (profile.driver === 'fabric-gateway') return createFabricGatewayLedger(profile);
  const { connectionProfile, orderers = [], identity, channel, chaincodeName, endorsingOrganizations, tls } = profile;
  if (connectionProfile === undefined) throw new LedgerError('INTERNAL', 'the second driver has no profile');
  const pem = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');
  const { clientCert, clientKey } = tls;
  return createFabricNetworkLedger({
    connectionProfile,
    orderers,
    identity: { mspId: identity.mspId, certificate: pem(identity.certificate), privateKey: pem(identity.privateKey) },
    channel,
    chaincodeName,
    ...(endorsingOrganizations === undefined ? {} : { endorsingOrganizations }),
    ...(clientCert && clientKey ? { clientTls: { certificate: pem(clientCert), key: pem(clientKey) } } : {}),
  });
}
