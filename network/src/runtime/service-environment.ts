import type { ChaincodeService } from './runtime';

/** What the contract's bundle reads to serve peers; `files` are the certificates as the service sees them. */
export function serviceEnvironment(
  service: ChaincodeService,
  listenHost: string,
  files: Pick<ChaincodeService, 'tlsCertificate' | 'tlsKey' | 'clientRoots'>,
): Readonly<Record<string, string>> {
  return {
    CHAINCODE_ID: service.packageId,
    CHAINCODE_SERVER_ADDRESS: `${listenHost}:${service.port}`,
    CHAINCODE_TLS_CERT: files.tlsCertificate,
    CHAINCODE_TLS_KEY: files.tlsKey,
    CHAINCODE_CLIENT_CA_CERT: files.clientRoots,
    CORE_CHAINCODE_LOGGING_LEVEL: 'WARNING',
    NODE_ENV: 'production',
  };
}
