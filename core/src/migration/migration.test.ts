import { TypedDataEncoder } from 'ethers';
import fc from 'fast-check';
import {
  migrationDigest,
  migrationTypes,
  openMigration,
  parseEarlierTransaction,
  submissionDomain,
  takeBatch,
  type BuiltRecord,
  type Founding,
  type ImportBatch,
  type MigrationStatement,
} from '..';
import { trialNationalAuthority, trialPartyRecord, trialSigner } from '../../../plant-year/src/trial';
import {
  earlierId,
  EarlierWorld,
  founder,
  newId,
  then,
  type RawTransaction,
} from '../../../test/support/earlier-ledger';
import { build, lab, msp, sign, TrialWorld } from '../../../test/support/trial-world';
import { emptyView, OverlayView, type StateWrites } from '../state';

const now = '2026-11-21T08:00:10Z';
const facts = { ledger: newId, msp, time: now };

let earlier: EarlierWorld;
beforeAll(async () => {
  earlier = await EarlierWorld.open();
});

function emptyState(): OverlayView {
  return new OverlayView(emptyView);
}

async function open(change: Partial<MigrationStatement> = {}, world = earlier): Promise<Founding> {
  return openMigration(facts, await world.statement(change), world.founderProof());
}

/** Brings batches in that end behind these transactions, and gives ledger and state. */
async function importUntil(
  ends: readonly number[],
  options: { world?: EarlierWorld; transactions?: readonly RawTransaction[]; figures?: ImportBatch['figures'] } = {},
): Promise<{ ledger: Founding; writes: StateWrites }> {
  const { world = earlier } = options;
  const { transactions = world.transactions, figures = world.figures } = options;
  const state = emptyState();
  let ledger = await open({}, world);
  let from = 0;
  for (const end of ends) {
    const batch: ImportBatch = {
      transactions: transactions.slice(from, end).map(parseEarlierTransaction),
      figures,
      context: world.context,
      now,
    };
    const first = Number(ledger.earlier?.progress?.records.size ?? -1);
    const taken = await takeBatch(ledger, first, batch, world.proof(Math.min(end, world.transactions.length)), state);
    state.absorb(taken.view);
    ledger = taken.ledger;
    from = end;
  }
  return { ledger, writes: state.writes() };
}

const plain = (writes: StateWrites): unknown =>
  Object.fromEntries([...writes].map(([key, bytes]) => [key, bytes && Buffer.from(bytes).toString('utf8')]));

const withCode = (code: string): Error => expect.objectContaining({ code }) as Error;

