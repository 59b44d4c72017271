import { LedgerClient } from './client';
import type { Fetch } from './transport';

/** A service that never answers, and only hears that somebody gave up. */
const silent: Fetch = (_url, { signal }) =>
  new Promise((_resolve, reject) => {
    const end = (): void => {
      reject(new DOMException('gave up', 'AbortError'));
    };
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end);
  });

const client = new LedgerClient({ baseUrl: 'http://ledger.test', fetch: silent });

test('a signal ends every call of a client that is bound to it, those to come too', async () => {
  const controller = new AbortController();
  const bound = client.until(controller.signal);
  const proof = bound.prove('figure');
  controller.abort();
  await expect(proof).rejects.toMatchObject({ code: 'INTERRUPTED' });
  await expect(bound.trace('figure')).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test.each(['own', 'bound'] as const)('a call that has a signal of its own ends by either: %s', async (which) => {
  const signals = { own: new AbortController(), bound: new AbortController() };
  const events = client.until(signals.bound.signal).events({ signal: signals.own.signal });
  const first = events.next();
  signals[which].abort();
  await expect(first).rejects.toMatchObject({ code: 'INTERRUPTED' });
});

test('a signal that has ended already ends a call that has one of its own before it begins', async () => {
  const ended = AbortSignal.abort();
  await expect(client.until(ended).events({ signal: new AbortController().signal }).next()).rejects.toMatchObject({
    code: 'INTERRUPTED',
  });
});
