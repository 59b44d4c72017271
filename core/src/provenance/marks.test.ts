import fc from 'fast-check';
import type { PartyKey } from '../rulebook';
import { recordOf } from '../rulebook/testing/bench';
import { believedAt, type VersionedSource } from './as-of';
import { isMarked, marksOf, type Freeze, type MarkFacts } from './marks';
import { markNames } from './names';
import type { AnchoredRecord } from './source';

const issuer = '91140100MA0FAKE2XU';
const keyId = `0x${'1'.repeat(40)}`;
const key = { id: keyId, compromisedSince: '2025-02-01T00:00:00Z' } as PartyKey;
const by = '11140000MB0FAKE14J/-/2025/inspection.1';
const nothing: MarkFacts = {
  signedWith: () => Promise.resolve(keyId),
  keysOf: () => Promise.resolve([]),
  lateDays: () => Promise.resolve(undefined),
  endedInputs: () => Promise.resolve([]),
  doubtedInputs: () => Promise.resolve([]),
  freezes: () => Promise.resolve([]),
  findings: () => Promise.resolve([]),
  frozenNumbers: () => Promise.resolve([]),
};

function anchored(
  anchoredAt: string,
  logIndex = 5,
  content = {},
  type: 'test-report' | 'ccer-lot' | 'ccer-freeze' | 'finding' | 'closure' | 'parameter' = 'test-report',
): AnchoredRecord {
  const record = recordOf(type, { issuer, content });
  const place = { id: `rec:${'a'.repeat(64)}`, txId: '', blockNumber: '1', logIndex, anchoredAt };
  return { record, ...place, status: 'current', state: 'CURRENT' };
}

const frozenAt = (from: number, until?: number): Freeze => ({
  inspection: by,
  from: { logIndex: from, anchoredAt: `2025-01-${String(from).padStart(2, '0')}T00:00:00Z` },
  ...(until === undefined
    ? {}
    : { until: { logIndex: until, anchoredAt: `2025-01-${String(until).padStart(2, '0')}T00:00:00Z` } }),
});
const holding = (...freezes: Freeze[]): MarkFacts => ({ ...nothing, freezes: () => Promise.resolve(freezes) });

it('marks nothing of which there is nothing to say', async () => {
  expect(await marksOf(anchored('2025-03-01T00:00:00Z'), nothing)).toEqual([]);
});

it.each([
  ['2025-01-31T23:59:59Z', undefined, []],
  ['2025-02-01T00:00:00Z', undefined, ['key-compromised']],
  // What an earlier ledger had before counts by that.
  ['2025-03-01T00:00:00Z', '2025-01-01T00:00:00Z', []],
])('holds what was anchored at %s (first at %s) to the instant of the key', async (at, first, expected) => {
  const one = { ...anchored(at), ...(first === undefined ? {} : { earlier: { ledger: 'e', anchoredAt: first } }) };
  const facts = { ...nothing, keysOf: () => Promise.resolve([key]) };
  expect((await marksOf(one, facts)).map(({ mark }) => mark)).toEqual(expected);
  const other = { ...facts, signedWith: () => Promise.resolve('0xother') };
  expect(await marksOf(one, other)).toEqual([]);
});

it.each([
  ['before its opening', 5, frozenAt(7), ['frozen']],
  ['while it is held', 9, frozenAt(7), ['filed-while-frozen']],
  ['before one that was closed', 5, frozenAt(7, 12), []],
  ['inside one that was closed', 9, frozenAt(7, 12), ['filed-while-frozen']],
  ['after its end', 13, frozenAt(7, 12), []],
])('tells what was anchored %s', async (_when, logIndex, freeze, expected) => {
  const found = await marksOf(anchored('2025-01-01T00:00:00Z', logIndex), holding(freeze));
  expect(found.map(({ mark }) => mark)).toEqual(expected);
});

it('tells numbers that are kept for one use, of what holds numbers, and not of what keeps them', async () => {
  const facts = { ...nothing, frozenNumbers: () => Promise.resolve([by, by]) };
  const numbers = { serialFrom: 'FIC-A-1', serialTo: 'FIC-A-9' };
  const at = '2025-01-01T00:00:00Z';
  expect(await marksOf(anchored(at, 5, numbers, 'ccer-lot'), facts)).toEqual([{ mark: 'numbers-frozen', by }]);
  expect(await marksOf(anchored(at, 5, numbers, 'ccer-freeze'), facts)).toEqual([]);
  expect(await marksOf(anchored(at, 5, { ...numbers, serialTo: 'x' }, 'ccer-lot'), facts)).toEqual([]);
});

it('tells as of an instant only what was known then', async () => {
  const late = () => Promise.resolve(3);
  const facts = { ...holding(frozenAt(7, 12), frozenAt(20)), keysOf: () => Promise.resolve([key]), lateDays: late };
  const none = (): Promise<undefined> => Promise.resolve(undefined);
  const source: VersionedSource = {
    ...{ head: none, version: none, citedBy: () => Promise.resolve([]), records: () => Promise.resolve([]) },
    marking: facts,
  };
  const one = anchored('2025-03-01T00:00:00Z', 5);
  const at = async (instant: string): Promise<string[]> => {
    const { marking } = believedAt(source, instant);
    return marking === undefined ? [] : (await marksOf(one, marking)).map(({ mark }) => mark);
  };
  expect((await marksOf(one, facts)).map(({ mark }) => mark)).toEqual(['late', 'key-compromised', 'frozen']);
  expect(await at('2025-01-01T00:00:00Z')).toEqual(['late']);
  // Held then, and let go since.
  expect(await at('2025-01-08T00:00:00Z')).toEqual(['late', 'frozen']);
  expect(await at('2025-01-13T00:00:00Z')).toEqual(['late']);
});

