import { prices } from '../http/limits/prices';
import type { Handlers } from '../http/reply';
import type { Services } from '../services';

export function screeningHandlers({ screening }: Services): Pick<Handlers, 'screen'> {
  return {
    screen: async ({ body, caller, spend, closed }) => {
      spend(prices.question);
      const { of, code, year } = body;
      const scope = { of, ...(code === undefined ? {} : { code }), year };
      return { text: await screening.screen(scope, { caller, spend, gone: closed() }) };
    },
  };
}
