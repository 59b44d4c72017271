import { connect } from 'node:tls';
import type { OrdererEndpoint, OrderingService } from '../ledger';

/** How many of so many orderers must be there for transactions to be ordered. */
export function ordererQuorum(consensus: string, count: number): number {
  const faulty = Math.floor((count - 1) / 3);
  return consensus === 'BFT' ? count - faulty : Math.floor(count / 2) + 1;
}

/** Endpoints that do not finish a TLS handshake in time, and why; nothing is asked of those that do. */
export async function silentOrderers(
  { orderers }: OrderingService,
  timeoutMs: number,
): Promise<{ readonly endpoint: string; readonly reason: string }[]> {
  const reasons = await Promise.all(orderers.map((one) => whySilent(one, timeoutMs)));
  return orderers.flatMap(({ endpoint }, index) => {
    const reason = reasons[index];
    return reason === undefined ? [] : [{ endpoint, reason }];
  });
}

function whySilent({ endpoint, tlsRootCertificates }: OrdererEndpoint, timeoutMs: number): Promise<string | undefined> {
  const { hostname, port } = new URL(`tls://${endpoint}`);
  return new Promise((resolve) => {
    const socket = connect({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: Number(port),
      ca: tlsRootCertificates.map((pem) => Buffer.from(pem)),
      ALPNProtocols: ['h2'],
      // Whether somebody of its organisation answers there is asked, not by which name.
      checkServerIdentity: () => undefined,
    });
    const settle = (reason: string | undefined): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve(reason);
    };
    const timer = setTimeout(() => {
      settle(`does not answer within ${String(timeoutMs / 1000)} s`);
    }, timeoutMs);
    socket.once('secureConnect', () => {
      settle(undefined);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      settle(error.code ?? error.message);
    });
  });
}
