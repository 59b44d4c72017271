import { readFileSync } from 'node:fs';
import { JSONSerializer, type Contract } from 'fabric-contract-api';
import { Shim, type ChaincodeServerOpts } from 'fabric-shim';
import ChaincodeFromContract from 'fabric-shim/lib/contract-spi/chaincodefromcontract';

/** Anything that carries the settings; `process.env` is one. */
export type ServiceEnvironment = Readonly<Record<string, string | undefined>>;

export interface ServiceIdentity {
  readonly name: string;
  readonly version: string;
}

/** No limit of its own: the peer's (100 MB) holds, and a larger message than the peer's never gets here. */
const UNLIMITED = -1;

/**
 * Serves the contracts to peers (chaincode as a service, with mutual TLS) until the process is ended.
 * Reads CHAINCODE_ID (the package id that peers ask for), CHAINCODE_SERVER_ADDRESS (`host:port` to listen on), and the
 * PEM files CHAINCODE_TLS_CERT, CHAINCODE_TLS_KEY and CHAINCODE_CLIENT_CA_CERT (roots of the peers' certificates).
 * @throws Error naming every setting that is missing: a service without TLS or with a wrong id only hangs its peers.
 */
export async function serveContracts(
  contracts: readonly (new () => Contract)[],
  identity: ServiceIdentity,
  environment: ServiceEnvironment,
): Promise<void> {
  const serializers = { transaction: 'jsonSerializer', serializers: { jsonSerializer: JSONSerializer } };
  const chaincode = new ChaincodeFromContract([...contracts], serializers, {}, identity.name, identity.version);
  await Shim.server(chaincode, serverOptions(environment)).start();
}

const SETTINGS = [
  'CHAINCODE_ID',
  'CHAINCODE_SERVER_ADDRESS',
  'CHAINCODE_TLS_CERT',
  'CHAINCODE_TLS_KEY',
  'CHAINCODE_CLIENT_CA_CERT',
] as const;

export function serverOptions(environment: ServiceEnvironment): ChaincodeServerOpts {
  const [ccid, address, cert, key, roots] = SETTINGS.map((name) => environment[name] ?? '');
  const missing = SETTINGS.filter((name) => (environment[name] ?? '') === '');
  if (missing.length > 0 || !ccid || !address || !cert || !key || !roots) {
    throw new Error(`The chaincode service lacks ${missing.join(', ')} in its environment`);
  }
  return {
    ccid,
    address,
    tlsProps: { cert: readFileSync(cert), key: readFileSync(key), clientCACerts: readFileSync(roots) },
    'grpc.max_receive_message_length': UNLIMITED,
    'grpc.max_send_message_length': UNLIMITED,
  };
}
