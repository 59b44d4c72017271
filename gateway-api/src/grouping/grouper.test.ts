import fc from 'fast-check';
import type { LedgerRecord } from '@carbon-ledger/core';
import { prepareSubmission, type PreparedSubmission } from '../submissions/prepared';
import { enterprise, lab, sampleReceipt, signedBy } from '../testing/trial-world';
import { DEFAULT_LIMITS, Grouper, type GroupLimits } from './grouper';
import type { Outcome } from './outcome';
import { Locks, touchedBy } from './touched';

const failed: Outcome = { state: 'unknown', txId: '', later: new Promise(() => undefined) };

async function prepared(unit: string, month: string): Promise<PreparedSubmission> {
  const { submission, figures } = await signedBy(
    lab,
    'ab'.repeat(32),
    [sampleReceipt(unit, month)],
    '2026-01-01T00:00:00Z',
  );
  return prepareSubmission(submission, figures);
}

/** A ledger that holds every transaction until it is told to let one go. */
class HeldLedger {
  readonly sent: (readonly PreparedSubmission[])[] = [];
  readonly #open: (() => void)[] = [];

  readonly send = async (group: readonly PreparedSubmission[]): Promise<ReadonlyMap<string, Outcome>> => {
    this.sent.push(group);
    await new Promise<void>((resolve) => this.#open.push(resolve));
    return new Map(group.map(({ id }) => [id, failed]));
  };

  async letGo(): Promise<void> {
    this.#open.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function grouperOn(ledger: HeldLedger, limits: Partial<GroupLimits> = {}): Grouper {
  return new Grouper(ledger.send, { ...DEFAULT_LIMITS, ...limits }, (task) => setImmediate(task));
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the grouper', () => {
  it('sends a lone submission at once', async () => {
    const ledger = new HeldLedger();
    void grouperOn(ledger).submit(await prepared('A', '2024-01'));
    await turn();
    expect(ledger.sent.map(({ length }) => length)).toEqual([1]);
  });

  it('puts what arrives meanwhile into the next transaction, in order', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger);
    const all = await Promise.all(['A', 'B', 'C', 'D'].map((unit) => prepared(unit, '2024-01')));
    void grouper.submit(all[0]!);
    await turn();
    for (const one of all.slice(1)) void grouper.submit(one);
    await ledger.letGo();
    await turn();
    expect(ledger.sent.map((group) => group.map(({ id }) => id))).toEqual([
      [all[0]!.id],
      all.slice(1).map(({ id }) => id),
    ]);
  });

  it('keeps to its limits of records and bytes, and still sends what is larger than they are', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger, { maxRecords: 2, maxBytes: 1 });
    for (const unit of ['A', 'B']) void grouper.submit(await prepared(unit, '2024-01'));
    await turn();
    await ledger.letGo();
    await turn();
    expect(ledger.sent.map(({ length }) => length)).toEqual([1, 1]);
  });

  it('sends a crowd, or a few large ones, while others are on their way; fewer wait', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger, { crowd: 3, maxRecords: 4 });
    const submit = async (unit: string, months: readonly string[]): Promise<void> => {
      const records = months.map((month) => sampleReceipt(unit, month));
      const { submission, figures } = await signedBy(lab, 'ab'.repeat(32), records, '2026-01-01T00:00:00Z');
      void grouper.submit(prepareSubmission(submission, figures));
      await turn();
    };
    await submit('A', ['2024-01']);
    await submit('B', ['2024-01']);
    expect(ledger.sent).toHaveLength(1);
    await submit('C', ['2024-01']);
    expect(ledger.sent.map(({ length }) => length)).toEqual([1, 2]);
    for (const unit of ['D', 'E']) await submit(unit, ['2024-01']);
    expect(ledger.sent.map(({ length }) => length)).toEqual([1, 2, 2]);
  });

  it('sends as many as are on their way, the more there are the more, up to a bound', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger, { crowd: 1, mostCrowd: 3, maxInFlight: 9 });
    for (const unit of 'ABCDEFGHIJK') {
      void grouper.submit(await prepared(unit, '2024-01'));
      await turn();
    }
    expect(ledger.sent.map(({ length }) => length)).toEqual([1, 1, 2, 3, 3]);
  });

  it('never has two transactions in flight that touch the same heads', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger, { crowd: 1 });
    void grouper.submit(await prepared('A', '2024-01'));
    await turn();
    void grouper.submit(await prepared('A', '2024-02'));
    void grouper.submit(await prepared('B', '2024-01'));
    await turn();
    expect(ledger.sent.map((group) => group.map(({ submission }) => submission.records[0]!.subject.unit))).toEqual([
      ['A'],
      ['B'],
    ]);
    await ledger.letGo();
    await turn();
    expect(ledger.sent).toHaveLength(3);
  });

  it('turns away what it cannot hold', async () => {
    const ledger = new HeldLedger();
    const grouper = grouperOn(ledger, { maxWaiting: 1 });
    void grouper.submit(await prepared('A', '2024-01'));
    await expect(grouper.submit(await prepared('B', '2024-01'))).rejects.toMatchObject({ code: 'NOT_READY' });
  });
});

describe('locks', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const touched = fc.record({ writes: fc.array(name), reads: fc.array(name) }).map(({ writes, reads }) => ({
    writes: new Set(writes),
    reads: new Set(reads),
  }));

  it('conflict exactly where one writes what the other writes or reads', () => {
    fc.assert(
      fc.property(fc.array(touched), touched, (held, wanted) => {
        const locks = new Locks();
        for (const one of held) locks.take(one);
        const clash = held.some(
          (one) =>
            [...wanted.writes].some((key) => one.writes.has(key) || one.reads.has(key)) ||
            [...wanted.reads].some((key) => one.writes.has(key)),
        );
        expect(locks.conflictsWith(wanted)).toBe(clash);
        for (const one of held) locks.release(one);
        expect(locks.conflictsWith(wanted)).toBe(false);
      }),
    );
  });

  it('name the bucket of the record, of what it cites, and the party that signs', () => {
    const { record } = sampleReceipt('U1');
    const citing: LedgerRecord = {
      ...record,
      cites: [{ role: 'x', record: `rec:${'0'.repeat(64)}`, key: `${enterprise}/U2/2024/annual-report` }],
    };
    const { writes, reads } = touchedBy({ party: lab, records: [citing] } as never);
    expect([...writes]).toEqual([`${enterprise}/U1/2024`]);
    expect([...reads].sort()).toEqual([`${enterprise}/U2/2024`, `party/${enterprise}`, `party/${lab}`].sort());
  });
});
