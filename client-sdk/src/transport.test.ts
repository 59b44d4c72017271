import { isLedgerError, type LedgerError } from '@carbon-ledger/core';
import { everyItem } from './lists';
import { Transport, type Fetch } from './transport';

const key = '91140000MA0FAKE01X/U1/2024-01/monthly-evidence';
const id = `rec:${'a'.repeat(64)}`;

interface Sent {
  readonly url: string;
  readonly init: RequestInit;
}

/** A transport to nobody: what it would send, and the answer that it gets. */
function transportTo(answer: () => Response | Promise<Response>): { transport: Transport; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, init });
    return answer();
  };
  return { transport: new Transport('http://ledger.test:8080//', fetch), sent };
}

const json = (value: unknown, status = 200): Response => new Response(JSON.stringify(value), { status });

async function refusal(answer: () => Response | Promise<Response>): Promise<LedgerError> {
  const failed: unknown = await transportTo(answer)
    .transport.call('findHeads', { body: { keys: [key] } })
    .catch((error: unknown) => error);
  if (!isLedgerError(failed)) throw new Error(`not refused: ${String(failed)}`);
  return failed;
}

describe('what is sent', () => {
  it('is a path with its parameters escaped, a query without what is undefined, and who asks', async () => {
    const { transport, sent } = transportTo(() => json({}));
    await transport.open('getRecord', { params: { id: 'rec:a/b ?' }, query: { include: 'figures' }, token: 'T' });
    await transport.open('listParties', { query: { kind: undefined, text: '电 厂' } });
    expect(sent.map(({ url }) => url)).toEqual([
      'http://ledger.test:8080/v1/records/rec%3Aa%2Fb%20%3F?include=figures',
      'http://ledger.test:8080/v1/parties?text=%E7%94%B5+%E5%8E%82',
    ]);
    expect(sent.map(({ init }) => init.headers)).toEqual([
      { accept: 'application/json', authorization: 'Bearer T' },
      { accept: 'application/json' },
    ]);
    expect(transport.audience).toBe('ledger.test:8080');
  });

  it('is canonical text where there is a body, and no body where nothing is to be said', async () => {
    const { transport, sent } = transportTo(() => json({ heads: [] }));
    await transport.call('findHeads', { body: { keys: [key] } });
    await transport.open('getRecord', { params: { id } });
    expect(sent.map(({ init }) => [init.method, init.body])).toEqual([
      ['POST', `{"keys":["${key}"]}`],
      ['GET', undefined],
    ]);
  });
});

describe('an answer', () => {
  it('keeps what a newer service says beside what is known', async () => {
    const { transport } = transportTo(() => json({ heads: [null], more: 1 }));
    expect(await transport.call('findHeads', { body: { keys: [key] } })).toEqual({ heads: [null], more: 1 });
  });

  it('of another shape is refused at its place', async () => {
    const error = await refusal(() => json({ heads: [null, 7] }));
    expect(error).toMatchObject({ code: 'BAD_ANSWER', faults: [{ path: '/heads/1' }] });
  });

  it.each<[string, string, () => Response | Promise<Response>]>([
    ['no JSON', 'UNREACHABLE', () => new Response('<html>')],
    ['a failure without a problem document', 'UNREACHABLE', () => new Response('gone', { status: 502 })],
    ['a problem of a code that nobody knows', 'UNREACHABLE', () => json({ code: 'NO_SUCH_CODE' }, 400)],
    ['no connection', 'UNREACHABLE', () => Promise.reject(new TypeError('fetch failed'))],
    ['a caller who gave up', 'INTERRUPTED', () => Promise.reject(new DOMException('stop', 'AbortError'))],
  ])('that is %s is told as %s', async (_what, code, answer) => {
    expect((await refusal(answer)).code).toBe(code);
  });

  it('that refuses is the error of the catalogue, and unknown codes of its faults become its own', async () => {
    const problem = {
      ...{
        type: 'about:blank',
        title: 'x',
        status: 422,
        code: 'RULE_REFUSED',
        detail: 'No.',
        cure: 'y',
        requestId: 'R',
      },
      ...{ titleZh: 'x', cureZh: 'y' },
      faults: [
        { path: '/a', code: 'BAD_DECIMAL', message: 'm', details: { line: 1 } },
        { path: '/b', code: 'OF_A_NEWER_SERVICE', message: 'n' },
      ],
    };
    const { code, message, details, faults } = await refusal(() => json(problem, 422));
    expect({ code, message, details }).toEqual({ code: 'RULE_REFUSED', message: 'No.', details: { requestId: 'R' } });
    expect(faults).toEqual([
      { path: '/a', code: 'BAD_DECIMAL', message: 'm', details: { line: 1 } },
      { path: '/b', code: 'RULE_REFUSED', message: 'n' },
    ]);
  });
});

describe('a list', () => {
  it('is read to its end, an empty page in between too, by cursor or by number', async () => {
    const pages = [{ items: ['a'], next: 'c1' }, { items: [], next: 9 }, { items: ['b'] }];
    const asked: unknown[] = [];
    const ask = (query: unknown): Promise<never> => {
      asked.push(query);
      return Promise.resolve(pages[asked.length - 1] as never);
    };
    const found: unknown[] = [];
    for await (const item of everyItem<'listRecords'>(ask, { type: 'party' })) found.push(item);
    expect(found).toEqual(['a', 'b']);
    expect(asked).toEqual([{ type: 'party' }, { type: 'party', cursor: 'c1' }, { type: 'party', from: 9 }]);
  });
});
