import { setTimeout as pause } from 'node:timers/promises';
import { LedgerError, type PartyKind } from '@carbon-ledger/core';
import type { LedgerInfo, Service, SubmissionToSend } from '../service/service';

/** A gateway of one organisation. */
interface Gateway {
  readonly service: Service;
  readonly organisation: string;
}

/** Which organisation of the network speaks for a kind of party, by the beginning of its MSP id. */
const speaksFor: Partial<Record<PartyKind, string>> = {
  enterprise: 'enterprise',
  preparer: 'enterprise',
  lab: 'lab',
  verifier: 'verifier',
  'allowance-registry': 'registry',
  'ccer-registry': 'registry',
};

const pollMillis = 50;
/** A gateway that has not read another's block after this long is in trouble. */
const patienceMillis = 60_000;

/**
 * The gateways of a network. A party submits through its own organisation's; what it cites must have arrived there first,
 * because the gateway attaches the cited records from its own peer's blocks.
 */
export class Gateways {
  readonly main: Service;
  readonly #gateways: readonly Gateway[];
  readonly #home = new Map<string, Gateway>();
  #logSize: number;

  private constructor(main: Service, gateways: readonly Gateway[], logSize: number) {
    this.main = main;
    this.#gateways = gateways;
    this.#logSize = logSize;
  }

  /** @throws LedgerError WRONG_LEDGER where the gateways are not all of one ledger */
  static async open(main: Service, others: readonly Service[]): Promise<Gateways> {
    const services = [main, ...others];
    const infos = await Promise.all(services.map((service) => service.ledger()));
    const [first] = infos;
    if (infos.some(({ ledger }) => ledger !== first?.ledger)) {
      throw new LedgerError('WRONG_LEDGER', 'the gateways are not all of one ledger');
    }
    const gateways = services.map((service, at) => ({ service, organisation: infos[at]?.organisation ?? '' }));
    return new Gateways(main, gateways, Math.max(...infos.map(({ logSize }: LedgerInfo) => logSize)));
  }

  /** MSP ids that may submit for a new party of this kind: its own organisation's if that has a gateway here. */
  mspsFor(kind: PartyKind): string[] {
    const name = speaksFor[kind];
    const own =
      name === undefined
        ? undefined
        : this.#gateways.find(({ organisation }) => organisation.toLowerCase().startsWith(name));
    return [(own ?? this.#gateways[0])?.organisation ?? ''];
  }

  /** Sends through the party's own gateway, once everything that was anchored so far has arrived there. */
  async submit(party: string, submission: SubmissionToSend): Promise<void> {
    const gateway = await this.#homeOf(party);
    await this.#caughtUp(gateway.service);
    await gateway.service.submit([submission]);
    this.#logSize = Math.max(this.#logSize, (await gateway.service.ledger()).logSize);
  }

  /** Waits until the gateway that is read from has everything that was anchored through the others. */
  settle(): Promise<void> {
    return this.#caughtUp(this.main);
  }

  async #homeOf(party: string): Promise<Gateway> {
    const known = this.#home.get(party);
    if (known !== undefined) return known;
    const [main] = this.#gateways;
    if (this.#gateways.length === 1 && main !== undefined) return main;
    const { record } = await this.main.recordNamed(`${party}/-/-/party`);
    const msps = record.content['msps'];
    const found = this.#gateways.find(({ organisation }) => Array.isArray(msps) && msps.includes(organisation));
    if (found === undefined) throw new LedgerError('WRONG_MSP', `none of the gateways may submit for ${party}`);
    this.#home.set(party, found);
    return found;
  }

  async #caughtUp(service: Service): Promise<void> {
    if (this.#gateways.length === 1) return;
    for (let waited = 0; waited < patienceMillis; waited += pollMillis) {
      if ((await service.ledger()).logSize >= this.#logSize) return;
      await pause(pollMillis);
    }
    throw new LedgerError('NOT_READY', 'a gateway does not catch up with the others');
  }
}
