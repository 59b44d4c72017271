import { book, record, rulesOf } from '../testing/books';
import type { CompiledRules } from '../compile';
import { screenBook } from '../run-book';

const [exact, near] = [{ figure: 'heatSupply_GJ' }, { figure: 'heatSupply_GJ', within: 'most' }].map((given) =>
  rulesOf({
    checks: [{ each: 'device-batch.*@unit', when: ['/meter = heat'], predicate: 'metered', with: given }],
  }),
);

const batch = (at: number, sum?: string, meter = 'heat'): ReturnType<typeof record> =>
  record({ kind: `device-batch.${String(at)}`, content: { meter }, figures: sum === undefined ? {} : { sum } });
const evidence = record({ figures: { heatSupply_GJ: '100.00' } });

function told(rules: CompiledRules | undefined, ...batches: readonly ReturnType<typeof record>[]): string[] {
  const { findings, counts } = screenBook(rules!, book([evidence, ...batches]));
  const notRun = Object.values(counts).flatMap((count) => Object.keys(count.notRun));
  return [...findings.map(({ at, got, limit }) => `${at.split('/').at(-1) ?? ''}: ${got}, ${limit}`), ...notRun];
}

describe('a month’s figure and its meters', () => {
  it('agree where all meters of the kind together come to it, to the last decimal', () => {
    expect(told(exact, batch(1, '60.00'), batch(2, '40'), batch(3, '7', 'belt-scale'))).toEqual([]);
    expect(told(exact, batch(1, '60.00'), batch(2, '40.01'))).toEqual([
      'monthly-evidence: 100, what its meters read: 100.01',
    ]);
  });

  it('are not compared where a sum is not open to who screens, and that is said', () => {
    expect(told(exact, batch(1, '60.00'), batch(2))).toEqual(['no figure sum of device-batch']);
  });

  it('say nothing where no meter of the kind was read', () => {
    expect(told(exact)).toEqual([]);
  });

  it('have no limit where the rule names one that it has not', () => {
    expect(told(near, batch(1, '60.00'))).toEqual(['most has no value']);
  });
});
