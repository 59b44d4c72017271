import { originOf, POLICY_SCHEMA, type Policy } from '@carbon-ledger/core';
import { earlierId, EarlierWorld, founder, then } from '../../../test/support/earlier-ledger';
import { build } from '../../../test/support/trial-world';
import { assertReaches } from './known-checkpoint';
import { ExportTrees } from './trees';

/** The pilot when its founder had not ended its key yet, and afterwards. */
async function pilots(): Promise<{ readonly before: EarlierWorld; readonly after: EarlierWorld }> {
  const [before, after] = await Promise.all([EarlierWorld.open(), EarlierWorld.open()]);
  const { subject, content } = after.records[0]!.record;
  const keys = (content.keys as object[]).map((key) => ({ ...key, validTo: then(6) }));
  const ended = { type: 'party', issuer: founder, subject, version: 2, content: { ...content, keys } } as const;
  await after.anchor([build(ended)]);
  return { before, after };
}

describe('an export held to a checkpoint that somebody kept', () => {
  let before: EarlierWorld;
  let after: EarlierWorld;
  const open: ExportTrees[] = [];

  const exported = async (world: EarlierWorld): Promise<Parameters<typeof assertReaches>[0]> => {
    const trees = await ExportTrees.open();
    open.push(trees);
    for (const transaction of world.parsed) await trees.add(transaction, {});
    const policy: Policy = {
      ...{ schema: POLICY_SCHEMA, ledgerId: earlierId, origin: originOf(earlierId) },
      ...{ logKey: world.ledger.logKey, witnesses: [], quorum: 0 },
    };
    return { header: { ledger: earlierId, policy }, trees };
  };

  beforeAll(async () => {
    ({ before, after } = await pilots());
  });
  afterAll(async () => {
    for (const trees of open) await trees.close();
  });

  it('is in order when it covers as much or more', async () => {
    await expect(assertReaches(await exported(before), before.ledger.checkpoint)).resolves.toBeUndefined();
    await expect(assertReaches(await exported(after), before.ledger.checkpoint)).resolves.toBeUndefined();
  });

  it('is rolled back when it ends before, though its own checkpoint is genuine', async () => {
    await expect(assertReaches(await exported(before), after.ledger.checkpoint)).rejects.toMatchObject({
      code: 'ROLLED_BACK',
      details: { size: '14' },
    });
  });

  it('is a split view when it holds something else', async () => {
    const other = await EarlierWorld.open();
    other.transactions.splice(2, 1);
    other.records.splice(5, 2);
    await expect(assertReaches(await exported(before), other.ledger.checkpoint)).rejects.toMatchObject({
      code: 'SPLIT_VIEW',
    });
  });

  it('asks for the signature of the log that the export names', async () => {
    const forged = after.ledger.checkpoint.replace('\n14\n', '\n13\n');
    await expect(assertReaches(await exported(before), forged)).rejects.toMatchObject({
      code: 'CHECKPOINT_SIGNATURE_INVALID',
    });
  });
});
