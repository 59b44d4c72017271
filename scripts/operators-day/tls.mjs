// The operator's own authority, the certificates that it gives out, and what a client is shown.
import { X509Certificate } from 'node:crypto';
import { renameSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../lib/prepare.mjs';
import { at } from './place.mjs';

const hosts = ['127.0.0.1', 'localhost'];

/** An authority; its certificate is what clients are given. */
export async function openAuthority() {
  const file = path.join(root, 'embedded-peer', 'dist', 'identity', 'certificates.js');
  const { createAuthority } = await import(pathToFileURL(file).href);
  const authority = await createAuthority({ commonName: 'authority', organisation: 'operator' }, new Date());
  writeFileSync(at('tls', 'authority.pem'), authority.pair.certificate);
  return authority;
}

/** As tools that renew certificates do it: written beside, then renamed. */
function put(name, text) {
  writeFileSync(at('tls', `${name}.new`), text, { mode: 0o600 });
  renameSync(at('tls', `${name}.new`), at('tls', name));
}

/** Puts a new certificate in the place of the present one; gives its fingerprint. */
export async function renew(authority) {
  const pair = await authority.issue({ commonName: 'ledger', organisation: 'operator' }, { tls: true, hosts });
  put('server.key', pair.privateKey);
  put('server.pem', pair.certificate);
  return new X509Certificate(pair.certificate).fingerprint256;
}

/** Half of a pair, as a renewal that broke off leaves it. */
export function breakPair() {
  put('server.key', 'no key\n');
}

/** Asks over a connection of its own. */
export function ask(url) {
  return new Promise((resolve, reject) => {
    const options = { ca: readFileSync(at('tls', 'authority.pem')), agent: false };
    const asking = get(url, options, (answer) => {
      const { fingerprint256 } = answer.socket.getPeerCertificate();
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.once('end', () => resolve({ status: answer.statusCode, text, fingerprint: fingerprint256 }));
      answer.once('error', reject);
    });
    asking.once('error', reject);
  });
}
