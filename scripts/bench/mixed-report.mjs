import { driveChains, driveTypes, mixedLoad, typedLoad } from './mixed.mjs';
import { kinds, rulesOf } from './plant-kinds.mjs';
import { fine, table, whole } from './table.mjs';

/**
 * All types of plants' years with reviews and returned months, mixed as they come and then type by type.
 * @param {{client: object, ledger: string, organisation: string, send: (body: string) => Promise<void>, scale: number}} options
 */
export async function measureMixed({ client, ledger, organisation, send, scale }) {
  const plants = 16 * scale;
  const concurrency = 16;
  const rules = await rulesOf(client, kinds[0]);
  const market = { ledger, msps: [organisation], rules, post: send };
  const { chains: warm } = await mixedLoad({ ...market, plants: 4, from: 0 });
  await driveChains(warm, concurrency, send);
  const { chains: before } = await mixedLoad({ ...market, plants, from: 4 });
  const waves = await typedLoad({ ...market, plants, from: 4 + plants });
  const { chains: after } = await mixedLoad({ ...market, plants, from: 4 + 2 * plants });
  const runs = [await driveChains(before, concurrency, send)];
  const types = await driveTypes(waves, concurrency, send);
  runs.push(await driveChains(after, concurrency, send));
  const [count, alone] = ['count', 'seconds'].map((of) => [...types.values()].reduce((sum, one) => sum + one[of], 0));
  const rows = runs.map(({ count: some, perSecond, p50, p95, halves }) => [
    ...['mixed', some, whole(perSecond), fine(p50), fine(p95)],
    ...halves.map(whole),
  ]);
  table(
    `Mixed market load, one record a submission, ${String(plants)} plants, concurrency ${String(concurrency)}`,
    ['load', 'submissions', 'per second', 'p50 ms', 'p95 ms', 'first half', 'second half'],
    [rows[0], ['as many, type by type', count, whole(count / alone), '–', '–', '–', '–'], rows[1]],
  );
  table(
    'of these types, each alone',
    ['type', 'records', 'per second'],
    [...types]
      .sort(([, a], [, b]) => b.count - a.count)
      .map(([type, { count, seconds }]) => [type, count, whole(count / seconds)]),
  );
  const both = (2 * count) / runs.reduce((sum, { seconds }) => sum + seconds, 0);
  console.log(`mixed, of the same records type by type: ${fine((both * alone) / count)} (aim: 0.8 to 1.2)`);
}
