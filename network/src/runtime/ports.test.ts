import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { isListening, takenPorts } from './ports';

test('a port is listened on while a server does, and asking leaves it free', async () => {
  const server = createServer((socket) => socket.end());
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  expect(await isListening(port)).toBe(true);
  expect(await takenPorts([port])).toEqual([port]);
  server.close();
  await once(server, 'close');
  const [answers] = await Promise.all([
    Promise.all(Array.from({ length: 50 }, () => isListening(port))),
    // The one who wants the port gets it, however often it is asked about meanwhile.
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    }),
  ]);
  expect(answers).toHaveLength(50);
  server.close();
});
