import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { Services } from '../services';
import { partyOf } from './signed-in';

type WebhookHandlers = Pick<Handlers, 'registerWebhook' | 'listWebhooks' | 'orderWebhook'>;

export function webhookHandlers({ webhooks: { desk } }: Services): WebhookHandlers {
  return {
    registerWebhook: async ({ body, caller, spend }) => {
      spend(prices.signatureChecked);
      return { json: await desk.register(partyOf(caller), body) };
    },
    listWebhooks: ({ caller }) => ({ json: { items: desk.list(partyOf(caller)) } }),
    orderWebhook: async ({ params: { id }, body, caller, spend }) => {
      spend(prices.signatureChecked);
      return { json: await desk.change(partyOf(caller), id, body) };
    },
  };
}
