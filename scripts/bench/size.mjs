// What grows with the ledger: filing, lists, traces, memory, starts, a projection rebuilt from its blocks.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller, drive } from './load.mjs';
import { placeOf } from './market.mjs';
import { signedBodies } from './records.mjs';
import { startService } from './service.mjs';
import { fine, table, whole } from './table.mjs';

const PER_SUBMISSION = 1000;
/** Submissions that are made and signed before they are sent: memory of this program holds no more. */
const MADE_AT_ONCE = 20;
const ROUNDS = 40;

/** First pages, as people and programs ask for them: name and query. */
function lists() {
  const { uscc, unit } = placeOf(7);
  return [
    ['all, newest first', 'sort=anchored&order=desc'],
    ['all, by business key', 'sort=key'],
    ['of a type, newest first', 'type=sample-receipt&sort=anchored&order=desc'],
    ['of who signed, by key', 'issuer=91140100MA0FAKE2XU&sort=key'],
    ['of a unit and month', `party=${uscc}&unit=${unit}&period=2024-05`],
    ['of a month', 'period=2024-05'],
    ['of a state', 'state=FILED'],
    ['of a type in a state that none has', 'type=sample-receipt&state=WITHDRAWN'],
    ['superseded', 'status=superseded'],
    ['late', 'mark=late'],
    ['since today', `since=${new Date().toISOString().slice(0, 10)}`],
    ['a text that is there', 'text=2024-05'],
    ['a text that is nowhere', 'text=nowhere-to-be-found'],
  ];
}

async function askedTimes(caller, path, headers) {
  const { p50, p99 } = await drive(
    Array.from({ length: ROUNDS }, () => async () => {
      const { status, body } = await caller.call('GET', path, undefined, headers);
      if (status !== 200) throw new Error(`${path}: answer ${status}: ${body.slice(0, 300)}`);
    }),
    1,
  );
  return { p50, p99 };
}

/** Records a second while the ledger grows by so many; making and signing them is not counted. */
async function grow(caller, ledger, post, name, records) {
  let seconds = 0;
  for (let at = 0, part = 0; at < records; at += MADE_AT_ONCE * PER_SUBMISSION, part += 1) {
    const count = Math.ceil(Math.min(MADE_AT_ONCE * PER_SUBMISSION, records - at) / PER_SUBMISSION);
    const bodies = await signedBodies(ledger, `${name}p${part}`, count, PER_SUBMISSION);
    const begun = performance.now();
    await drive(
      bodies.map((body) => () => post(caller, body, 'committed')),
      4,
    );
    seconds += (performance.now() - begun) / 1000;
  }
  return records / seconds;
}

async function heightOf(caller) {
  const { status, body } = await caller.call('GET', '/v1/ledger').catch(() => ({ status: 0, body: '' }));
  return status === 200 ? JSON.parse(body).logSize : 0;
}

/** Starts anew; milliseconds to ready, and to all records there. */
async function started(folder, size) {
  const begun = performance.now();
  const service = await startService(folder);
  const caller = new Caller(service.url);
  const ready = performance.now() - begun;
  while ((await heightOf(caller)) < size) await pause(20);
  const whole = performance.now() - begun;
  const memory = [service.rss(), service.peakRss()];
  caller.close();
  await service.stop();
  return { ready, whole, memory };
}

/**
 * Grows a ledger to each of these sizes and asks it the same each time; then stops it and starts it again, with its projection and without.
 * @param {{folder: string, service: object, caller: Caller, ledger: string, post: Function, trace: {path: string, headers: object}, aims: import('./aims.mjs').Aims, sizes: number[]}} options
 *   the service is stopped by this
 */
export async function atSizes({ folder, service, caller, ledger, post, trace, aims, sizes }) {
  const rows = [];
  const asked = new Map();
  let size = 0;
  const rates = [];
  let slowest = 0;
  let last;
  for (const next of sizes) {
    const rate = await grow(caller, ledger, post, `size${next}`, next - size);
    size = next;
    rates.push(rate);
    slowest = 0;
    const bodies = await signedBodies(ledger, `lone${next}`, 200, 1);
    const lone = await drive(
      bodies.map((body) => () => post(caller, body, 'proven')),
      1,
    );
    const traced = await askedTimes(caller, trace.path, trace.headers);
    last = traced;
    for (const [name, query] of lists()) {
      const { p50, p99 } = await askedTimes(caller, `/v1/records?limit=50&${query}`);
      slowest = Math.max(slowest, p99);
      asked.set(name, [...(asked.get(name) ?? []), `${fine(p50)} / ${fine(p99)}`]);
    }
    rows.push([
      ...[whole(next), whole(rate), fine(lone.p50), fine(lone.p95), fine(traced.p50), fine(traced.p99)],
      ...[whole(service.rss()), whole(service.peakRss())],
    ]);
  }
  aims.above('while growing: records a second at the end, of the beginning', rates.at(-1) / rates[0], 1 / 1.2);
  aims.below('trace of a plant-year: p99 ms', last.p99, 10);
  aims.below('first page of the slowest list: p99 ms', slowest, 20);
  aims.below('memory under load: MiB', service.peakRss(), 600);
  table(
    'Growth',
    [
      'records',
      'records/s while growing',
      'lone proven p50 ms',
      'p95 ms',
      'trace p50 ms',
      'p99 ms',
      'memory MiB',
      'peak MiB',
    ],
    rows,
  );
  table(
    'First pages of 50, p50 / p99 ms',
    ['list', ...sizes.map((one) => `at ${whole(one)}`)],
    [...asked].map(([name, times]) => [name, ...times]),
  );
  const all = await heightOf(caller);
  await service.stop();
  const again = await started(folder, all);
  rmSync(join(folder, 'projection'), { recursive: true, force: true });
  const anew = await started(folder, all);
  aims.below('start: seconds', again.ready / 1000, 3);
  aims.above('projection rebuilt: records a second', (all * 1000) / anew.whole, 20_000);
  const row = (name, { ready, whole: until, memory }) => [
    ...[name, fine(ready / 1000), fine(until / 1000), whole((all * 1000) / until)],
    ...memory.map(whole),
  ];
  table(
    `Started with ${whole(all)} records`,
    ['', 'ready after s', 'all records there after s', 'records a second', 'memory MiB', 'peak MiB'],
    [row('as it was stopped', again), row('without its projection, rebuilt from the blocks', anew)],
  );
}
