import { common, gateway } from '@hyperledger/fabric-protos';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Version } from '../../../embedded-peer/src/ledger/version';
import { packBlocks } from '../golden';
import { TestNetwork, type Connection } from '../network';
import { askAll } from './answers';
import type { Case } from './case-maker';
import { handMade } from './cases';
import { signPayload } from './envelope';
import { Market, type Group } from './market';
import { broadcastInOrder } from './orderers';
import { readState } from './snapshot';

const TRANSACTIONS_FILTER = 2;

/** A recorded transaction: where it stands and what the peers found. */
interface Recorded {
  readonly name: string;
  readonly block: number;
  readonly tx: number;
  readonly code: number;
}

/** Sends batches, finds them again in blocks, and keeps what was found. */
class Recorder {
  readonly #network: TestNetwork;
  readonly #connection: Connection;
  readonly #blocks: common.Block[] = [];
  readonly #recorded: Recorded[] = [];

  constructor(network: TestNetwork, connection: Connection) {
    this.#network = network;
    this.#connection = connection;
  }

  get blocks(): readonly common.Block[] {
    return this.#blocks;
  }

  get recorded(): readonly Recorded[] {
    return this.#recorded;
  }

  placeOf = (name: string): Version => {
    const found = this.#recorded.find((one) => one.name === name);
    if (!found) throw new Error(`${name} was not recorded yet`);
    return { block: found.block, tx: found.tx };
  };

  async run(cases: readonly Case[]): Promise<void> {
    const answers = await broadcastInOrder(
      this.#network,
      cases.map(({ envelope }) => envelope),
    );
    const isOrdered = (index: number): boolean => answers[index]?.status === common.Status.SUCCESS;
    cases.forEach(({ name }, index) => {
      const { status = 0, info = '' } = answers[index] ?? {};
      if (!isOrdered(index)) process.stdout.write(`not ordered: ${name}: ${String(status)} ${info}\n`);
    });
    const ordered = cases.filter((_, index) => isOrdered(index));
    const found = await this.#find(ordered);
    if (new Set(found.map(({ block }) => block)).size > 1)
      throw new Error('a batch was cut into two blocks: run it again');
    if (found.some(({ tx }, index) => tx !== index)) throw new Error('a batch came out of order: run it again');
    this.#recorded.push(...found);
  }

  /** Reads on until every envelope stands in a block. */
  async #find(cases: readonly Case[]): Promise<Recorded[]> {
    const found = new Map<string, Recorded>();
    while (found.size < cases.length) {
      const block = await this.#next();
      const codes = block.getMetadata()?.getMetadataList_asU8()[TRANSACTIONS_FILTER] ?? new Uint8Array();
      const envelopes = block.getData()?.getDataList_asU8() ?? [];
      envelopes.forEach((bytes, tx) => {
        const known = cases.find(({ envelope }) => envelope.equals(bytes));
        const number = block.getHeader()?.getNumber() ?? 0;
        if (known) found.set(known.name, { name: known.name, block: number, tx, code: codes[tx] ?? 255 });
      });
    }
    return cases.flatMap(({ name }) => found.get(name) ?? []);
  }

  async #next(): Promise<common.Block> {
    const block = await this.#network.block(this.#connection, this.#blocks.length);
    this.#blocks.push(block);
    return block;
  }

  async readTo(height: number): Promise<void> {
    while (this.#blocks.length < height) await this.#next();
  }
}

/** A transaction of the contract itself, endorsed by the network and not yet sent. */
async function endorsed(connection: Connection, name: string, group: Group): Promise<Case> {
  const transaction = await connection.contract.newProposal('submit', { transientData: group.transient }).endorse();
  const prepared = gateway.PreparedTransaction.deserializeBinary(transaction.getBytes());
  const payload = prepared.getEnvelope()?.getPayload_asU8() ?? Buffer.alloc(0);
  return { name, envelope: signPayload(payload, connection) };
}

async function ownTransactions(recorder: Recorder, connection: Connection, market: Market): Promise<void> {
  await connection.contract.submitTransaction('init', ...(await market.initArguments()));
  await recorder.run([await endorsed(connection, 'the contract: parties and a lot', await market.parties())]);
  await recorder.run([
    await endorsed(connection, 'the contract: a sample receipt', await market.receipt('S-1')),
    await endorsed(connection, 'the contract: another for the same head', await market.receipt('S-2')),
  ]);
  await recorder.run([
    await endorsed(connection, 'the contract: a cancellation', await market.cancellation(0, 1, 100)),
    await endorsed(
      connection,
      'the contract: one of another plant for the same serials',
      await market.cancellation(1, 51, 150),
    ),
  ]);
  await recorder.run([
    await endorsed(connection, 'the contract: a report with private figures', await market.report('U2')),
  ]);
}

function writeAll(folder: string, recorder: Recorder, more: Readonly<Record<string, unknown>>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'blocks.gz'), packBlocks(recorder.blocks.map((block) => block.serializeBinary())));
  for (const [name, rows] of Object.entries({ transactions: recorder.recorded, ...more })) {
    const lines = (rows as readonly unknown[]).map((row) => ` ${JSON.stringify(row)}`);
    writeFileSync(join(folder, `${name}.json`), `[\n${lines.join(',\n')}\n]\n`);
  }
}

/** Records a native network that is up, has the contract and no ledger yet; see network/README.md. */
export async function record(stateRoot: string, folder: string): Promise<void> {
  const network = new TestNetwork(stateRoot);
  const member = network.connect('Regulator');
  const stranger = network.connect('Registry');
  const recorder = new Recorder(network, member);
  try {
    const market = new Market(network.genesisHash);
    await ownTransactions(recorder, member, market);
    const own = recorder.blocks.length;
    for (const batch of handMade(network)) await recorder.run(batch(recorder.placeOf));
    await recorder.readTo(await network.height('Regulator'));
    const state = await readState(network, 'Regulator');
    const answers = await askAll({ member, stranger, market });
    writeAll(folder, recorder, { state, answers });
    process.stdout.write(`${String(recorder.blocks.length)} blocks, the first ${String(own)} of the contract alone\n`);
  } finally {
    member.close();
    stranger.close();
  }
}
