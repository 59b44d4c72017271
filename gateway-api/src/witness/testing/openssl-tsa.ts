import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Test
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[leaf]
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = t
[t]
serial = ./serial
default_policy = 1.3.6.1.4.1.13762.3
digests = sha256
accuracy = secs:1
`;

/** A time-stamping authority by OpenSSL in a folder of its own: `openssl ts` behind an HTTP handler. */
export class OpensslTsa {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tsa-'));
  readonly root: Uint8Array;

  constructor() {
    writeFileSync(join(this.#folder, 'tsa.cnf'), CONFIG);
    writeFileSync(join(this.#folder, 'serial'), '01\n');
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-config', 'tsa.cnf'];
    this.#run('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-days', '2', '-extensions', 'root');
    this.#run('req', '-new', ...key, '-subj', '/CN=Test TSA', '-keyout', 'tsa.key', '-out', 'tsa.csr');
    const issuer = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '2'];
    this.#run(
      'x509',
      '-req',
      '-in',
      'tsa.csr',
      ...issuer,
      '-extfile',
      'tsa.cnf',
      '-extensions',
      'leaf',
      '-out',
      'tsa.pem',
    );
    this.root = Uint8Array.from(this.#run('x509', '-in', 'root.pem', '-outform', 'DER'));
  }

  /** A TimeStampResp to a TimeStampReq. */
  reply(query: Uint8Array): Buffer {
    writeFileSync(join(this.#folder, 'query'), query);
    const signer = ['-signer', 'tsa.pem', '-inkey', 'tsa.key', '-sha256'];
    this.#run('ts', '-reply', '-config', 'tsa.cnf', '-section', 't', '-queryfile', 'query', ...signer, '-out', 'reply');
    return readFileSync(join(this.#folder, 'reply'));
  }

  /** Whether OpenSSL itself accepts a token over these bytes. */
  accepts(token: Uint8Array, message: Uint8Array): boolean {
    writeFileSync(join(this.#folder, 'token'), token);
    writeFileSync(join(this.#folder, 'message'), message);
    const said = this.#run('ts', '-verify', '-token_in', '-in', 'token', '-data', 'message', '-CAfile', 'root.pem');
    return said.toString().includes('OK');
  }

  readonly handler: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = request.headers['content-type'] === 'application/timestamp-query';
      response.writeHead(asked ? 200 : 415, { 'Content-Type': 'application/timestamp-reply' });
      response.end(asked ? this.reply(Buffer.concat(chunks)) : '');
    });
  };

  close(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #run(...args: readonly string[]): Buffer {
    return execFileSync('openssl', args, { cwd: this.#folder, stdio: ['ignore', 'pipe', 'pipe'] });
  }
}
