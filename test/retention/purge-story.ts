import type { Network } from '@hyperledger/fabric-gateway';
import { ledger, type peer } from '@hyperledger/fabric-protos';
import { isLedgerError, signPurge, type PurgeRequest, type PurgeSignature } from '@carbon-ledger/core';
import { trialNationalAuthority, trialProvinceAuthority, trialSigner } from '@carbon-ledger/plant-year/trial';
import type { FsckReport } from '../../auditor/src/fsck';
import type { Committed, LedgerPort } from '../../gateway-api/src/ledger';
import type { Market } from '../fabric/recorder/market';
import { letPass, minutesFromNow } from './clock';

/** An organisation of the collection, asked at its own peer. */
export interface Member {
  readonly port: LedgerPort;
  /** The same peer through the plain client: it gives blocks with the private data that the organisation holds. */
  readonly network: Network;
}

/** What the story needs of a deployment; dates are the test's own, and every peer of it bears them. */
export interface PurgeWorld {
  readonly ledger: string;
  readonly market: Market;
  /** Gateway of an organisation that stands for the founding authority. */
  readonly founder: LedgerPort;
  readonly members: readonly Member[];
  fsck(): Promise<FsckReport>;
}

const YEARS = 5;
const founder = trialNationalAuthority.uscc;
const province = trialProvinceAuthority('140600').uscc;

/** Plays it to the end: what the law keeps stays, what nobody lawfully ordered stays, what was ordered is gone everywhere. */
export async function playPurge(world: PurgeWorld, unit: string): Promise<void> {
  const before = await world.fsck();
  const committed = await world.founder.submit({ name: 'submit', ...(await world.market.report(unit)) });
  const play = new Purging(world, committed);
  await play.held();
  letPass(YEARS, 29);
  await play.refuses('RETENTION_RUNNING', await play.order());
  letPass(0, 2);
  await play.refusesWhatNobodyOrdered();
  await play.held();
  const { txId } = await play.purge(await play.order());
  await play.gone();
  await play.refuses('NOT_FOUND', await play.order());
  const after = await world.fsck();
  expect(after.findings).toEqual(before.findings);
  expect(after.purges.slice(before.purges.length)).toEqual([
    {
      ...{ block: expect.any(Number) as number, transaction: txId, at: expect.stringMatching(/Z$/) as string },
      ...{ msp: world.founder.mspId, party: founder, keyId: trialSigner(founder).keyId },
      ...{ years: YEARS, transactions: 1 },
    },
  ]);
  expect(after.counts.recordsWithoutFigures).toBe(before.counts.recordsWithoutFigures + 1);
}

class Purging {
  readonly #world: PurgeWorld;
  readonly #anchored: Committed;

  constructor(world: PurgeWorld, anchored: Committed) {
    this.#world = world;
    this.#anchored = anchored;
  }

  get #request(): PurgeRequest {
    return { transactions: [this.#anchored.txId], years: YEARS };
  }

  /** As the party itself signs it. */
  order(party = founder, signedAt = minutesFromNow(0), years = YEARS): Promise<PurgeSignature> {
    const { ledger } = this.#world;
    return signPurge({ ...this.#request, years, ledger, party: founder, signedAt }, trialSigner(party));
  }

  purge(order: PurgeSignature | string): Promise<Committed> {
    const text = typeof order === 'string' ? order : JSON.stringify(order);
    return this.#world.founder.submit({ name: 'purge', args: [JSON.stringify(this.#request), text] });
  }

  async refuses(code: string, order: PurgeSignature | string): Promise<void> {
    const error: unknown = await this.purge(order).then(
      () => new Error(`taken, and not refused with ${code}`),
      (thrown: unknown) => thrown,
    );
    if (!isLedgerError(error)) throw error;
    expect(error.code).toBe(code);
  }

  /** To stand for the founder's organisation is not enough, nor is any signature but the founder's own, over this, just now. */
  async refusesWhatNobodyOrdered(): Promise<void> {
    const { keyId } = trialSigner(founder);
    await this.refuses('BAD_JSON', '');
    await this.refuses('BAD_REQUEST', '{}');
    await this.refuses('SIGNED_TIME_OUT_OF_RANGE', await this.order(founder, minutesFromNow(-11)));
    await this.refuses('SIGNED_TIME_OUT_OF_RANGE', await this.order(founder, minutesFromNow(11)));
    await this.refuses('KEY_UNKNOWN', await this.order(province));
    await this.refuses('KEY_UNKNOWN', await this.order(this.#world.market.lab));
    await this.refuses('SIGNATURE_INVALID', { ...(await this.order(province)), keyId });
    await this.refuses('SIGNATURE_INVALID', await this.order(founder, minutesFromNow(0), YEARS + 1));
  }

  async held(): Promise<void> {
    for (const { port, figures, delivered } of await this.#seen())
      expect([port.mspId, figures, delivered]).toEqual([port.mspId, expect.stringContaining('figures'), 1]);
  }

  async gone(): Promise<void> {
    for (const { port, figures, delivered } of await this.#seen())
      expect([port.mspId, figures, delivered]).toEqual([port.mspId, 'null', 0]);
  }

  /** What each member's peer still has: in its state, and beside the block that anchored it. */
  #seen(): Promise<readonly { port: LedgerPort; figures: string; delivered: number }[]> {
    const { txId, blockNumber } = this.#anchored;
    return Promise.all(
      this.#world.members.map(async ({ port, network }) => {
        const height = await this.#world.founder.height();
        while ((await port.height()) < height);
        const figures = Buffer.from(await port.evaluate({ name: 'figures', args: [txId] })).toString();
        return { port, figures, delivered: await deliveredWith(network, blockNumber) };
      }),
    );
  }
}

/** Number of private values that the peer gives out with a block. Fabric leaves the empty set of what was purged. */
async function deliveredWith(network: Network, block: bigint): Promise<number> {
  const events = await network.getBlockAndPrivateDataEvents({ startBlock: block });
  try {
    for await (const event of events) return valuesIn(event);
  } finally {
    events.close();
  }
  throw new Error(`block ${String(block)} did not come`);
}

function valuesIn(event: peer.BlockAndPrivateData): number {
  const namespaces = [...event.getPrivateDataMapMap().entries()].flatMap(([, set]) => set.getNsPvtRwsetList());
  const collections = namespaces.flatMap((one) => one.getCollectionPvtRwsetList());
  return collections.reduce(
    (sum, one) => sum + ledger.rwset.kvrwset.KVRWSet.deserializeBinary(one.getRwset_asU8()).getWritesList().length,
    0,
  );
}