describe('a migration statement', () => {
  it('is signed over the digest that wallets compute', async () => {
    const statement = await earlier.statement({ organisations: { [msp]: ['RegulatorMSP'] } });
    const { earlier: named, organisations } = statement;
    const digest = TypedDataEncoder.hash(
      { ...submissionDomain, salt: `0x${newId}` },
      { Migration: [...migrationTypes.Migration] },
      {
        founder,
        earlierLedger: `0x${earlierId}`,
        logKey: named.logKey,
        checkpoint: named.checkpoint.split('\n\n')[0]! + '\n',
        transactions: named.transactions,
        transactionsRoot: `0x${named.transactionsRoot}`,
        organisations: JSON.stringify(organisations),
        signedAt: Date.parse(statement.signedAt) / 1000,
      },
    );
    expect(`0x${Buffer.from(migrationDigest(statement)).toString('hex')}`).toBe(digest);
  });

  it('opens a ledger of the same founder, under its record of the earlier one', async () => {
    const ledger = await open();
    expect(ledger).toMatchObject({ ledgerId: newId, founder, record: earlier.records[0]?.id });
    expect(ledger.earlier?.progress?.records.size).toBe('0');
  });

  const forged: readonly (readonly [string, () => Promise<readonly [unknown, unknown?]>, string])[] = [
    ['by another key', async () => [await earlier.statement({}, trialSigner(lab.uscc))], 'KEY_UNKNOWN'],
    [
      'with a signature of another statement',
      async () => {
        const { signature } = await earlier.statement({ organisations: { [msp]: ['OtherMSP'] } });
        return [{ ...(await earlier.statement()), signature }];
      },
      'SIGNATURE_INVALID',
    ],
    ['for another ledger', async () => [await earlier.statement({ ledger: 'ab'.repeat(32) })], 'WRONG_LEDGER'],
    [
      'that takes the ledger over into itself',
      async () => [await earlier.statement({ earlier: { ...earlier.ledger, ledger: newId } })],
      'BAD_STATEMENT',
    ],
    [
      'by a party that did not found it',
      async () => {
        const at = earlier.records.findIndex(({ record }) => record.subject.uscc === lab.uscc);
        const statement = await earlier.statement({ founder: lab.uscc }, trialSigner(lab.uscc));
        return [statement, earlier.founderProof(at)];
      },
      'BAD_STATEMENT',
    ],
    [
      'with a founder that the log does not hold',
      async () => {
        const other = trialPartyRecord({ ...trialNationalAuthority, name: 'other' }, founder, [msp]);
        return [await earlier.statement(), { ...earlier.founderProof(), record: other.record }];
      },
      'INCLUSION_INVALID',
    ],
    [
      'with a checkpoint that another log signed',
      async () => {
        const checkpoint = earlier.ledger.checkpoint.replace(earlierId, 'ab'.repeat(32));
        return [await earlier.statement({ earlier: { ...earlier.ledger, checkpoint } })];
      },
      'CHECKPOINT_ORIGIN_MISMATCH',
    ],
    ['from long ago', async () => [await earlier.statement({ signedAt: then(0) })], 'SIGNED_TIME_OUT_OF_RANGE'],
    ['that is no statement', () => Promise.resolve([{ schema: 'carbon-ledger/migration/v1' }]), 'BAD_STATEMENT'],
  ];
  it.each(forged)('is refused %s', async (_, make, code) => {
    const [statement, proof = earlier.founderProof()] = await make();
    expect(() => openMigration(facts, statement, proof)).toThrow(withCode(code));
  });

  it('says which organisations stand for those of the earlier ledger', async () => {
    const elsewhere = { ...facts, msp: 'RegulatorMSP' };
    const named = await earlier.statement({ organisations: { [msp]: ['RegulatorMSP'] } });
    expect(openMigration(elsewhere, named, earlier.founderProof()).earlier?.organisations).toEqual({
      [msp]: ['RegulatorMSP'],
    });
    const silent = await earlier.statement();
    expect(() => openMigration(elsewhere, silent, earlier.founderProof())).toThrow(withCode('WRONG_MSP'));
  });
});

