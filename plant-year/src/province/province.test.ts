import {
  screenBooks,
  shelvedScreening,
  type Remembered,
  type ScreeningMemory,
  type ScreeningRun,
} from '@carbon-ledger/core';
import { frauds, Province } from '.';

const rules = shelvedScreening();
const scope = { of: 'region', code: '14', year: '2024' } as const;

function screened(province: Province, memory?: ScreeningMemory): Promise<ScreeningRun> {
  return screenBooks({ rules, scope, books: () => province.sources(), ...(memory ? { memory } : {}) });
}

function kept(): ScreeningMemory {
  const known = new Map<string, string>();
  return {
    get: (uscc) => Promise.resolve(known.has(uscc) ? (JSON.parse(known.get(uscc) ?? '') as Remembered) : undefined),
    set: (uscc, one) => Promise.resolve(void known.set(uscc, JSON.stringify(one))),
  };
}

describe('a generated province', () => {
  const cheating = new Province({ seed: 3, plants: 2 * frauds().length, every: 1 });
  let run: ScreeningRun;

  beforeAll(async () => {
    run = await screened(cheating);
  });

  it('has every kind of fraud planted twice', () => {
    const kinds = cheating.planted().map(({ fraud }) => fraud.kind);
    expect(kinds.sort()).toEqual(
      frauds()
        .flatMap(({ kind }) => [kind, kind])
        .sort(),
    );
  });

  it.each(frauds())('is told $kind ($like)', ({ kind, rules: expected }) => {
    const cases = cheating.planted().filter(({ fraud }) => fraud.kind === kind);
    const missed = cases.filter(
      ({ keys }) =>
        !run.result.findings.some(
          ({ rule, touches }) =>
            expected.includes(rule) && touches.some((one) => keys.includes(one.split('#')[0] ?? '')),
        ),
    );
    expect(missed.map(({ plant }) => plant)).toEqual([]);
  });
});

describe('screening a province again', () => {
  const seed = 5;

  it('gives the same digest, with and without what the run before left, and looks at nothing anew', async () => {
    const memory = kept();
    const first = await screened(new Province({ seed, plants: 2 }), memory);
    const second = await screened(new Province({ seed, plants: 2 }), memory);
    const alone = await screened(new Province({ seed, plants: 2 }));
    expect([second.digest, alone.digest]).toEqual([first.digest, first.digest]);
    expect([first.looked, second.looked, alone.looked]).toEqual([2, 0, 2]);
  });

  it('tells one record that changed, and the same as a run over everything', async () => {
    const memory = kept();
    await screened(new Province({ seed, plants: 2 }), memory);
    const changed = (): Province => new ChangedProvince({ seed, plants: 2 });
    const again = await screened(changed(), memory);
    const whole = await screened(changed());
    expect(again.digest).toBe(whole.digest);
    expect(again.result.findings.some(({ rule }) => rule === 'R-X07')).toBe(true);
  });
});

/** The first plant of this one ran for longer than its month has hours. */
class ChangedProvince extends Province {
  override book(index: number): ReturnType<Province['book']> {
    const book = super.book(index);
    if (index !== 0) return book;
    const records = book.records.map((record) =>
      record.key.endsWith('/U1/2024-05/monthly-evidence')
        ? { ...record, figures: new Map([...record.figures, ['operatingHours_h', '800.00']]) }
        : record,
    );
    return { ...book, records };
  }

  override *sources(): ReturnType<Province['sources']> {
    for (const source of super.sources()) yield { ...source, digest: `${source.digest} changed` };
  }
}
