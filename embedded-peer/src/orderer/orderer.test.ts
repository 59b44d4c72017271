import { common, gateway } from '@hyperledger/fabric-protos';
import { once, EventEmitter } from 'node:events';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { Code } from '../block/codes';
import { openChain } from '../chain';
import type { CommittedBlock, OrderedEnvelope } from '../commit/committer';
import type { ChannelRules } from '../commit/validator';
import { OwnEndorsements } from '../endorser/own-endorsements';
import { openIdentityFolder } from '../identity/folder';
import { createPolicy } from '../identity/signature-policy';
import { SigningIdentity } from '../identity/signing-identity';
import { Store } from '../ledger/store';
import { resolveSettings } from '../options';
import { encode } from '../proto/bytes';
import { PeerFixture } from '../testing/fixture';
import { Orderer, OrderingRefused, type BlockLimits } from './orderer';
import { PrivateStage } from './private-stage';

let dataDir: string;
let store: Store;
let rules: ChannelRules;
const envelopes: Buffer[] = [];

/** Signed transactions that no orderer has seen, the last of them with private data. */
beforeAll(async () => {
  const fixture = await PeerFixture.start();
  dataDir = fixture.dataDir;
  const { contract } = fixture.connect();
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const plain = keys.map((key) => contract.newProposal('put', { arguments: [key, key] }));
  const secret = { arguments: ['figures', 'k'], transientData: { secret: Buffer.from('s') } };
  const { certificate, privateKey } = fixture.peer.identities.get('EmbeddedMSP')!;
  const pair = { certificate: certificate.toString(), privateKey: privateKey.toString() };
  const signer = new SigningIdentity('EmbeddedMSP', pair);
  for (const proposal of [...plain, contract.newProposal('putSecret', secret)]) {
    const prepared = gateway.PreparedTransaction.deserializeBinary((await proposal.endorse()).getBytes());
    const envelope = prepared.getEnvelope()!;
    envelope.setSignature(signer.sign(envelope.getPayload_asU8()));
    envelopes.push(encode(envelope));
  }
  await fixture.stop();
  await openStore();
});

afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

async function openStore(): Promise<void> {
  const settings = resolveSettings({ dataDir });
  store = await Store.open(join(dataDir, 'peer'));
  const identities = await openIdentityFolder(join(dataDir, 'peer'), settings.organisations, new Date());
  const { membership } = await openChain(store, settings, identities);
  const endorsement = createPolicy(1, settings.organisations);
  rules = {
    channel: 'audit',
    chaincode: settings.chaincodeName,
    collections: new Map(),
    membership,
    endorsement,
    own: new OwnEndorsements(),
  };
}

/** A committer whose blocks finish when the test says so. */
class HeldCommitter {
  readonly blocks: (readonly OrderedEnvelope[])[] = [];
  readonly #events = new EventEmitter();
  #finish: ((error?: Error) => void) | undefined;

  async commit(block: readonly OrderedEnvelope[]): Promise<CommittedBlock> {
    this.blocks.push(block);
    this.#events.emit('begun');
    const error = await new Promise<Error | undefined>((resolve) => (this.#finish = resolve));
    if (error) throw error;
    const outcomes = block.map(() => ({ txId: '', code: Code.VALID }));
    return { number: this.blocks.length, bytes: Buffer.alloc(0), outcomes };
  }

  async begun(count: number): Promise<void> {
    while (this.blocks.length < count) await once(this.#events, 'begun');
  }

  finish(error?: Error): void {
    this.#finish?.(error);
  }
}

const failures: unknown[] = [];

function orderer(committer: HeldCommitter, limits: Partial<BlockLimits> = {}): Orderer {
  return new Orderer(
    { maxMessages: 500, maxBytes: 1_000_000, lingerMs: 0, ...limits },
    {
      store,
      rules,
      committer,
      stage: new PrivateStage(),
      onBlock: () => undefined,
      onFailure: (error) => failures.push(error),
    },
  );
}

function refusal(work: () => void): OrderingRefused {
  try {
    work();
  } catch (error) {
    return error as OrderingRefused;
  }
  throw new Error('it was accepted');
}

test('an idle orderer cuts at once; what arrives during a write fills the next block in order', async () => {
  const committer = new HeldCommitter();
  const service = orderer(committer);
  service.submit(envelopes[0]!);
  await committer.begun(1);
  for (const envelope of envelopes.slice(1, 5)) service.submit(envelope);
  committer.finish();
  await committer.begun(2);
  expect(committer.blocks.map((block) => block.map(({ bytes }) => envelopes.indexOf(bytes)))).toEqual([
    [0],
    [1, 2, 3, 4],
  ]);
  committer.finish();
  await service.stop();
});

test('blocks keep to their limits of messages and bytes', async () => {
  for (const limits of [{ maxMessages: 2 }, { maxBytes: envelopes[0]!.length * 2 + 100 }]) {
    const committer = new HeldCommitter();
    const service = orderer(committer, limits);
    for (const envelope of envelopes.slice(0, 5)) service.submit(envelope);
    for (let block = 1; block <= 3; block += 1) {
      await committer.begun(block);
      committer.finish();
    }
    await service.stop();
    expect(committer.blocks.map(({ length }) => length)).toEqual([2, 2, 1]);
  }
});

test('the same bytes are taken once while they wait', async () => {
  const committer = new HeldCommitter();
  const service = orderer(committer);
  service.submit(envelopes[0]!);
  service.submit(envelopes[0]!);
  await committer.begun(1);
  service.submit(Buffer.from(envelopes[0]!));
  committer.finish();
  await service.stop();
  expect(committer.blocks).toHaveLength(1);
  expect(committer.blocks[0]).toHaveLength(1);
});

test('a transaction whose private data are not held is refused, not committed without them', () => {
  const error = refusal(() => {
    orderer(new HeldCommitter()).submit(envelopes[5]!);
  });
  expect(error).toMatchObject({ name: 'OrderingRefused', status: common.Status.BAD_REQUEST });
  expect(error.message).toContain('endorse it again');
});

test('after a write that failed nothing more is taken: only a restart knows what reached the disk', async () => {
  const committer = new HeldCommitter();
  const service = orderer(committer);
  service.submit(envelopes[0]!);
  await committer.begun(1);
  service.submit(envelopes[1]!);
  const disk = new Error('ENOSPC');
  committer.finish(disk);
  await service.stop();
  expect(failures).toEqual([disk]);
  expect(committer.blocks).toHaveLength(1);
  const error = refusal(() => {
    service.submit(envelopes[2]!);
  });
  expect(error.status).toBe(common.Status.SERVICE_UNAVAILABLE);
});