describe('an import', () => {
  it('gives the same state, however it is split into batches', async () => {
    const count = earlier.transactions.length;
    const whole = await importUntil([count]);
    expect(whole.ledger.earlier?.progress).toBeNull();
    expect([...whole.writes.keys()].filter((key) => key.startsWith('head/'))).toHaveLength(7);
    const splits = fc.subarray(Array.from({ length: count - 1 }, (_, index) => index + 1));
    await fc.assert(
      fc.asyncProperty(splits, async (ends) => {
        const split = await importUntil([...ends, count]);
        expect(plain(split.writes)).toEqual(plain(whole.writes));
        expect(split.ledger).toEqual(whole.ledger);
      }),
      { numRuns: 12 },
    );
  });

  it('judges with keys as they were registered then', async () => {
    const world = await EarlierWorld.open();
    const ended = trialPartyRecord(lab, founder, [msp]);
    const { keys, ...content } = ended.record.content as { keys: { validTo: string | null }[] };
    const closed = keys.map((key) => ({ ...key, validTo: then(6) }));
    const draft = { type: 'party' as const, issuer: founder, subject: ended.record.subject, version: 2 };
    await world.anchor([build({ ...draft, content: { ...content, keys: closed } })]);
    const late = new TrialWorld().receipt('2024-02');
    const all = await importUntil([world.transactions.length], { world });
    expect(all.ledger.earlier?.progress).toBeNull();
    world.transactions.push({
      ...world.transactions[2]!,
      time: then(8),
      submissions: [await sign([late], { ledger: earlierId, signedAt: then(8) })],
    });
    world.records.push(late);
    await expect(importUntil([world.transactions.length], { world })).rejects.toMatchObject({ code: 'KEY_NOT_VALID' });
  });

  const tampered: readonly (readonly [string, (all: RawTransaction[]) => readonly RawTransaction[]])[] = [
    ['left out', (all) => all.filter((_, index) => index !== 2)],
    ['swapped', ([a, b, c, d, e]) => [a!, b!, d!, c!, e!]],
    ['doubled', ([a, b, ...rest]) => [a!, b!, b!, ...rest]],
    ['another time', ([a, b, c, ...rest]) => [a!, b!, { ...c!, time: then(3) }, ...rest]],
    ['another block', ([a, b, c, ...rest]) => [a!, b!, { ...c!, blockNumber: '9' }, ...rest]],
    [
      'submissions in another order',
      ([a, b, c, ...rest]) => [a!, b!, { ...c!, submissions: [...c!.submissions].reverse() }, ...rest],
    ],
    [
      'an edited record',
      ([a, b, c, ...rest]) => {
        const [one, ...others] = c!.submissions;
        const [record, ...records] = one!.records;
        const edited = { ...record!, content: { ...record!.content, boiler: '循环流化床' } };
        return [a!, b!, { ...c!, submissions: [{ ...one!, records: [edited, ...records] }, ...others] }, ...rest];
      },
    ],
  ];
  it.each(tampered)('is refused with %s', async (_, change) => {
    const transactions = change([...earlier.transactions]);
    await expect(importUntil([transactions.length], { transactions })).rejects.toMatchObject({
      code: 'IMPORT_MISMATCH',
    });
    await expect(importUntil([3, 5], { transactions })).rejects.toMatchObject({ code: 'IMPORT_MISMATCH' });
  });

  it('is refused with a signature of somebody else, and with figures that were never anchored', async () => {
    const [a, b, c, ...rest] = earlier.transactions;
    const [one, ...others] = c!.submissions;
    const swapped = { ...one!, signature: others[0]!.signature };
    const transactions = [a!, b!, { ...c!, submissions: [swapped, ...others] }, ...rest];
    await expect(importUntil([5], { transactions })).rejects.toMatchObject({
      code: 'SIGNATURE_INVALID',
      faults: expect.arrayContaining([expect.objectContaining({ path: '/transactions/2/submissions/0' })]) as unknown,
    });
    const figures = Object.fromEntries(
      Object.entries(earlier.figures).map(([id, own]) => [id, own.map((figure) => ({ ...figure, value: '1' }))]),
    ) as Record<string, BuiltRecord['figures']>;
    await expect(importUntil([5], { figures })).rejects.toMatchObject({ code: 'FIGURES_ROOT_MISMATCH' });
  });

  it('is refused out of turn, again, and on a ledger that took over nothing', async () => {
    const { ledger } = await importUntil([2]);
    const batch = { transactions: earlier.parsed.slice(0, 2), figures: {}, context: earlier.context, now };
    const again = takeBatch(ledger, 0, batch, earlier.proof(2), emptyState());
    await expect(again).rejects.toMatchObject({ code: 'IMPORT_MISMATCH', details: { next: 6 } });
    const whole = await importUntil([5]);
    const closed = takeBatch(whole.ledger, 0, batch, earlier.proof(2), emptyState());
    await expect(closed).rejects.toMatchObject({ code: 'IMPORT_CLOSED' });
    const native = { ledgerId: newId, founder, record: '' };
    await expect(takeBatch(native, 0, batch, earlier.proof(2), emptyState())).rejects.toMatchObject({
      code: 'IMPORT_CLOSED',
    });
  });

  it('is never complete under a record of the founder that was replaced', async () => {
    const world = await EarlierWorld.open();
    const first = world.records[0]!.record;
    await world.anchor([
      build({ type: 'party', issuer: founder, subject: first.subject, version: 2, content: first.content }),
    ]);
    const ledger = openMigration(facts, await world.statement(), world.founderProof(0));
    const batch = { transactions: world.parsed, figures: world.figures, context: world.context, now };
    await expect(takeBatch(ledger, 0, batch, world.proof(6), emptyState())).rejects.toMatchObject({
      code: 'BAD_STATEMENT',
    });
    expect((await importUntil([6], { world })).ledger.earlier?.progress).toBeNull();
  });
});
