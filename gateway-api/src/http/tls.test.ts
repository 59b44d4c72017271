import { X509Certificate } from 'node:crypto';
import { Agent, get } from 'node:https';
import { TLSSocket } from 'node:tls';
import { createAuthority, type Authority } from '../../../embedded-peer/src/identity/certificates';
import { Listener } from './listener';
import { checkTlsPair, type TlsPair } from './tls-pair';

let authority: Authority;
const now = new Date();

async function newPair(): Promise<TlsPair> {
  const { certificate, privateKey } = await authority.issue(
    { commonName: 'ledger', organisation: 'test' },
    { tls: true, hosts: ['127.0.0.1'] },
  );
  return { certificate: Buffer.from(certificate), privateKey: Buffer.from(privateKey) };
}

const fingerprintOf = ({ certificate }: TlsPair): string => new X509Certificate(certificate).fingerprint256;

/** What a client is shown, over a connection of its own or over the one that its agent keeps. */
function shown(url: string, agent?: Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const asking = get(url, { ca: authority.pair.certificate, agent: agent ?? false }, (answer) => {
      const { socket } = answer;
      const fingerprint256 = socket instanceof TLSSocket ? socket.getPeerCertificate().fingerprint256 : 'no TLS';
      answer.resume().once('end', () => {
        resolve(fingerprint256);
      });
    });
    asking.once('error', reject);
  });
}

beforeAll(async () => {
  authority = await createAuthority({ commonName: 'authority', organisation: 'test' }, now);
});

test('shows a renewed certificate to who connects, and ends no connection', async () => {
  const [first, second] = [await newPair(), await newPair()];
  const listener = await Listener.open((_request, response) => response.end('yes'), '127.0.0.1', 0, first);
  const agent = new Agent({ keepAlive: true, maxSockets: 1, maxCachedSessions: 0 });
  try {
    expect(listener.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(await shown(listener.url, agent)).toBe(fingerprintOf(first));
    listener.renew(second);
    expect(await shown(listener.url)).toBe(fingerprintOf(second));
    expect(await shown(listener.url, agent)).toBe(fingerprintOf(first));
  } finally {
    agent.destroy();
    await listener.close(0, () => undefined);
  }
});

test('a service without TLS takes no certificate', async () => {
  const listener = await Listener.open((_request, response) => response.end(), '127.0.0.1', 0);
  const pair = await newPair();
  expect(() => {
    listener.renew(pair);
  }).toThrow('without TLS');
  await listener.close(0, () => undefined);
});

test('a pair is held to each other and to the clock', async () => {
  const [one, other] = [await newPair(), await newPair()];
  checkTlsPair(one, now);
  const text = Buffer.from('no certificate');
  const late = new Date('2100-01-01T00:00:00Z');
  const refused: [TlsPair, Date][] = [
    [{ ...one, privateKey: other.privateKey }, now],
    [{ ...one, certificate: text }, now],
    [{ ...one, privateKey: text }, now],
    [one, late],
  ];
  for (const [pair, at] of refused)
    expect(() => {
      checkTlsPair(pair, at);
    }).toThrow(expect.objectContaining({ code: 'BAD_FILE' }) as Error);
});
