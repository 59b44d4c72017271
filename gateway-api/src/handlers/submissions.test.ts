import { setImmediate as nextTurn } from 'node:timers/promises';
import { buildRecord, signSubmission, TILE_WIDTH } from '@carbon-ledger/core';
import { LogTree } from '@carbon-ledger/auditor/stored';
import { trialSalts, trialSigner } from '@carbon-ledger/plant-year/trial';
import { FakeGateway, problem } from '../testing/fake-gateway';
import { enterprise, lab, sampleReceipt, submissionIdOf, testReport, type SignedDraft } from '../testing/trial-world';

let fake: FakeGateway;
let anchoredBefore: SignedDraft;
beforeAll(async () => {
  fake = await FakeGateway.start();
  anchoredBefore = await fake.signed(lab, [sampleReceipt('E1')]);
  await fake.client().submit([anchoredBefore]);
});

/** The same, signed with a key that is not the party's. */
async function stranger({ submission, figures }: SignedDraft): Promise<SignedDraft> {
  const { ledger, party, records, signedAt } = submission;
  return { submission: await signSubmission({ ledger, party, records, signedAt }, trialSigner('stranger')), figures };
}
afterAll(() => fake.stop());

describe('submissions', () => {
  it('are anchored once however often they are sent, and answered every time', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('R1')]);
    const answers = [];
    for (let sent = 0; sent < 2; sent++) answers.push(await fake.client().submit([draft], { idempotencyKey: 'again' }));
    expect(answers[0]).toEqual(answers[1]);
    expect(await fake.client().submission(submissionIdOf(draft.submission))).toEqual(answers[0]!.submissions[0]);
  });

  it('refuse an idempotency key for another content', async () => {
    const [one, two] = [await fake.signed(lab, [sampleReceipt('R2')]), await fake.signed(lab, [sampleReceipt('R3')])];
    await fake.client().submit([one], { idempotencyKey: 'same' });
    expect(await problem(fake.client().submit([two], { idempotencyKey: 'same' }))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it.each([
    ['one-after-the-other', false],
    ['at-once', true],
  ])('of parties that choose one key do not meet: %s', async (key, isAtOnce) => {
    const engagement = buildRecord(
      {
        ...{ type: 'engagement', kind: 'engagement.testing', issuer: enterprise },
        subject: { uscc: enterprise, unit: '-', period: isAtOnce ? '2031' : '2032' },
        content: { party: lab, contractNo: `HT-${key.length.toString()}` },
      },
      trialSalts(enterprise),
    );
    const theirs = await fake.signed(enterprise, [engagement]);
    const own = await fake.signed(lab, [sampleReceipt(isAtOnce ? 'E13' : 'E14')]);
    const send = (draft: SignedDraft): ReturnType<ReturnType<typeof fake.client>['submit']> =>
      fake.client().submit([draft], { idempotencyKey: key });
    const answers = isAtOnce ? await Promise.all([theirs, own].map(send)) : [await send(theirs), await send(own)];
    expect(answers.map(({ submissions }) => submissions[0]?.state)).toEqual(['committed', 'committed']);
    // Each is bound to its own content for all that, and sent with the other's it takes nothing from either.
    const both = await fake.client().submit([theirs, own], { idempotencyKey: key });
    expect(both.submissions.map(({ state }) => state)).toEqual(['committed', 'committed']);
  });

  it('refuse it also after a restart', async () => {
    const own = await FakeGateway.start();
    const [one, two] = [await own.signed(lab, [sampleReceipt('R8')]), await own.signed(lab, [sampleReceipt('R9')])];
    await own.client().submit([one], { idempotencyKey: 'same' });
    await own.gateway.close();
    const again = await FakeGateway.on(own.folder, own.ledger);
    expect(await problem(again.client().submit([two], { idempotencyKey: 'same' }))).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    await again.stop();
  });

  it.each<[string, (draft: SignedDraft) => Promise<SignedDraft> | SignedDraft]>([
    [
      'that somebody made in its name',
      async (draft) => ({ ...draft, submission: { ...(await stranger(draft)).submission } }),
    ],
    [
      'whose signature was changed',
      (draft) => ({ ...draft, submission: { ...draft.submission, signature: `0x${'1b'.repeat(65)}` } }),
    ],
    ['that it anchored before, sent by somebody else', () => anchoredBefore],
    [
      'that a key of its own signed which was not in force',
      async ({ submission: { ledger, party, records }, figures }) => {
        const signedAt = '1999-01-01T00:00:00Z';
        return { submission: await signSubmission({ ledger, party, records, signedAt }, trialSigner(lab)), figures };
      },
    ],
    [
      'that it signed for another ledger, on which anybody may read it',
      async ({ submission: { party, records, signedAt }, figures }) => {
        const ledger = 'c0'.repeat(32);
        return { submission: await signSubmission({ ledger, party, records, signedAt }, trialSigner(lab)), figures };
      },
    ],
    [
      'that it signed long ago and never filed',
      async ({ submission: { ledger, party, records, signedAt: now }, figures }) => {
        const signedAt = `${new Date(Date.parse(now) - 31 * 86_400_000).toISOString().slice(0, 19)}Z`;
        return { submission: await signSubmission({ ledger, party, records, signedAt }, trialSigner(lab)), figures };
      },
    ],
  ])('of a party keep their idempotency keys from a submission %s', async (what, made) => {
    const foreign = await made(await fake.signed(lab, [sampleReceipt(`F${String(what.length)}`)]));
    const own = await fake.signed(lab, [sampleReceipt(`G${String(what.length % 40)}`)]);
    const [, committed] = await Promise.all([
      problem(fake.client().submit([foreign], { idempotencyKey: what.replaceAll(' ', '-') })),
      fake.client().submit([own], { idempotencyKey: what.replaceAll(' ', '-') }),
    ]);
    expect(committed.submissions[0]?.state).toBe('committed');
  });

  it('are told one by one: what is refused does not hold up the rest', async () => {
    const good = await fake.signed(lab, [sampleReceipt('R4')]);
    const bad = await fake.signed(lab, [testReport(sampleReceipt('R5'))]);
    const { submissions } = await fake.client().submit([bad, good]);
    expect(submissions.map(({ state }) => state)).toEqual(['refused', 'committed']);
    expect(submissions[0]!.refusal).toMatchObject({
      code: 'CITATION_UNKNOWN',
      faults: [{ path: '/records/0/cites/0' }],
    });
  });

  it('may cite what stands before them in the same request', async () => {
    const first = sampleReceipt('R6');
    const drafts = [await fake.signed(lab, [first]), await fake.signed(lab, [testReport(first)])];
    const { submissions } = await fake.client().submit(drafts);
    expect(submissions.map(({ state }) => state)).toEqual(['committed', 'committed']);
  });

  it('are told every fault even where the ledger itself has room for codes only', async () => {
    const reports = Array.from({ length: 30 }, (_, index) => testReport(sampleReceipt(`X${String(index)}`)));
    const draft = await fake.signed(lab, reports);
    const found = (await problem(fake.client().submit([draft]))) as { code: string; faults: { path: string }[] };
    expect(found).toMatchObject({ code: 'CITATION_UNKNOWN', faults: { length: 30 } });
    expect(found.faults[29]!.path).toBe('/submissions/0/submission/records/29/cites/0');
  });

  it('cannot be made in the name of a party by anybody else', async () => {
    const { submission } = await fake.signed(enterprise, [sampleReceipt('R7')]);
    const forged = { ...submission, party: lab, keyId: trialSigner(lab).keyId };
    expect(await problem(fake.client().submit([{ submission: forged, figures: {} }]))).toMatchObject({
      code: 'SIGNATURE_INVALID',
    });
  });

  it('of many records are read once for all their receipts', async () => {
    // As from a store: nobody has read them before the others ask.
    const reads = jest.spyOn(LogTree.prototype, 'leaf').mockImplementation(async function (this: LogTree, index) {
      await nextTurn();
      const tile = await this.tile(0, Math.floor(index / TILE_WIDTH), (index % TILE_WIDTH) + 1);
      return Uint8Array.from(tile.subarray(-32));
    });
    const many = Array.from({ length: 40 }, (_, index) => sampleReceipt(`L${String(index)}`));
    const { submissions } = await fake.client().submit([await fake.signed(lab, many)], { wait: 'proven' });
    expect(submissions[0]!.receipts).toHaveLength(many.length);
    expect(reads).toHaveBeenCalledTimes(many.length);
    reads.mockRestore();
  });

  it('answer at once with a status to follow when nobody waits', async () => {
    const draft = await fake.signed(lab, [sampleReceipt('R8')]);
    const { submissions } = await fake.client().submit([draft], { wait: 'accepted' });
    expect(submissions[0]).toMatchObject({ state: 'accepted' });
    await fake.client().submit([draft]);
    expect(await fake.client().submission(submissions[0]!.submission)).toMatchObject({ state: 'committed' });
  });

  it('list every fault of every submission before anything is taken', async () => {
    const { submission } = await fake.signed(lab, [sampleReceipt('R9')]);
    const faulty = { ...submission, records: [{ ...submission.records[0]!, version: 0, kind: 'X!' }] };
    const found = await problem(fake.client().submit([{ submission: faulty, figures: {} }]));
    expect(found).toMatchObject({ code: 'BAD_RECORD' });
    expect((found as { faults: { path: string }[] }).faults.map(({ path }) => path).sort()).toEqual([
      '/submissions/0/submission/records/0/kind',
      '/submissions/0/submission/records/0/version',
    ]);
  });
});
