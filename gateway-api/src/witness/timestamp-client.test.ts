import type { RequestListener, Server } from 'node:http';
import { parseNote, utf8Encode, verifyTimestamp } from '@carbon-ledger/core';
import { CheckpointStamper } from './checkpoint-stamper';
import { OpensslTsa } from './testing/openssl-tsa';
import { TestLog } from './testing/test-log';
import { listen, stop, urlOf } from './testing/witness-server';
import { TimestampClient } from './timestamp-client';

let tsa: OpensslTsa;
let server: Server;
let asked = 0;
const note = new TestLog(7).note();
const message = utf8Encode(parseNote(note).text);

beforeAll(async () => {
  tsa = new OpensslTsa();
  server = await listen((request, response) => {
    asked += 1;
    tsa.handler(request, response);
  });
});

afterAll(async () => {
  await stop(server);
  tsa.close();
});

function client(): TimestampClient {
  return new TimestampClient({ url: urlOf(server), roots: [tsa.root] });
}

async function codeFrom(handler: RequestListener): Promise<unknown> {
  const other = await listen(handler);
  try {
    await new TimestampClient({ url: urlOf(other), roots: [tsa.root] }).stamp(message);
    return 'none';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  } finally {
    await stop(other);
  }
}

function answering(body: Uint8Array, type = 'application/timestamp-reply', status = 200): RequestListener {
  return (_, response) => response.writeHead(status, { 'Content-Type': type }).end(body);
}

describe('TimestampClient', () => {
  it('gets a token that OpenSSL and the offline verifier both accept', async () => {
    const stamped = await client().stamp(message);
    expect(stamped).toMatchObject({ authority: 'Test TSA', accuracyMs: 1000 });
    expect(tsa.accepts(stamped.token, message)).toBe(true);
    expect(verifyTimestamp({ token: stamped.token, message, roots: [tsa.root] }).time).toBe(stamped.time);
  });

  it('refuses the answer to another request over the same bytes', async () => {
    const replies: Buffer[] = [];
    const first = await codeFrom((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        replies.push(tsa.reply(Buffer.concat(chunks)));
        answering(replies[0]!)(request, response);
      });
    });
    expect(first).toBe('none');
    expect(await codeFrom(answering(replies[0]!))).toBe('TIMESTAMP_MISMATCH');
  });

  it('refuses an authority that is not pinned', async () => {
    const stranger = new OpensslTsa();
    expect(await codeFrom(stranger.handler)).toBe('TIMESTAMP_UNTRUSTED');
    stranger.close();
  });

  it('refuses answers that are none', async () => {
    expect(await codeFrom(answering(Buffer.from('<html>'), 'text/html'))).toBe('OUTSIDE_REFUSED');
    expect(await codeFrom(answering(Buffer.alloc(0), undefined, 500))).toBe('OUTSIDE_REFUSED');
    expect(await codeFrom(answering(Buffer.alloc(0)))).toBe('TIMESTAMP_INVALID');
    expect(await codeFrom(answering(Buffer.from('30053003020102', 'hex')))).toBe('OUTSIDE_REFUSED');
    expect(await codeFrom((request) => request.destroy())).toBe('OUTSIDE_UNREACHABLE');
  });
});

describe('CheckpointStamper', () => {
  it('asks once for a checkpoint, however often and whoever cosigned it meanwhile', async () => {
    const stamper = new CheckpointStamper(client());
    const before = asked;
    const [first, second] = await Promise.all([stamper.stamp(note), stamper.stamp(note + note.split('\n\n')[1]!)]);
    expect(second).toBe(first);
    expect(asked).toBe(before + 1);
    await stamper.stamp(new TestLog(8).note());
    expect(asked).toBe(before + 2);
  });

  it('keeps no failure: the next request asks again', async () => {
    let tried = 0;
    const busy = await listen((request, response) => {
      tried += 1;
      answering(Buffer.alloc(0), 'text/plain', 503)(request, response);
    });
    const stamper = new CheckpointStamper(new TimestampClient({ url: urlOf(busy), roots: [tsa.root] }));
    const before = tried;
    await expect(stamper.stamp(note)).rejects.toMatchObject({ code: 'OUTSIDE_REFUSED' });
    expect(stamper.problem?.code).toBe('OUTSIDE_REFUSED');
    await expect(stamper.stamp(note)).rejects.toMatchObject({ code: 'OUTSIDE_REFUSED' });
    expect(tried).toBe(before + 2);
    await stop(busy);
  });
});
