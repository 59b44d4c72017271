import { randomBytes } from 'node:crypto';
import { assertOrdered, LedgerError, orderDigest, toHex, type Order, type OrderSignature } from '@carbon-ledger/core';
import type { AnswerOf, BodyOf, WebhookView } from '@carbon-ledger/client-sdk';
import type { Parties } from '../projection/parties';
import type { WebhookAddresses } from './addresses';
import type { Courier } from './courier';
import type { WebhookShelf } from './shelf';
import { viewOf, type Definition, type Webhook } from './webhook';

const MOST_OF_PARTY = 10;
const MOST = 5_000;
const SECRET_BYTES = 32;

export interface WebhookDeskParts {
  readonly shelf: WebhookShelf;
  readonly courier: Courier;
  readonly addresses: WebhookAddresses;
  readonly parties: Pick<Parties, 'find'>;
  readonly ledgerId: string;
  /** Size of the log now. */
  readonly logSize: () => number;
  readonly clock: () => Date;
}

type Registration = BodyOf<'registerWebhook'>;
type Change = BodyOf<'orderWebhook'>;

/** Takes the orders of parties about their webhooks; each is signed, given just now, and carried out once. */
export class WebhookDesk {
  readonly #parts: WebhookDeskParts;

  constructor(parts: WebhookDeskParts) {
    this.#parts = parts;
  }

  list(party: string): WebhookView[] {
    this.#parts.courier.refresh();
    return this.#parts.shelf.of(party).map(viewOf);
  }

  /** @throws LedgerError WEBHOOK_ADDRESS, WEBHOOK_LIMIT, ORDER_REPEATED, and those of an order */
  async register(party: string, body: Registration): Promise<AnswerOf<'registerWebhook'>> {
    const { wanted, signature } = unsigned(body);
    const { signedAt } = signature;
    const order = this.#order(party, signedAt, { action: 'webhook-register', ...wanted });
    await this.#assertOrdered(order, signature);
    const { shelf, addresses, courier } = this.#parts;
    courier.refresh();
    // By the order, so that one that comes a second time is recognised.
    const digest = toHex(orderDigest(order));
    const id = `whk_${digest.slice(0, 32)}`;
    await addresses.assertAllowed(wanted.url);
    this.#assertRoom(id, party);
    const { from = this.#parts.logSize(), ...chosen } = wanted;
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    const createdAt = this.#parts.clock().toISOString();
    const webhook = await shelf.order({
      id,
      party,
      ...chosen,
      secret,
      createdAt,
      order: { digest, at: signedAt, from },
    });
    courier.ordered(id);
    return { webhook: viewOf(webhook), secret };
  }

  /** @throws LedgerError NOT_FOUND, ORDER_REPEATED, and those of an order */
  async change(party: string, id: string, body: Change): Promise<AnswerOf<'orderWebhook'>> {
    const {
      wanted: { action, ...wanted },
      signature,
    } = unsigned(body);
    const { signedAt } = signature;
    const order = this.#order(party, signedAt, { ...wanted, action: `webhook-${action}`, webhook: id });
    await this.#assertOrdered(order, signature);
    this.#parts.courier.refresh();
    const webhook = this.#parts.shelf.get(id);
    if (webhook?.definition.party !== party) throw new LedgerError('NOT_FOUND', `${id} is no webhook of ${party}.`);
    const digest = toHex(orderDigest(order));
    assertLater({ digest, at: signedAt }, webhook.definition.order);
    const from = wanted.from ?? webhook.progress.position;
    const changed =
      action === 'remove' ? await this.#remove(id) : await this.#resume(webhook, { digest, at: signedAt, from });
    this.#parts.courier.ordered(id);
    return changed;
  }

  async #remove(id: string): Promise<AnswerOf<'orderWebhook'>> {
    await this.#parts.shelf.remove(id);
    return {};
  }

  async #resume({ definition }: Webhook, order: Definition['order']): Promise<AnswerOf<'orderWebhook'>> {
    return { webhook: viewOf(await this.#parts.shelf.order({ ...definition, order })) };
  }

  #assertRoom(id: string, party: string): void {
    const { shelf } = this.#parts;
    if (shelf.get(id) !== undefined) throw new LedgerError('ORDER_REPEATED');
    if (shelf.of(party).length >= MOST_OF_PARTY || shelf.all.length >= MOST) throw new LedgerError('WEBHOOK_LIMIT');
  }

  #order(party: string, signedAt: string, request: Order['request']): Order {
    return { ledger: this.#parts.ledgerId, party, request, signedAt };
  }

  async #assertOrdered(order: Order, signature: OrderSignature): Promise<void> {
    const { parties, clock } = this.#parts;
    const time = clock()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
    assertOrdered(order, signature, await parties.find(order.party), time);
  }
}

/** What is ordered, and how it is signed. */
function unsigned<Body extends OrderSignature>({
  signedAt,
  keyId,
  suite,
  signature,
  ...wanted
}: Body): { readonly wanted: Omit<Body, keyof OrderSignature>; readonly signature: OrderSignature } {
  return { wanted, signature: { signedAt, keyId, suite, signature } };
}

type Given = Pick<Definition['order'], 'digest' | 'at'>;

/** Whoever has seen an order cannot give it again. @throws LedgerError ORDER_REPEATED */
function assertLater(order: Given, last: Given): void {
  if (order.at < last.at || order.digest === last.digest) throw new LedgerError('ORDER_REPEATED');
}
