import { LedgerError } from '@carbon-ledger/core';

export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Longest event that is kept while it arrives, in characters. */
const MAX_EVENT = 1024 * 1024;

/** The body of a response as it comes. @throws LedgerError UNREACHABLE where it breaks off */
export async function* readChunks({ body }: Response): AsyncGenerator<Uint8Array, void, undefined> {
  if (body === null) return;
  try {
    for await (const chunk of body) yield chunk;
  } catch (cause) {
    throw new LedgerError('UNREACHABLE', 'The answer breaks off before its end.', { cause });
  }
}

/** The lines of a response as they come, each JSON by itself. @throws LedgerError UNREACHABLE where it breaks off, BAD_ANSWER, TOO_LARGE */
export async function* readJsonLines(response: Response): AsyncGenerator<unknown, void, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of readChunks(response)) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) yield parsedLine(line);
    if (rest.length > MAX_EVENT) throw new LedgerError('TOO_LARGE', 'A line of the stream does not end.');
  }
  if (rest !== '') yield parsedLine(rest);
}

function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new LedgerError('BAD_ANSWER', 'A line of the answer is no JSON.', { cause });
  }
}

/** An event ends by an empty line, whichever of the three ends of lines the sender, or a proxy on the way, writes. */
const EVENT_END = /\r\n\r\n|\n\n|\r\r/;

/** Server-sent events of a response (WHATWG HTML, section 9.2), until it ends. @throws LedgerError TOO_LARGE */
export async function* readEvents(response: Response): AsyncGenerator<ServerSentEvent, void, undefined> {
  if (response.body === null) return;
  const decoder = new TextDecoder();
  let buffer = '';
  for await (const chunk of response.body) {
    buffer += decoder.decode(chunk, { stream: true });
    for (let end = EVENT_END.exec(buffer); end !== null; end = EVENT_END.exec(buffer)) {
      const event = parseEvent(buffer.slice(0, end.index));
      buffer = buffer.slice(end.index + end[0].length);
      if (event !== undefined) yield event;
    }
    if (buffer.length > MAX_EVENT) throw new LedgerError('TOO_LARGE', 'An event of the stream does not end.');
  }
}

/** undefined for comments, which keep the connection open and say nothing. */
function parseEvent(block: string): ServerSentEvent | undefined {
  const fields = block.split(/\r\n|\n|\r/).map((line): [string, string] => {
    const [name = ''] = line.split(':', 1);
    return [name, line.slice(name.length + 1).replace(/^ /, '')];
  });
  const data = fields.filter(([name]) => name === 'data').map(([, value]) => value);
  if (data.length === 0) return undefined;
  const last = (wanted: string): string | undefined => fields.findLast(([name]) => name === wanted)?.[1];
  return { id: last('id'), event: last('event') ?? 'message', data: data.join('\n') };
}
