import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import type { Layout, StatePaths } from '../layout';
import { toolError, type FabricTools } from './tools';

/** Makes all keys and certificates once; those that exist are kept, so `up` may be repeated. */
export async function ensureCryptoMaterial(layout: Layout, state: StatePaths, tools: FabricTools): Promise<boolean> {
  const [first] = layout.organisations;
  if (first !== undefined && existsSync(join(state.crypto, first.cryptoDir))) return false;
  await runCryptogen(layout, state, tools, 'generate');
  return true;
}

/** Adds what the topology has and the folder has not: a new organisation, a new peer. */
export function extendCryptoMaterial(layout: Layout, state: StatePaths, tools: FabricTools): Promise<void> {
  return runCryptogen(layout, state, tools, 'extend');
}

async function runCryptogen(
  layout: Layout,
  state: StatePaths,
  tools: FabricTools,
  verb: 'generate' | 'extend',
): Promise<void> {
  const folder = verb === 'generate' ? '--output' : '--input';
  const config = join(state.config, 'crypto-config.yaml');
  const result = await tools.run('cryptogen', [verb, '--config', config, folder, state.crypto]);
  if (result.code !== 0) {
    throw toolError('cryptogen', 'Making certificates', result, 'Run `npm run network:clean`, then `up` again.');
  }
  stripServiceIdentities(layout, state);
}

/** Chaincode services get TLS only: their membership certificates would count as peers that can endorse. */
function stripServiceIdentities(layout: Layout, state: StatePaths): void {
  for (const organisation of layout.organisations) {
    for (const name of ['chaincode', 'chaincode-client']) {
      const host = `${name}.${organisation.domain}`;
      rmSync(join(state.crypto, organisation.cryptoDir, 'peers', host, 'msp'), { recursive: true, force: true });
    }
  }
}

export interface CertificateExpiry {
  readonly file: string;
  readonly subject: string;
  readonly expires: Date;
}

/** Every certificate under the folder, the first to expire first. */
export function listCertificates(crypto: string): CertificateExpiry[] {
  if (!existsSync(crypto)) return [];
  const files = readdirSync(crypto, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => /\.(pem|crt)$/.test(file))
    .map((file) => readCertificate(crypto, file))
    .sort((a, b) => a.expires.getTime() - b.expires.getTime());
}

function readCertificate(crypto: string, file: string): CertificateExpiry {
  const certificate = new X509Certificate(readFileSync(join(crypto, file)));
  const subject = certificate.subject.split('\n').find((line) => line.startsWith('CN=')) ?? certificate.subject;
  return { file, subject: subject.replace(/^CN=/, ''), expires: new Date(certificate.validTo) };
}
