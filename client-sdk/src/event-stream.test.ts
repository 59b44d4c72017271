import fc from 'fast-check';
import { readEvents, type ServerSentEvent } from './event-stream';

/** A response whose body comes in these pieces. */
function responseOf(pieces: readonly Uint8Array[]): Response {
  const waiting = [...pieces];
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const next = waiting.shift();
      if (next === undefined) controller.close();
      else controller.enqueue(next);
    },
  });
  return new Response(body);
}

async function eventsOf(response: Response): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(response)) events.push(event);
  return events;
}

const read = (text: string): Promise<ServerSentEvent[]> => eventsOf(responseOf([Buffer.from(text)]));
const message = (data: string): ServerSentEvent => ({ id: undefined, event: 'message', data });

describe('server-sent events', () => {
  it.each([
    ['data of several lines', 'data: a\ndata: b\n\n', [message('a\nb')]],
    ['one space behind the colon, and no more', 'data:  a\ndata:b\n\n', [message(' a\nb')]],
    ['a colon in the data', 'data: {"a":1}\n\n', [message('{"a":1}')]],
    ['its name and its number', 'id: 7\nevent: record\ndata: x\n\n', [{ id: '7', event: 'record', data: 'x' }]],
    ['the last of two names', 'event: a\nevent: b\ndata: x\n\n', [{ ...message('x'), event: 'b' }]],
    ['a field without a value', 'data\n\n', [message('')]],
    ['fields that nobody knows', 'retry: 5\nother: y\ndata: x\n\n', [message('x')]],
  ])('have %s', async (_what, text, events) => {
    expect(await read(text)).toEqual(events);
  });

  it.each([
    ['a comment', ': still here\n\n'],
    ['an event without data', 'event: x\nid: 3\n\n'],
    ['an event that the stream does not end', 'data: half'],
    ['a body that is not there', ''],
  ])('are not made of %s', async (_what, text) => {
    expect(await read(text)).toEqual([]);
  });

  it('come whole, whatever pieces they travel in and however lines end', async () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !/[\r\n]/.test(text));
    const sent = fc.array(fc.array(line, { minLength: 1, maxLength: 3 }), { maxLength: 5 });
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    const property = fc.asyncProperty(sent, ends, fc.integer({ min: 1, max: 9 }), async (events, end, size) => {
      const text = events.map((lines) => `${lines.map((one) => `data: ${one}${end}`).join('')}${end}`).join('');
      const bytes = Buffer.from(text);
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
        bytes.subarray(at * size, (at + 1) * size),
      );
      expect(await eventsOf(responseOf(pieces))).toEqual(events.map((lines) => message(lines.join('\n'))));
    });
    await fc.assert(property);
  });

  it('are refused where one does not end', async () => {
    const endless = Array.from({ length: 3 }, () => Buffer.alloc(500_000, 'x'));
    await expect(eventsOf(responseOf(endless))).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});
