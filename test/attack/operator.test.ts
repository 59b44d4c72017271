import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalBytes, canonicalize, verifyReceipt } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { LedgerClient } from '@carbon-ledger/client-sdk';
import { forgingCall, ForgingContract } from '../support/forging-contract';
import { LedgerFolder } from '../support/ledger-folder';
import { enterprise, lab, sign, TrialWorld } from '../support/trial-world';
import { stateKey } from '../../embedded-peer/src/ledger/keys';
import { need, replaced, withPeerStore } from './disk';
import { byAuditor, byFsck, byService, refusal, type Sighting } from './observe';
import { describeAttacks, type Attack } from './table';
import { writeLogKey, type World } from './world';

const CONTRACT = 'carbon-audit-ledger';
const words = new TrialWorld();
const now = (): string => `${new Date().toISOString().slice(0, 19)}Z`;

/** A party that kept the receipt of its evidence and asks the service for the record. */
async function byHolder(url: string, world: World): Promise<Sighting[]> {
  const receipt = world.receipts.get('monthly-evidence');
  expect(verifyReceipt({ receipt, policy: canonicalize({ ...world.policy }) }).result).toBe('PASS');
  const { id } = world.records.get('monthly-evidence')!;
  try {
    await new LedgerClient({ baseUrl: url }).record(id);
    return [];
  } catch (error) {
    return [refusal('holder of the receipt', error)];
  }
}

async function byOutsiders(url: string, world: World): Promise<Sighting[]> {
  return [...(await byAuditor(url, world)), ...(await byHolder(url, world))];
}

/** fsck, and fsck by somebody who kept the checkpoint of the honest ledger. */
async function byFscks(dataDir: string, world: World): Promise<Sighting[]> {
  const [note, policy] = [join(dataDir, 'kept.note'), join(dataDir, 'pinned.json')];
  writeFileSync(note, world.note);
  writeFileSync(policy, canonicalize({ ...world.policy }));
  const alone = await byFsck(dataDir);
  const withNote = await byFsck(dataDir, '--checkpoint', note, '--policy', policy);
  return [...alone, ...withNote.map((one) => ({ ...one, by: 'fsck with a kept checkpoint' }))];
}

/** The ledger as it was before the evidence, with another evidence behind it; everything that remembers is deleted. */
async function rewritten(world: World): Promise<string> {
  const dataDir = world.copy(world.older);
  rmSync(join(dataDir, 'guard'), { recursive: true });
  const folder = await world.reopen(dataDir);
  const { records } = world;
  await folder.anchor([
    words.evidence(records.get('quality-control-plan')!, records.get('test-report'), {
      coalConsumption_t: '95272.04',
    }),
  ]);
  await folder.close();
  return dataDir;
}

/** Another ledger with the same parties and records, founded anew under the same log key. */
async function foundedAnew(world: World): Promise<string> {
  const dataDir = world.copy();
  rmSync(dataDir, { recursive: true });
  const folder = await LedgerFolder.open({ dataDir });
  await folder.found();
  await folder.anchorMonth();
  await folder.close();
  writeLogKey(dataDir, 7);
  expect(folder.id).not.toBe(world.ledgerId);
  return dataDir;
}

/** A folder that its owner made, and who finds out. */
function making(what: string, make: (world: World) => Promise<string>, seen: readonly string[]): Attack {
  return {
    what,
    seen,
    act: async (world) => {
      const dataDir = await make(world);
      const inside = await byFscks(dataDir, world);
      return [...inside, ...(await byService(dataDir, world, { outside: byOutsiders }))];
    },
  };
}

/** The lab's key in the state becomes the enterprise's, a record is anchored in the lab's name, and the key is put back. */
async function withBorrowedName(world: World): Promise<string> {
  const dataDir = world.copy();
  const [own, other] = [trialSigner(lab.uscc).keyId, trialSigner(enterprise.uscc).keyId].map((id) =>
    Buffer.from(id),
  ) as [Buffer, Buffer];
  const key = stateKey(CONTRACT, `party/${lab.uscc}`);
  const put = (from: Buffer, to: Buffer): Promise<void> =>
    withPeerStore(dataDir, async (disk) => {
      await disk.put(key, replaced(await need(disk, key), from, to));
    });
  await put(own, other);
  const folder = await world.reopen(dataDir);
  const record = words.receipt('2024-03', '2024-04-03');
  const signer = trialSigner(enterprise.uscc);
  const submission = await sign([record], { ledger: world.ledgerId, signedAt: now(), signer });
  const request = canonicalBytes({ submissions: [submission], figures: {}, context: { records: [], figures: {} } });
  await folder.ledger.submit({ name: 'submit', transient: { request } });
  await folder.close();
  await put(other, own);
  return dataDir;
}

