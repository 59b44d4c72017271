import { join } from 'node:path';
import { isLedgerError } from '@carbon-ledger/core';
import { createFabricGatewayLedger, type LedgerPort } from '../../../gateway-api/src/ledger';
import { readPeerProfile } from '../../../gateway-api/src/profile';
import { actOnNodes, type NodeAction } from '../../../network/src/verbs/nodes';
import { nodeFigures } from '../../../network/src/fabric/operations';
import { TestNetwork } from '../network';
import { Market } from '../recorder/market';
import { Oracle } from './oracle';

/** A network under test: a ledger on it, clients of it, and what may be done to its nodes. */
export class World {
  readonly network: TestNetwork;
  readonly market: Market;
  readonly ledger: LedgerPort;
  readonly oracle: Oracle;
  /** Names units of this run, so that a ledger may be used for several. */
  readonly run = String(Date.now() % 1_000_000);

  private constructor(network: TestNetwork, ledger: LedgerPort) {
    this.network = network;
    this.ledger = ledger;
    this.market = new Market(network.genesisHash);
    this.oracle = new Oracle(network);
  }

  /** The network that is up; scripts/test-fabric.mjs names its state folder. */
  static async open(): Promise<World> {
    const stateRoot = process.env['CARBON_LEDGER_TEST_STATE'] ?? '';
    const network = new TestNetwork(stateRoot);
    const profile = await readPeerProfile(join(stateRoot, 'profiles', 'Regulator.json'));
    const timeouts = { endorse: 10_000, submit: 10_000, commit: 20_000 };
    const world = new World(network, createFabricGatewayLedger({ ...profile, timeouts }));
    await world.#found();
    return world;
  }

  async close(): Promise<void> {
    this.oracle.close();
    await this.ledger.close();
  }

  get mode(): string {
    return this.network.session.layout.mode;
  }

  profile(organisation: string): string {
    return join(this.network.session.state.profiles, `${organisation}.json`);
  }

  act(action: NodeAction, ...nodes: string[]): Promise<void> {
    return actOnNodes(this.network.session, action, nodes);
  }

  /** The orderer that leads now: killing it is the worst that can be done to ordering. */
  async leader(): Promise<string> {
    const { layout } = this.network.session;
    const isBft = layout.topology.ordering.consensus === 'bft';
    for (const orderer of layout.orderers) {
      const { leader } = await nodeFigures(layout, orderer);
      if (!isBft && leader === 1) return orderer.id;
      const named = layout.orderers.find(({ consenterId }) => consenterId === leader);
      if (isBft && named) return named.id;
    }
    throw new Error('nobody leads');
  }

  async #found(): Promise<void> {
    const isFounded = await this.ledger.evaluate({ name: 'info' }).then(
      () => true,
      (error: unknown) => {
        if (isLedgerError(error) && error.code === 'NOT_READY') return false;
        throw error;
      },
    );
    if (!isFounded) await this.ledger.submit({ name: 'init', args: await this.market.initArguments() });
    const lab = Buffer.from(await this.ledger.evaluate({ name: 'party', args: [this.market.lab] })).toString();
    if (lab === 'null') await this.ledger.submit({ name: 'submit', ...(await this.market.parties()) });
  }
}
