import { Client, credentials } from '@grpc/grpc-js';
import { connect, hash, signers, type Contract } from '@hyperledger/fabric-gateway';
import { fork, type ChildProcess } from 'node:child_process';
import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeBlock } from './block/block';
import { Code } from './block/codes';
import { blockDataHash, blockHeaderHash } from './block/header';
import { decodeTransaction } from './block/transaction';
import { BlockIndex } from './ledger/blocks';
import { State } from './ledger/state';
import { Store } from './ledger/store';
import { bundleProgram, MODULE_PATH } from './testing/bundle';
import { newFolder } from './testing/fixture';
import type { ReadyMessage } from './testing/peer-process';

const KILLS = 50;
const SEED = 20241121;
const WRITERS = 6;
const NAMESPACE = 'carbon-audit-ledger';

/** A small generator with a seed (Park–Miller), so that a failure can be run again. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

interface RunningPeer {
  readonly child: ChildProcess;
  readonly ready: ReadyMessage;
  readonly contract: Contract;
  disconnect(): void;
}

function contractOf(ready: ReadyMessage): Pick<RunningPeer, 'contract' | 'disconnect'> {
  const [root, key, cert] = [ready.tls.rootCert, ready.tls.clientKey, ready.tls.clientCert].map((pem) =>
    Buffer.from(pem),
  );
  const client = new Client(ready.endpoint, credentials.createSsl(root, key, cert), {
    'grpc.ssl_target_name_override': ready.tls.serverName,
  });
  const gateway = connect({
    client,
    identity: { mspId: ready.identity.mspId, credentials: Buffer.from(ready.identity.certificate) },
    signer: signers.newPrivateKeySigner(createPrivateKey(ready.identity.privateKey)),
    hash: hash.sha256,
  });
  return {
    contract: gateway.getNetwork(ready.channel).getContract(ready.chaincodeName),
    disconnect: () => {
      gateway.close();
      client.close();
    },
  };
}

async function startPeer(program: string, dataDir: string): Promise<RunningPeer> {
  const child = fork(program, [dataDir], { env: { ...process.env, NODE_PATH: MODULE_PATH }, execArgv: [] });
  const [ready] = (await once(child, 'message')) as [ReadyMessage];
  return { child, ready, ...contractOf(ready) };
}

async function kill(running: RunningPeer): Promise<void> {
  const gone = once(running.child, 'exit');
  running.child.kill('SIGKILL');
  await gone;
  running.disconnect();
}

/** Counts acknowledgements; tells when a number of them is reached. A key is acknowledged once its commit status came back. */
class Acknowledgements {
  readonly keys: string[] = [];
  #remaining = 0;
  #reached: () => void = () => undefined;

  async reach(count: number): Promise<void> {
    this.#remaining = count;
    if (count === 0) return;
    await new Promise<void>((resolve) => {
      this.#reached = resolve;
    });
  }

  add(key: string): void {
    this.keys.push(key);
    this.#remaining -= 1;
    if (this.#remaining === 0) this.#reached();
  }
}

async function writeUntilDead(contract: Contract, prefix: string, acknowledged: Acknowledgements): Promise<void> {
  for (let count = 0; ; count += 1) {
    const key = `${prefix}-${count}`;
    try {
      await contract.submitTransaction('put', key, key);
    } catch {
      return;
    }
    acknowledged.add(key);
  }
}

interface Found {
  readonly validWrites: Map<string, number>;
  readonly height: number;
}

/** Walks the whole chain: every block chained, every data hash right; counts the valid writes of each key. */
async function examine(dataDir: string): Promise<Found> {
  const store = await Store.open(join(dataDir, 'peer'));
  const blocks = new BlockIndex(store);
  const state = new State(store);
  const { height, headerHash } = blocks.tip();
  const validWrites = new Map<string, number>();
  let previous: Uint8Array = new Uint8Array();
  for (let number = 0; number < height; number += 1) {
    const block = decodeBlock(blocks.bytes(number)!);
    expect(Buffer.from(block.header.previousHash).equals(previous)).toBe(true);
    expect(blockDataHash(block.envelopes).equals(block.header.dataHash)).toBe(true);
    previous = blockHeaderHash(block.header);
    if (number > 0) countWrites(block.envelopes, block.codes, validWrites);
  }
  expect(headerHash.equals(previous)).toBe(true);
  for (const key of validWrites.keys()) expect(state.public(NAMESPACE, key)?.value.toString()).toBe(key);
  await store.close();
  return { validWrites, height };
}

function countWrites(envelopes: readonly Uint8Array[], codes: readonly number[], counts: Map<string, number>): void {
  envelopes.forEach((bytes, index) => {
    if (codes[index] !== Code.VALID) return;
    for (const { writes } of decodeTransaction(Buffer.from(bytes)).sets) {
      for (const { key } of writes) counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  });
}

test(`${KILLS} times kill -9 at random moments: nothing acknowledged is lost, nothing is there twice`, async () => {
  const dataDir = await newFolder();
  const program = join(dataDir, 'peer-process.cjs');
  await bundleProgram('peer-process.ts', program);
  const random = randomFrom(SEED);
  const acknowledged = new Acknowledgements();
  for (let round = 0; round < KILLS; round += 1) {
    const running = await startPeer(program, dataDir);
    const writers = Array.from({ length: WRITERS }, (_entry, writer) =>
      writeUntilDead(running.contract, `${round}-${writer}`, acknowledged),
    );
    // The writers are at different points of their transactions when the count is reached.
    // On a starved machine all of them may give up before.
    await Promise.race([acknowledged.reach(Math.floor(random() * 12)), Promise.all(writers)]);
    await kill(running);
    await Promise.all(writers);
  }
  const { validWrites, height } = await examine(dataDir);
  for (const key of acknowledged.keys) expect(validWrites.get(key)).toBe(1);
  for (const count of validWrites.values()) expect(count).toBe(1);
  expect(acknowledged.keys.length).toBeGreaterThan(KILLS);
  expect(height).toBeGreaterThan(KILLS);
  await rm(dataDir, { recursive: true });
});
