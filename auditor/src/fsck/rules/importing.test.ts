import {
  canonicalize,
  emptyView,
  hexPath,
  openMigration,
  OverlayView,
  rulebooks,
  utf8Encode,
  type Founding,
} from '@carbon-ledger/core';
import { EarlierWorld, newId } from '../../../../test/support/earlier-ledger';
import { msp } from '../../../../test/support/trial-world';
import { checkBatch, openingWrites, readBatch, type BatchQuestion } from './importing';

const facts = { msp, time: '2026-11-21T08:00:10Z' };
let earlier: EarlierWorld;
let ledger: Founding;
beforeAll(async () => {
  earlier = await EarlierWorld.open();
  ledger = openMigration({ ...facts, ledger: newId }, await earlier.statement(), earlier.founderProof());
});

const emptyState = (): OverlayView => new OverlayView(emptyView);

/** Everything in one batch, as it stands on the chain. */
function question(change: Partial<BatchQuestion> = {}): BatchQuestion {
  const { records, transactions } = earlier.proof(5);
  const proof = canonicalize({ records: hexPath(records), transactions: hexPath(transactions) });
  return {
    args: ['importBatch', '0', proof].map(utf8Encode),
    ledger,
    transactions: earlier.parsed,
    figures: earlier.figures,
    context: earlier.context,
    view: emptyState(),
    now: facts.time,
    books: rulebooks,
    isExcused: () => false,
    ...change,
  };
}

describe('a batch on the chain', () => {
  it('is put together again from its marks, and gives the ledger that the contract wrote', async () => {
    const marks = earlier.transactions.map(({ submissions, ...place }) => ({ ...place, count: submissions.length }));
    const submissions = earlier.transactions.flatMap((one) => one.submissions);
    const read = readBatch(marks, submissions);
    expect(read.transactions).toEqual(earlier.parsed);
    expect(read.marks).toHaveLength(submissions.length);
    const answer = await checkBatch(question());
    expect(answer.refused).toEqual([]);
    expect(JSON.parse(Buffer.from(answer.ledger).toString())).toMatchObject({ earlier: { progress: null } });
  });

  it('is found out when it is not the next part of what the founder signed', async () => {
    const [a, b, c, ...rest] = earlier.parsed;
    const swapped = checkBatch(question({ transactions: [a!, c!, b!, ...rest] }));
    await expect(swapped).rejects.toMatchObject({ code: 'IMPORT_MISMATCH' });
    const fewer = checkBatch(question({ transactions: [a!, b!, c!] }));
    await expect(fewer).rejects.toMatchObject({ code: 'IMPORT_MISMATCH' });
  });

  it('is told where it says to have been anchored later than it came in', async () => {
    const answer = await checkBatch(question({ now: '2025-03-01T07:53:30Z', isExcused: () => true }));
    expect(answer.refused).toMatchObject([
      { code: 'IMPORT_TIME_OUT_OF_RANGE', faults: [{ path: '/transactions/4/time' }] },
    ]);
  });

  it('is judged again, and what stands there all the same still changes the state', async () => {
    const bare = await checkBatch(question({ figures: {}, context: { records: [], figures: {} } }));
    expect(bare.refused.map(({ code }) => code)).toEqual(['FIGURES_ROOT_MISMATCH', 'CITATION_UNKNOWN']);
    const excused = await checkBatch(question({ figures: {}, isExcused: () => true }));
    expect(excused.refused).toEqual([]);
    const heads = await excused.view.get('head', `${earlier.records.at(-1)!.record.subject.uscc}/U1/2024`);
    expect(Object.keys(heads!)).toContain('2024-01/monthly-evidence');
  });
});

describe('the opening on the chain', () => {
  it('gives what the contract wrote, and is found out with another statement', async () => {
    const proof = canonicalize(earlier.founderProof());
    const args = async (change: object): Promise<Uint8Array[]> =>
      ['openImport', newId, canonicalize({ ...(await earlier.statement()), ...change }), proof].map(utf8Encode);
    const writes = openingWrites(await args({}), facts);
    expect([...writes.keys()]).toEqual(['ledger']);
    expect(JSON.parse(Buffer.from(writes.get('ledger')!).toString())).toEqual(JSON.parse(canonicalize(ledger)));
    const forged = await args({ organisations: { [msp]: ['OtherMSP'] } });
    expect(() => openingWrites(forged, facts)).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }) as Error);
  });
});
