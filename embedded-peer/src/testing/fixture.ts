import '../endorser/quiet-shim';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmbeddedPeerOptions } from '../options';
import { startEmbeddedPeer, type EmbeddedPeer } from '../start';
import { connectClient, type TestClient } from './client';
import { ProbeContract } from './contract';

/** A peer in a folder of its own, with clients; everything is taken down together. */
export class PeerFixture {
  readonly dataDir: string;
  readonly peer: EmbeddedPeer;
  readonly #clients: TestClient[] = [];

  private constructor(dataDir: string, peer: EmbeddedPeer) {
    this.dataDir = dataDir;
    this.peer = peer;
  }

  static async start(options: Partial<EmbeddedPeerOptions> = {}): Promise<PeerFixture> {
    const dataDir = options.dataDir ?? (await newFolder());
    const peer = await startEmbeddedPeer({ contracts: [ProbeContract], ...options, dataDir });
    return new PeerFixture(dataDir, peer);
  }

  connect(mspId?: string): TestClient {
    const client = connectClient(this.peer, mspId);
    this.#clients.push(client);
    return client;
  }

  /** Stops the peer and keeps the folder. */
  async stop(): Promise<void> {
    for (const client of this.#clients.splice(0)) client.close();
    await this.peer.close();
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

export async function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'embedded-peer-'));
}
