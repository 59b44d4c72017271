import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordEvent } from '@carbon-ledger/client-sdk';
import fc from 'fast-check';
import { MOST_AT_ONCE, RETRY_SECONDS } from './courier';
import type { Outcome } from './post';
import { WebhookShelf } from './shelf';
import { definition, Desk, event, failed, idOf, taken } from './testing/courier-desk';

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

describe('the courier of webhooks', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'webhooks-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('tells every record in the order of the log, and then those that come', async () => {
    const desk = new Desk(folder, 250);
    await desk.shelf.order(definition(1));
    await desk.rest();
    expect(desk.sent).toEqual(Array.from({ length: 250 }, (_, index) => index));
    desk.events.push(event(250));
    await desk.rest();
    expect(desk.sent.at(-1)).toBe(250);
    expect(desk.view()).toMatchObject({ position: 251, delivered: 251, state: 'active', failures: 0 });
  });

  it.each([
    [{ types: ['surrender'] }, [3]],
    [{ subjects: ['other'] }, [1, 2]],
    [{ states: ['RETURNED', 'X'] }, [2]],
    [{ types: ['test-report'], subjects: ['s'] }, [0, 4]],
  ])('tells what is asked for alone: %j', async (filter, expected) => {
    const changed = { record: 'rec:0', key: 'k', state: 'RETURNED', status: 'open' } as const;
    const kinds: Partial<RecordEvent>[] = [
      {},
      { subject: 'other' },
      { subject: 'other', changes: [...event(2).changes, changed] },
      { type: 'surrender' },
      {},
    ];
    const desk = new Desk(folder, 5, (index) => kinds[index]!);
    await desk.shelf.order(definition(1, filter));
    await desk.rest();
    expect(desk.sent).toEqual(expected);
    expect(desk.view().position).toBe(5);
  });

  it('tries again later and later, then gives up and says so', async () => {
    const desk = new Desk(folder, 2);
    desk.answer = () => failed;
    await desk.shelf.order(definition(1));
    await desk.rest();
    const waits: number[] = [];
    while (desk.view().state === 'active') {
      waits.push(...desk.waits);
      await desk.next();
    }
    expect(waits).toEqual(RETRY_SECONDS);
    expect(desk.sent).toEqual(Array.from({ length: RETRY_SECONDS.length + 1 }, () => 0));
    expect(desk.view()).toMatchObject({ position: 0, failures: 10, lastFailure: { reason: 'HTTP 500' } });
    expect(desk.view().disabledAt).toBeDefined();
    expect(desk.warned).toHaveLength(1);
    await desk.rest();
    expect(desk.waits).toEqual([]);
  });

  it('gives up at once where the receiver wants no more', async () => {
    const desk = new Desk(folder, 2);
    desk.answer = () => ({ kind: 'gone' });
    await desk.shelf.order(definition(1));
    await desk.rest();
    expect(desk.sent).toEqual([0]);
    expect(desk.view()).toMatchObject({
      state: 'disabled',
      lastFailure: { reason: expect.stringContaining('410') as string },
    });
  });

  it('goes on at a new order, also one that tells again', async () => {
    const desk = new Desk(folder, 3);
    desk.answer = () => failed;
    await desk.shelf.order(definition(1));
    await desk.rest();
    desk.answer = () => taken;
    await desk.shelf.order(definition(1, { order: { digest: 'second', at: '2026-03-01T00:00:00Z', from: 1 } }));
    desk.courier.ordered(idOf(1));
    await desk.rest();
    expect(desk.sent).toEqual([0, 1, 2]);
    expect(desk.waits).toEqual([]);
    expect(desk.view()).toMatchObject({ position: 3, delivered: 2, failures: 0 });
  });

  it('takes no word of a delivery under an earlier order', async () => {
    const desk = new Desk(folder, 2);
    let release: (outcome: Outcome) => void = () => undefined;
    desk.answer = () =>
      new Promise((resolve) => {
        release = resolve;
      });
    await desk.shelf.order(definition(1));
    desk.courier.nudge();
    await until(() => desk.open > 0);
    await desk.shelf.order(definition(1, { order: { digest: 'second', at: '2026-03-01T00:00:00Z', from: 0 } }));
    desk.answer = () => taken;
    release(taken);
    await desk.rest();
    expect(desk.sent).toEqual([0, 0, 1]);
    expect(desk.view()).toMatchObject({ position: 2, delivered: 2 });
  });

  it('goes on where it was after a restart, with what it waits for', async () => {
    const desk = new Desk(folder, 4);
    desk.answer = (message) => (message.id.endsWith('_2') ? failed : taken);
    await desk.shelf.order(definition(1));
    await desk.rest();
    await desk.courier.stop();
    desk.restart();
    await desk.rest();
    expect(desk.sent).toEqual([0, 1, 2]);
    expect(desk.waits).toEqual([5]);
    desk.answer = () => taken;
    await desk.next();
    expect(desk.sent).toEqual([0, 1, 2, 2, 3]);
  });

  it('lets a slow receiver hold up nobody, and no more than a few connections', async () => {
    const desk = new Desk(folder, 3);
    const slow: ((outcome: Outcome) => void)[] = [];
    desk.answer = ({ url }) => (url.includes('//1.') ? new Promise((resolve) => slow.push(resolve)) : taken);
    for (let number = 1; number <= 3 * MOST_AT_ONCE; number++) await desk.shelf.order(definition(number));
    desk.courier.nudge();
    await until(() => desk.sent.length === 3 * (3 * MOST_AT_ONCE - 1));
    expect(desk.mostOpen).toBeLessThanOrEqual(MOST_AT_ONCE);
    desk.answer = () => taken;
    slow[0]!(taken);
    await desk.rest();
    expect(desk.sent).toHaveLength(3 * 3 * MOST_AT_ONCE);
  });

  it('stops while a message is on its way, and tells it again', async () => {
    const desk = new Desk(folder, 1);
    let give: (outcome: Outcome) => void = () => undefined;
    desk.answer = () =>
      new Promise((resolve) => {
        give = resolve;
      });
    await desk.shelf.order(definition(1));
    desk.courier.nudge();
    await until(() => desk.open > 0);
    const stopped = desk.courier.stop();
    give({ kind: 'failed', reason: 'ABORT_ERR' });
    await stopped;
    expect(desk.view()).toMatchObject({ position: 0, failures: 0 });
    desk.answer = () => taken;
    desk.restart();
    await desk.rest();
    expect(desk.view()).toMatchObject({ position: 1, delivered: 1 });
  });

  it('tells each record at least once and in order, whatever fails and however often it is restarted', async () => {
    const step = fc.constantFrom('taken', 'failed', 'restart');
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const own = mkdtempSync(join(folder, 'run-'));
        const desk = new Desk(own, 5);
        await desk.shelf.order(definition(1));
        for (const one of steps) {
          desk.answer = () => (one === 'failed' ? failed : taken);
          if (one === 'restart') {
            await desk.courier.stop();
            desk.restart();
          }
          await desk.rest();
          if (desk.waits.length > 0) await desk.next();
        }
        const order = desk.sent.filter((index, at) => index !== desk.sent[at - 1]);
        expect(order).toEqual(Array.from({ length: order.length }, (_, index) => index));
        if (desk.view().state === 'active' && desk.view().failures === 0 && steps.length > 0)
          expect(desk.view().position).toBe(5);
        await desk.courier.stop();
      }),
      { numRuns: 25 },
    );
  });

  it('says which file is damaged', async () => {
    const desk = new Desk(folder, 1);
    await desk.shelf.order(definition(1));
    const file = join(folder, `${idOf(1)}.json`);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    expect(() => WebhookShelf.open(folder)).toThrow(
      expect.objectContaining({ code: 'STORE_CORRUPT', message: expect.stringContaining(file) as string }) as Error,
    );
  });
});
