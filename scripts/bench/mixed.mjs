import { quantile } from './load.mjs';
import { bodyOf, kinds, recordsOf, registrations } from './plant-kinds.mjs';

const [power] = kinds;

/** Chains of submissions, one a plant, each record behind the last; every plant's parties are registered beforehand. */
export async function mixedLoad({ ledger, msps, rules, plants, from, post }) {
  const copies = Array.from({ length: plants }, (_, index) => power.copy(from + index));
  const parties = [...(from === 0 ? [power.city] : []), ...copies.map(({ own }) => own)];
  for (const body of await registrations(ledger, msps, parties)) await post(body);
  const chains = [];
  const types = new Map();
  for (const { plan } of copies) {
    const records = recordsOf(power, plan, rules);
    for (const { record } of records) types.set(record.type, (types.get(record.type) ?? 0) + 1);
    chains.push(await Promise.all(records.map((built) => bodyOf(ledger, built))));
  }
  return { chains, types };
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
