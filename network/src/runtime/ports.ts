import { connect, createServer } from 'node:net';

/** A machine that is off answers nothing at all. */
const CONNECT_MS = 3_000;

/** True when the loopback port cannot be listened on; tried by listening, so only for ports of what is not starting. */
function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(true);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(false);
      });
    });
  });
}

/** True when something accepts connections there. Never binds the port: who is about to listen must find it free. */
export function isListening(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host });
    socket.setTimeout(CONNECT_MS, () => {
      settle(false);
    });
    const settle = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => {
      settle(true);
    });
    socket.once('error', () => {
      settle(false);
    });
  });
}

/** Those of `ports` that are taken, in order. */
export async function takenPorts(ports: readonly number[]): Promise<number[]> {
  const taken = await Promise.all(ports.map(isPortTaken));
  return ports.filter((_, index) => taken[index]);
}
