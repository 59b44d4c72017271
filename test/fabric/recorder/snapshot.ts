import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { adminEnvironment } from '../../../network/src/fabric/identity';
import { pollUntil } from '../../../network/src/runtime/poll';
import type { TestNetwork } from '../network';

/** One key of a peer's own state: version, and SHA-256 of the value; of a private key, both are hashes. */
export interface StateRow {
  readonly namespace: string;
  /** Text, or hex of the hash of a private key. */
  readonly key: string;
  readonly block: number;
  readonly tx: number;
  readonly value: string;
}

/** Reads length-prefixed messages and numbers as Fabric's snapshot files hold them, after their format byte. */
class SnapshotFile {
  readonly #bytes: Buffer;
  #at = 1;

  constructor(file: string) {
    this.#bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(1);
  }

  get atEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++] ?? 0;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  take(): Buffer {
    const length = this.number();
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
}

/** Fields of a message that has only bytes: `SnapshotRecord` is key 1, value 2, metadata 3, version 4. */
function bytesFields(message: Buffer): Map<number, Buffer> {
  const fields = new Map<number, Buffer>();
  for (let at = 0; at < message.length;) {
    const field = (message[at++] ?? 0) >> 3;
    let length = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = message[at++] ?? 0;
      length += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
    }
    fields.set(field, message.subarray(at, at + length));
    at += length;
  }
  return fields;
}

/** A length byte and that many digits, twice. */
function versionOf(bytes: Buffer): { block: number; tx: number } {
  const length = bytes[0] ?? 0;
  const digits = (part: Buffer): number => Number(`0x${part.toString('hex') || '0'}`);
  return { block: digits(bytes.subarray(1, 1 + length)), tx: digits(bytes.subarray(2 + length)) };
}

function readRows(folder: string, name: string, keyText: (key: Buffer) => string): StateRow[] {
  const metadata = new SnapshotFile(join(folder, `${name}.metadata`));
  const data = new SnapshotFile(join(folder, `${name}.data`));
  if (metadata.atEnd) return [];
  const rows: StateRow[] = [];
  for (let namespaces = metadata.number(); namespaces > 0; namespaces -= 1) {
    const namespace = metadata.take().toString();
    for (let count = metadata.number(); count > 0; count -= 1) {
      const fields = bytesFields(data.take());
      const value = createHash('sha256')
        .update(fields.get(2) ?? Buffer.alloc(0))
        .digest('hex');
      const isHash = name !== 'public_state';
      rows.push({
        namespace,
        key: keyText(fields.get(1) ?? Buffer.alloc(0)),
        ...versionOf(fields.get(4) ?? Buffer.alloc(1)),
        value: isHash ? (fields.get(2) ?? Buffer.alloc(0)).toString('hex') : value,
      });
    }
  }
  return rows;
}

/** Has a peer write a snapshot of its state, and reads it. Native networks only: the files lie in the peer's folder. */
export async function readState(network: TestNetwork, organisation: string): Promise<StateRow[]> {
  const { state } = network.session;
  const plan = network.organisation(organisation);
  const [peer] = plan.peers;
  const env = { ...process.env, ...adminEnvironment(state, plan, peer) };
  const tls = join(state.crypto, peer.cryptoDir, 'tls', 'ca.crt');
  const where = ['-c', network.channel, '--peerAddress', `127.0.0.1:${peer.port}`, '--tlsRootCertFile', tls];
  execFileSync('peer', ['snapshot', 'submitrequest', '-b', '0', ...where], { env, stdio: 'pipe' });
  const completed = join(state.data, peer.id, 'snapshots', 'completed', network.channel);
  const height = await network.height(organisation);
  const folder = join(completed, String(height - 1));
  await pollUntil(() => Promise.resolve(existsSync(join(folder, '_snapshot_signable_metadata.json')) || undefined), {
    timeoutMs: 30_000,
    what: `a snapshot in ${folder}`,
    remedy: 'Read the log of the peer.',
  });
  const publicRows = readRows(folder, 'public_state', (key) => key.toString());
  return [...publicRows, ...readRows(folder, 'private_state_hashes', (key) => key.toString('hex'))];
}
