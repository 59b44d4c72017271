import { common } from '@hyperledger/fabric-protos';
import { canonicalize } from '@carbon-ledger/core';
import { readBlock } from '../../../gateway-api/src/ledger/block-reader';
import { pollUntil } from '../../../network/src/runtime/poll';
import type { Connection, TestNetwork } from '../network';
import type { Acknowledged } from './load';

const COMMIT_HASH = 4;

interface Tip {
  readonly height: number;
  readonly hash: string;
}

async function tipOf(connection: Connection): Promise<Tip> {
  const info = common.BlockchainInfo.deserializeBinary(
    await connection.network.getContract('qscc').evaluateTransaction('GetChainInfo', connection.network.getName()),
  );
  return { height: info.getHeight(), hash: info.getCurrentblockhash_asB64() };
}

/** Holds all peers of a network to each other, and to what clients were told. */
export class Oracle {
  readonly #network: TestNetwork;
  readonly #connections: ReadonlyMap<string, Connection>;

  constructor(network: TestNetwork) {
    this.#network = network;
    const names = network.session.layout.organisations.map(({ name }) => name);
    this.#connections = new Map(names.map((name) => [name, network.connect(name)]));
  }

  close(): void {
    for (const connection of this.#connections.values()) connection.close();
  }

  /** Waits until every peer has the same last block, then compares what they made of it. Returns the height. */
  async agree(): Promise<number> {
    const connections = [...this.#connections.values()];
    const height = await pollUntil(
      async () => {
        const [first, ...rest] = await Promise.all(connections.map(tipOf));
        return rest.every(({ height, hash }) => height === first?.height && hash === first.hash)
          ? first?.height
          : undefined;
      },
      { timeoutMs: 90_000, what: 'all peers to hold the same last block', remedy: 'npm run network:status' },
    );
    const hashes = await Promise.all(connections.map((connection) => this.#commitHash(connection, height - 1)));
    expect(new Set(hashes).size).toBe(1);
    expect(hashes[0]).not.toBe('');
    return height;
  }

  /** Nothing acknowledged is lost, at any peer, and nothing stands twice in the blocks from `since` on. */
  async hold(acknowledged: readonly Acknowledged[], since: number): Promise<void> {
    const height = await this.agree();
    for (const [name, { contract }] of this.#connections) {
      for (const { key, record } of acknowledged) {
        const head = Buffer.from(await contract.evaluateTransaction('head', key)).toString();
        expect(`${name} ${key} ${head}`).toBe(`${name} ${key} ${canonicalize({ r: record.slice(4), v: 1 })}`);
      }
    }
    const units = await this.#unitsCommitted(since, height);
    const expected = acknowledged.map(({ key }) => key.split('/')[1] ?? '');
    expect(units.filter((unit) => expected.includes(unit)).sort()).toEqual(expected.sort());
  }

  /** The unit of every record that a valid transaction wrote, once for each time. */
  async #unitsCommitted(since: number, height: number): Promise<string[]> {
    const [connection] = this.#connections.values();
    const units: string[] = [];
    for (let number = since; connection && number < height; number += 1) {
      const block = readBlock(await this.#network.block(connection, number), this.#network.chaincode);
      const values = block.transactions.flatMap(({ writes }) => writes.filter(({ key }) => key.startsWith('tx/')));
      units.push(...values.flatMap(({ value }) => unitsIn(value)));
    }
    return units;
  }

  async #commitHash(connection: Connection, number: number): Promise<string> {
    const block = await this.#network.block(connection, number);
    const bytes = block.getMetadata()?.getMetadataList_asU8()[COMMIT_HASH] ?? new Uint8Array();
    return common.Metadata.deserializeBinary(bytes).getValue_asB64();
  }
}

function unitsIn(value: Uint8Array): string[] {
  const { submissions } = JSON.parse(Buffer.from(value).toString()) as {
    readonly submissions: readonly { readonly records: readonly { readonly subject: { readonly unit: string } }[] }[];
  };
  return submissions.flatMap(({ records }) => records.map(({ subject }) => subject.unit));
}
