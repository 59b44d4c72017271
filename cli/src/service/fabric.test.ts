import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../../../test/support/temporary-folder';
import { createAuthority } from '../../../embedded-peer/src/identity/certificates';
import { startFabricService, type FabricOptions } from './fabric';
import { trialFounder } from './founding';

const folder = temporaryFolder('silent-peer');
const profile = join(folder, 'profile.json');
const sockets = new Set<Socket>();
let server: Server;

/** A peer that takes connections and never says a word, as one whose process was stopped. */
beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { pair } = await createAuthority({ commonName: 'test', organisation: 'test' }, new Date());
  writeFileSync(join(folder, 'cert.pem'), pair.certificate);
  writeFileSync(join(folder, 'key.pem'), pair.privateKey);
  const peer = {
    name: 'peer',
    mspId: 'TestMSP',
    endpoint: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    tlsServerName: 'peer',
    tlsRootCertificates: 'cert.pem',
  };
  writeFileSync(
    profile,
    JSON.stringify({
      version: 1,
      organisation: 'Test',
      mspId: 'TestMSP',
      channel: 'audit',
      genesisHash: '0'.repeat(64),
      chaincode: 'carbon',
      identity: { certificate: 'cert.pem', privateKey: 'key.pem' },
      peers: [peer],
      gateway: { host: '127.0.0.1', port: 8150 },
    }),
  );
});

function options(signal: AbortSignal): FabricOptions {
  return {
    dataDir: join(folder, 'data'),
    host: '127.0.0.1',
    port: 0,
    founder: (msp) => Promise.resolve(trialFounder(msp)),
    logLevel: 'silent',
    now: () => '2026-01-01T00:00:00Z',
    signal,
  };
}

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('who waits for a peer that does not answer is told for whom', async () => {
  const stop = new AbortController();
  const told = new Promise<string>((resolve) => {
    const starting = startFabricService(profile, { ...options(stop.signal), onSilence: resolve });
    starting.catch(() => undefined);
  });
  expect(await told).toContain(`127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  stop.abort();
});

test('a start on a peer that does not answer is given up when it is told to stop', async () => {
  const stop = new AbortController();
  const starting = startFabricService(profile, options(stop.signal));
  const given = expect(starting).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await once(server, 'connection');
  stop.abort();
  await given;
});
