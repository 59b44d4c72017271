import '../endorser/quiet-shim';
import { startEmbeddedPeer, type EmbeddedPeer } from '../start';
import { ProbeContract } from './contract';

/** What a forked peer tells its parent once it serves. */
export interface ReadyMessage {
  readonly endpoint: string;
  readonly channel: string;
  readonly chaincodeName: string;
  readonly height: string;
  readonly startedInMs: number;
  readonly tls: Readonly<Record<'rootCert' | 'clientCert' | 'clientKey' | 'serverName', string>>;
  readonly identity: Readonly<Record<'mspId' | 'certificate' | 'privateKey', string>>;
}

function ready(peer: EmbeddedPeer, startedInMs: number): ReadyMessage {
  const [identity] = peer.identities.values();
  if (!identity) throw new Error('no identity');
  const { rootCert, clientCert, clientKey, serverName } = peer.tls;
  return {
    endpoint: peer.endpoint,
    channel: peer.channel,
    chaincodeName: peer.chaincodeName,
    height: peer.height().toString(),
    startedInMs,
    tls: {
      rootCert: rootCert.toString(),
      clientCert: clientCert.toString(),
      clientKey: clientKey.toString(),
      serverName,
    },
    identity: {
      mspId: identity.mspId,
      certificate: identity.certificate.toString(),
      privateKey: identity.privateKey.toString(),
    },
  };
}

async function main(dataDir: string): Promise<void> {
  const started = performance.now();
  const peer = await startEmbeddedPeer({ dataDir, contracts: [ProbeContract] });
  process.send?.(ready(peer, performance.now() - started));
}

void main(process.argv[2] ?? '');
