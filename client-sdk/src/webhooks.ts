import { signOrder, type Order, type OrderSignature, type Signer } from '@carbon-ledger/core';
import type { LedgerClient } from './client';
import type { AnswerOf, BodyIn, RouteName } from './routes';

/** A body without what signing adds. */
type Unsigned<Name extends RouteName> = Omit<BodyIn<Name>, keyof OrderSignature>;

/** Who orders, where and when. */
type Statement = () => Promise<Omit<Order, 'request'> & { readonly signer: Signer }>;

/** The webhooks of one party; what changes them is signed by it. */
export class Webhooks {
  readonly #client: Pick<LedgerClient, 'call'>;
  readonly #statement: Statement;

  constructor(client: Pick<LedgerClient, 'call'>, statement: Statement) {
    this.#client = client;
    this.#statement = statement;
  }

  async list(): Promise<AnswerOf<'listWebhooks'>['items']> {
    return (await this.#client.call('listWebhooks')).items;
  }

  /** The secret is answered this once. @throws TypeError without party and signer */
  async register(wanted: Unsigned<'registerWebhook'>): Promise<AnswerOf<'registerWebhook'>> {
    const signature = await this.#signed({ action: 'webhook-register', ...wanted });
    return this.#client.call('registerWebhook', { body: { ...wanted, ...signature } });
  }

  /** @param from log index to tell (again) from; default: where it stopped */
  async resume(id: string, from?: number): Promise<AnswerOf<'orderWebhook'>> {
    return this.#order(id, { action: 'resume', ...(from === undefined ? {} : { from }) });
  }

  async remove(id: string): Promise<AnswerOf<'orderWebhook'>> {
    return this.#order(id, { action: 'remove' });
  }

  async #order(id: string, wanted: Unsigned<'orderWebhook'>): Promise<AnswerOf<'orderWebhook'>> {
    const signature = await this.#signed({ ...wanted, action: `webhook-${wanted.action}`, webhook: id });
    return this.#client.call('orderWebhook', { params: { id }, body: { ...wanted, ...signature } });
  }

  async #signed(request: Order['request']): Promise<OrderSignature> {
    const { signer, ...statement } = await this.#statement();
    return signOrder({ ...statement, request }, signer);
  }
}
