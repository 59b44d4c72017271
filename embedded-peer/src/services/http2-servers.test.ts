import { once } from 'node:events';
import { connect } from 'node:http2';
import { rm } from 'node:fs/promises';
import { startEmbeddedPeer } from '../start';
import { ProbeContract } from '../testing/contract';
import { newFolder } from '../testing/fixture';
import { WINDOW_BYTES } from './http2-servers';

test('a client may send a whole transaction before any of it is read', async () => {
  const dataDir = await newFolder();
  const peer = await startEmbeddedPeer({ dataDir, contracts: [ProbeContract] });
  const { rootCert: ca, clientCert: cert, clientKey: key, serverName: servername } = peer.tls;
  const session = connect(`https://${peer.endpoint}`, { ca, cert, key, servername });
  try {
    await once(session, 'remoteSettings');
    // The answer to a ping comes behind whatever the server said of its windows before.
    await new Promise<void>((resolve) =>
      session.ping(() => {
        resolve();
      }),
    );
    expect(session.remoteSettings.initialWindowSize).toBe(WINDOW_BYTES);
    expect(session.state.remoteWindowSize).toBe(WINDOW_BYTES);
  } finally {
    session.destroy();
    await peer.close();
    await rm(dataDir, { recursive: true });
  }
});
