import { quantile } from './load.mjs';
import { bodyOf, kinds, recordsOf, registrations } from './plant-kinds.mjs';

const [power] = kinds;

/** The years of plants, each as its records in the order of filing; every plant's parties are registered beforehand. */
async function plantYears({ ledger, msps, rules, plants, from, post }) {
  const copies = Array.from({ length: plants }, (_, index) => power.copy(from + index));
  const parties = [...(from === 0 ? [power.city] : []), ...copies.map(({ own }) => own)];
  for (const body of await registrations(ledger, msps, parties)) await post(body);
  return copies.map(({ plan }) => recordsOf(power, plan, rules));
}

/** Chains of submissions, one a plant, each record behind the last. */
export async function mixedLoad(market) {
  const chains = [];
  for (const records of await plantYears(market))
    chains.push(await Promise.all(records.map((built) => bodyOf(market.ledger, built))));
  return { chains };
}

const MONTH = /^\d{4}-\d{2}$/;

/** Records that a record of a plant waits for: those of its month before it, or of a year's end all before it. */
function waitsFor(records, at) {
  const { period } = records[at].record.subject;
  const others = (one) => MONTH.test(period) && MONTH.test(one) && one !== period;
  const before = records.slice(0, at).filter(({ record }) => !others(record.subject.period));
  return before.map(({ id }) => id);
}

/**
 * The same kind of load, filed type by type: waves of records of one type, each behind what its records wait for.
 * @returns {Promise<{type: string, bodies: string[]}[]>} in the order of filing
 */
export async function typedLoad(market) {
  const years = await plantYears(market);
  let left = years.flatMap((records) => records.map((built, at) => ({ built, before: waitsFor(records, at) })));
  const filed = new Set();
  const waves = [];
  while (left.length > 0) {
    const ready = left.filter(({ before }) => before.every((id) => filed.has(id)));
    const type = commonest(ready.map(({ built }) => built.record.type));
    const wave = ready.filter(({ built }) => built.record.type === type);
    for (const { built } of wave) filed.add(built.id);
    left = left.filter(({ built }) => !filed.has(built.id));
    waves.push({ type, bodies: await Promise.all(wave.map(({ built }) => bodyOf(market.ledger, built))) });
  }
  return waves;
}

function counted(names) {
  const counts = new Map();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

const commonest = (names) => counted(names)[0][0];

/** Drives waves of one type each; by type, how many there were and how many seconds they took. */
export async function driveTypes(waves, concurrency, post) {
  const types = new Map();
  for (const { type, bodies } of waves) {
    const chains = bodies.map((body) => [body]);
    const { count, seconds } = await driveChains(chains, concurrency, post);
    const before = types.get(type) ?? { count: 0, seconds: 0 };
    types.set(type, { count: before.count + count, seconds: before.seconds + seconds });
  }
  return types;
}

/** Runs chains, `concurrency` of them side by side; the rate of the first and of the second half tells growth. */
export async function driveChains(chains, concurrency, post) {
  const ends = [];
  const times = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < chains.length; index = next++)
      for (const body of chains[index]) {
        const begun = performance.now();
        await post(body);
        times.push(performance.now() - begun);
        ends.push(performance.now());
      }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  const half = Math.floor(ends.length / 2);
  const rate = (count, start, end) => (count * 1000) / (end - start);
  times.sort((a, b) => a - b);
  return {
    count: ends.length,
    seconds: (ends.at(-1) - begun) / 1000,
    perSecond: rate(ends.length, begun, ends.at(-1)),
    halves: [rate(half, begun, ends[half - 1]), rate(ends.length - half, ends[half - 1], ends.at(-1))],
    times,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
  };
}