/** Another contract under the ledger's name writes a record that nobody signed. */
async function withOtherContract(world: World): Promise<string> {
  const dataDir = world.copy();
  const folder = await LedgerFolder.open({ dataDir, contracts: [ForgingContract] });
  const signer = trialSigner(enterprise.uscc);
  const record = words.receipt('2024-03', '2024-04-03');
  const submission = await sign([record], { ledger: world.ledgerId, signedAt: now(), signer });
  const { keyId } = trialSigner(lab.uscc);
  const read = ['ledger', `party/${lab.uscc}`, `party/${enterprise.uscc}`, `head/${enterprise.uscc}/U1/2024`];
  await folder.ledger.submit(forgingCall({ read, submissions: [{ ...submission, keyId }], writes: {} }));
  await folder.close();
  return dataDir;
}

describeAttacks('operator', [
  making(
    'the evidence replaced by another one that its party signed too: all blocks from 6 on made anew, guard deleted',
    rewritten,
    [
      'fsck with a kept checkpoint CHECKPOINT_MISMATCH kept.note',
      'auditor SPLIT_VIEW checkpoint',
      'holder of the receipt NOT_FOUND',
    ],
  ),
  {
    what: 'the same, where the service has a witness',
    seen: ['start-up ROLLED_BACK'],
    act: async (world) => byService(await rewritten(world), world, { witnessed: true }),
  },
  {
    what: 'the same, before anybody outside kept a receipt or a checkpoint, without a witness',
    seen: [],
    disclosed:
      'Nothing contradicts it. On the embedded ledger take receipts at once, keep checkpoints, and name witnesses; on a network other organisations hold the blocks.',
    act: async (world) => {
      const dataDir = await rewritten(world);
      const outside = (url: string): Promise<Sighting[]> => byAuditor(url, world, 'never');
      return [...(await byFsck(dataDir)), ...(await byService(dataDir, world, { outside }))];
    },
  },
  making('a ledger founded anew with the same parties, records and log key', foundedAnew, [
    'fsck with a kept checkpoint CHECKPOINT_MISMATCH kept.note',
    'auditor CHECKPOINT_ORIGIN_MISMATCH checkpoint',
  ]),
  making('a party’s key replaced in the state, a record anchored in its name, and the key put back', withBorrowedName, [
    'fsck JUDGEMENT_MISMATCH block 8 · … · /submissions/0',
    'fsck with a kept checkpoint JUDGEMENT_MISMATCH block 8 · … · /submissions/0',
    'auditor KEY_UNKNOWN rec:… · receipt',
  ]),
  making('the contract replaced by another one: a record that its party did not sign', withOtherContract, [
    'fsck JUDGEMENT_MISMATCH block 8 · … · /submissions/0',
    'fsck with a kept checkpoint JUDGEMENT_MISMATCH block 8 · … · /submissions/0',
    'auditor SIGNATURE_INVALID rec:… · receipt',
  ]),
  {
    what: 'the peer’s store replaced by that of a rewritten ledger, under a projection that remembers the honest one',
    seen: ['start-up ROLLED_BACK'],
    act: async (world) => {
      const dataDir = world.copy();
      const other = await rewritten(world);
      // The rewritten chain must be as long, or its height alone would tell.
      const folder = await world.reopen(other);
      await folder.anchor([words.receipt('2024-04', '2024-05-03')]);
      await folder.close();
      rmSync(join(dataDir, 'peer', 'store'), { recursive: true });
      cpSync(join(other, 'peer', 'store'), join(dataDir, 'peer', 'store'), { recursive: true });
      return byService(dataDir, world);
    },
  },
]);
