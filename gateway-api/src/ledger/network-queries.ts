import type { Gateway, Network } from 'fabric-network';
import { blocksMissing } from './archives';
import { AnswerError } from './network-errors';

type Endorser = ReturnType<ReturnType<Network['getChannel']>['getEndorsers']>[number];

const ANSWER_MS = 30_000;
/** A peer's words for a block from before the snapshot that it joined by (fabric, common/ledger/blkstorage). */
const FROM_SNAPSHOT = /bootstrapped from a snapshot. First available block = \[(\d+)\]/;

/** Questions to peers' own chaincodes through the second driver's client. */
export class NetworkQueries {
  readonly #network: Network;
  readonly #mspId: string;
  readonly #identity: () => NonNullable<Gateway['identityContext']>;

  constructor(network: Network, mspId: string, identity: () => NonNullable<Gateway['identityContext']>) {
    this.#network = network;
    this.#mspId = mspId;
    this.#identity = identity;
  }

  /** `common.Config` in force: a peer that joined by a snapshot has it, and not the block that brought it. */
  channelConfig(): Promise<Uint8Array> {
    const channel = this.#network.getChannel();
    return this.ask(channel.getEndorsers(this.#mspId), 'cscc', 'GetChannelConfig', [channel.name]);
  }

  /** Asks one's own peers. */
  qscc(fcn: string, ...args: string[]): Promise<Uint8Array> {
    const channel = this.#network.getChannel();
    return this.ask(channel.getEndorsers(this.#mspId), 'qscc', fcn, [channel.name, ...args]);
  }

  /** undefined while there is none of that number. @throws LedgerError BLOCKS_MISSING where no peer holds it any more */
  async block(number: bigint): Promise<Uint8Array | undefined> {
    const asked = this.qscc('GetBlockByNumber', number.toString());
    return asked.catch((error: unknown) => this.#archived(number, error));
  }

  async ask(
    targets: Endorser[],
    chaincode: string,
    fcn: string,
    args: readonly (string | Buffer)[],
  ): Promise<Uint8Array> {
    const query = this.#network.getChannel().newQuery(chaincode);
    const identity = this.#identity();
    query.build(identity, { fcn, args: [...args] as string[], generateTransactionId: false });
    query.sign(identity);
    const { responses, errors } = await query.send({ targets, requestTimeout: ANSWER_MS });
    const [answer] = responses;
    if (answer === undefined) throw errors[0] ?? new Error('no peer answered');
    if (answer.response.status >= 400) throw new AnswerError(answer.response);
    if (!isSigned(answer)) throw new AnswerError({ status: 500, message: 'The peer did not sign its answer.' });
    return answer.response.payload;
  }

  /** What the own peers do not hold because they joined by a snapshot, another organisation's may. */
  async #archived(number: bigint, error: unknown): Promise<Uint8Array | undefined> {
    const first = FROM_SNAPSHOT.exec(error instanceof Error ? error.message : '')?.[1];
    if (first === undefined) return undefined;
    const channel = this.#network.getChannel();
    for (const other of channel.getEndorsers().filter(({ mspid }) => mspid !== this.#mspId)) {
      const args = [channel.name, number.toString()];
      const bytes = await this.ask([other], 'qscc', 'GetBlockByNumber', args).catch(() => undefined);
      if (bytes !== undefined) return bytes;
    }
    throw blocksMissing('The peer', number, BigInt(first));
  }
}

/** As any answer of a peer below 400 is. */
function isSigned({ endorsement }: { readonly endorsement?: object | null }): boolean {
  return Boolean(endorsement);
}