it('tells one mark as all of them together do, whatever there is to say', async () => {
  const facts = (
    late: boolean,
    lost: boolean,
    from: number | undefined,
    until: number | undefined,
    kept: boolean,
  ): MarkFacts => ({
    ...nothing,
    lateDays: () => Promise.resolve(late ? 3 : undefined),
    keysOf: () => Promise.resolve(lost ? [key] : []),
    freezes: () => Promise.resolve(from === undefined ? [] : [frozenAt(from, until)]),
    frozenNumbers: () => Promise.resolve(kept ? [by] : []),
  });
  const lot = { serialFrom: 'CCER-1', serialTo: 'CCER-9' };
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
      fc.option(fc.integer({ min: 10, max: 12 }), { nil: undefined }),
      fc.boolean(),
      async (late, lost, from, until, kept) => {
        const one = anchored('2025-03-01T00:00:00Z', 5, lot, 'ccer-lot');
        const held = facts(late, lost, from, until, kept);
        const all = (await marksOf(one, held)).map(({ mark }) => mark);
        for (const name of markNames)
          expect([name, await isMarked(one, name, held)]).toEqual([name, all.includes(name)]);
      },
    ),
    { numRuns: 60 },
  );
});

it('asks of a ledger only what the mark is told by', async () => {
  const refuse = (): never => {
    throw new Error('not asked for');
  };
  const only: MarkFacts = {
    signedWith: refuse,
    keysOf: refuse,
    freezes: refuse,
    findings: refuse,
    frozenNumbers: refuse,
    endedInputs: refuse,
    doubtedInputs: refuse,
    lateDays: () => Promise.resolve(1),
  };
  expect(await isMarked(anchored('2025-03-01T00:00:00Z'), 'late', only)).toBe(true);
});

it('tells as of an instant which findings about a record were open then, and asks of no rule', async () => {
  const finding: AnchoredRecord = {
    ...anchored('2025-01-05T00:00:00Z', 5, {}, 'finding'),
    ...{ id: `rec:${'f'.repeat(64)}`, state: 'CLOSED', changedBy: `rec:${'c'.repeat(64)}` },
  };
  const closure = { ...anchored('2025-01-20T00:00:00Z', 9, {}, 'closure'), id: `rec:${'c'.repeat(64)}` };
  const none = (): Promise<undefined> => Promise.resolve(undefined);
  const asked: string[] = [];
  const one = anchored('2025-01-01T00:00:00Z', 1);
  const source: VersionedSource = {
    ...{ head: none, version: none, marking: nothing },
    records: (ids) => Promise.resolve(ids.map((id) => (id === closure.id ? closure : undefined))),
    citedBy: (id) => Promise.resolve(asked.push(id) > 0 && id === one.id ? [finding] : []),
  };
  const at = async (instant: string, record = one): Promise<string[]> =>
    (await marksOf(record, believedAt(source, instant).marking ?? nothing)).map(({ mark }) => mark);
  expect(await at('2025-01-04T23:59:59Z')).toEqual([]);
  expect(await at('2025-01-05T00:00:00Z')).toEqual(['under-finding']);
  expect(await at('2025-01-19T23:59:59Z')).toEqual(['under-finding']);
  expect(await at('2025-01-20T00:00:00Z')).toEqual([]);
  asked.length = 0;
  await at('2025-01-10T00:00:00Z', { ...anchored('2025-01-01T00:00:00Z', 1, {}, 'parameter'), id: one.id });
  expect(asked).toEqual([]);
});

describe('what rests on something that does not stand', () => {
  const at = '2025-03-01T00:00:00Z';
  const input = (name: string): { id: string; key: string } => ({ id: `rec:${name.repeat(64)}`, key: `${by}/${name}` });
  const resting = (...names: string[]): MarkFacts => ({
    ...nothing,
    endedInputs: () => Promise.resolve(names.map(input)),
  });

  it('names the first of them, and how many more there are', async () => {
    expect(await marksOf(anchored(at), resting('b'))).toEqual([{ mark: 'input-withdrawn', by: `${by}/b` }]);
    expect(await marksOf(anchored(at), resting('b', 'c', 'd'))).toEqual([
      { mark: 'input-withdrawn', by: `${by}/b`, others: 2 },
    ]);
  });

  it.each(['open', 'superseded', 'withdrawn'] as const)('is no matter of what is %s itself', async (status) => {
    expect(await marksOf({ ...anchored(at), status }, resting('b'))).toEqual([]);
  });

  it('is nothing as of an instant at which it stood', async () => {
    const withdrawn = {
      ...anchored('2025-01-01T00:00:00Z'),
      ...input('b'),
      status: 'withdrawn',
      state: 'WITHDRAWN',
    } as const;
    const revocation = { ...anchored('2025-02-01T00:00:00Z'), id: `rec:${'e'.repeat(64)}` };
    const all = [{ ...withdrawn, changedBy: revocation.id }, revocation];
    const source: VersionedSource = {
      head: () => Promise.resolve(undefined),
      version: () => Promise.resolve(undefined),
      citedBy: () => Promise.resolve([]),
      records: (ids) => Promise.resolve(ids.map((id) => all.find((one) => one.id === id))),
      marking: resting('b'),
    };
    const told = async (instant: string): Promise<number> => {
      const { marking } = believedAt(source, instant);
      return marking === undefined ? -1 : (await marking.endedInputs('')).length;
    };
    expect(await told('2025-01-31T23:59:59Z')).toBe(0);
    expect(await told('2025-02-01T00:00:00Z')).toBe(1);
  });
});
