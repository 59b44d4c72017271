import fc from 'fast-check';
import { businessKey } from '../records';
import { firstState } from '../rulebook';
import { citedRecord, type RecordWords } from '../rulebook/testing/bench';
import { believedAt, type VersionedSource } from './as-of';
import type { AnchoredRecord } from './source';

const minute = (at: number): string => new Date(Date.UTC(2025, 0, 1, 0, at)).toISOString().replace('.000Z', 'Z');

function anchored(
  type: Parameters<typeof citedRecord>[0],
  words: RecordWords,
  at: number,
  change: Partial<AnchoredRecord> = {},
): AnchoredRecord {
  const { id, record } = citedRecord(type, words);
  const place = { txId: '', blockNumber: '1', logIndex: at, anchoredAt: minute(at) };
  return { record, id, ...place, status: 'current', state: firstState(record), ...change };
}

/** A ledger with all its versions, and what was asked of it. */
class Versions implements VersionedSource {
  constructor(readonly all: readonly AnchoredRecord[]) {}

  #versions(key: string): AnchoredRecord[] {
    return this.all.filter(({ record }) => businessKey(record) === key);
  }

  head(key: string): Promise<AnchoredRecord | undefined> {
    return Promise.resolve(this.#versions(key).at(-1));
  }

  version(key: string, version: number): Promise<AnchoredRecord | undefined> {
    return Promise.resolve(this.#versions(key).find(({ record }) => record.version === version));
  }

  records(ids: readonly string[]): Promise<readonly (AnchoredRecord | undefined)[]> {
    return Promise.resolve(ids.map((id) => this.all.find((one) => one.id === id)));
  }

  citedBy(id: string): Promise<readonly AnchoredRecord[]> {
    return Promise.resolve(this.all.filter(({ record }) => record.cites.some(({ record: cited }) => cited === id)));
  }
}

/** Versions of one key, each anchored at its minute and replaced by the next. */
function chain(minutes: readonly number[]): AnchoredRecord[] {
  const plain = minutes.map((at, index) => anchored('test-report', { version: index + 1 }, at));
  return plain.map((one, index) => {
    const next = plain[index + 1];
    return next === undefined ? one : { ...one, status: 'superseded', changedBy: next.id };
  });
}

const minutes = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.sort((one, other) => one - other));

describe('the ledger as it was believed', () => {
  it('has the last version that was there, current and untouched, whatever came later', async () => {
    await fc.assert(
      fc.asyncProperty(minutes, fc.integer({ min: 0, max: 41 }), async (ats, now) => {
        const all = chain(ats);
        const key = all[0] ? businessKey(all[0].record) : '';
        const there = all.filter(({ anchoredAt }) => anchoredAt <= minute(now));
        const source = believedAt(new Versions(all), minute(now));
        const head = await source.head(key);
        expect(head?.id).toBe(there.at(-1)?.id);
        if (head === undefined) return;
        expect([head.status, head.state]).toEqual(['current', firstState(head.record)]);
        expect(head).not.toHaveProperty('changedBy');
      }),
    );
  });

  it('gives of many records those that were there, in the order asked for, the replaced ones as replaced', async () => {
    await fc.assert(
      fc.asyncProperty(minutes, fc.integer({ min: 0, max: 41 }), async (ats, now) => {
        const all = chain(ats);
        const there = all.filter(({ anchoredAt }) => anchoredAt <= minute(now)).length;
        const asked = [...all.map(({ id }) => id), `rec:${'0'.repeat(64)}`].reverse();
        const found = await believedAt(new Versions(all), minute(now)).records(asked);
        const expected = all.map((_, at) => (at >= there ? undefined : at === there - 1 ? 'current' : 'superseded'));
        expect(found.map((one) => one?.status)).toEqual([...expected, undefined].reverse());
      }),
    );
  });

  it('is the ledger itself from its last record on', async () => {
    await fc.assert(
      fc.asyncProperty(minutes, async (ats) => {
        const source = new Versions(chain(ats));
        const ids = source.all.map(({ id }) => id);
        expect(await believedAt(source, minute(99)).records(ids)).toEqual(await source.records(ids));
      }),
    );
  });

  it('counts what an earlier ledger anchored from then on', async () => {
    const earlier = { ledger: 'ab'.repeat(32), anchoredAt: minute(3) };
    const one = anchored('test-report', {}, 20, { earlier });
    const at = async (now: number): Promise<unknown> =>
      (await believedAt(new Versions([one]), minute(now)).head(businessKey(one.record)))?.id;
    expect([await at(2), await at(3)]).toEqual([undefined, one.id]);
  });
});

describe('a record that others acted on', () => {
  const plain = citedRecord('test-report', {});
  const acts = [
    anchored('supersession', { kind: 'supersession.test-report', cited: { superseded: [plain] } }, 10),
    anchored('revocation', { kind: 'revocation.test-report', cited: { revoked: [plain] } }, 20),
  ];
  const [opened, withdrawn] = acts;
  const next = anchored('test-report', { version: 2 }, 30);
  const replaced = { status: 'superseded', state: 'WITHDRAWN', changedBy: next.id } as const;
  const report = anchored('test-report', {}, 5, replaced);

  it.each([
    [5, 'current', 'CURRENT', undefined],
    [9, 'current', 'CURRENT', undefined],
    [10, 'open', 'OPEN', opened?.id],
    [19, 'open', 'OPEN', opened?.id],
    [20, 'withdrawn', 'WITHDRAWN', withdrawn?.id],
    [29, 'withdrawn', 'WITHDRAWN', withdrawn?.id],
    [30, 'superseded', 'WITHDRAWN', next.id],
  ])('stood in minute %d as %s', async (now, status, state, changedBy) => {
    for (const order of [acts, [...acts].reverse()]) {
      const source = believedAt(new Versions([report, ...order, next]), minute(now));
      const [found] = await source.records([report.id]);
      expect([found?.status, found?.state, found?.changedBy]).toEqual([status, state, changedBy]);
      const head = await source.head(businessKey(report.record));
      expect(head?.id).toBe(now < 30 ? report.id : next.id);
      if (now < 30) expect(head).toEqual(found);
    }
  });

  it('is left as the ledger has it, and not changed by being looked at', async () => {
    const before = structuredClone(report);
    await believedAt(new Versions([report, ...acts, next]), minute(7)).head(businessKey(report.record));
    expect(report).toEqual(before);
  });
});
