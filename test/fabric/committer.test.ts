import { common, peer } from '@hyperledger/fabric-protos';
import { X509Certificate } from 'node:crypto';
import { temporaryFolder } from '../support/temporary-folder';
import { decodeBlock, deriveCommitHash, type DecodedBlock } from '../../embedded-peer/src/block/block';
import { Code } from '../../embedded-peer/src/block/codes';
import { readChannelConfig } from '../../embedded-peer/src/block/genesis';
import { decodeTransaction, InvalidTransaction } from '../../embedded-peer/src/block/transaction';
import { Committer, type CommittedBlock, type OrderedEnvelope } from '../../embedded-peer/src/commit/committer';
import { commitHashInput, updateOperations } from '../../embedded-peer/src/commit/operations';
import { UpdateBatch } from '../../embedded-peer/src/commit/update-batch';
import type { ChannelRules } from '../../embedded-peer/src/commit/validator';
import { createAuthority } from '../../embedded-peer/src/identity/certificates';
import { Membership } from '../../embedded-peer/src/identity/membership';
import { SigningIdentity } from '../../embedded-peer/src/identity/signing-identity';
import { appendBlockOperations, BlockIndex } from '../../embedded-peer/src/ledger/blocks';
import { State } from '../../embedded-peer/src/ledger/state';
import { Store } from '../../embedded-peer/src/ledger/store';
import { sha256 } from '../../embedded-peer/src/proto/bytes';
import { readGolden, readGoldenBlocks } from './golden';

interface Recorded {
  readonly name: string;
  readonly block: number;
  readonly tx: number;
  readonly code: number;
}

interface Row {
  readonly namespace: string;
  readonly key: string;
  readonly block: number;
  readonly tx: number;
  readonly value: string;
}

const CHAINCODE = 'carbon';
/** Blocks with the channel's configuration and the definition of the chaincode: taken as they are. */
const SETTING_UP = 3;

const golden = readGoldenBlocks().map((bytes) => ({ bytes, block: decodeBlock(bytes) }));
const recorded = readGolden('transactions') as readonly Recorded[];
const state = readGolden('state') as readonly Row[];
const folder = temporaryFolder('golden');
const committed: CommittedBlock[] = [];
let store: Store;

beforeAll(async () => {
  store = await Store.open(folder);
  for (const { bytes, block } of golden.slice(0, SETTING_UP)) await takeOver(bytes, block);
  const orderer = await createAuthority({ commonName: 'test', organisation: 'test' }, new Date());
  const committer = new Committer(store, rules(), new SigningIdentity('TestMSP', orderer.pair));
  for (const { block } of golden.slice(SETTING_UP)) {
    committed.push(await committer.commit(block.envelopes.map((bytes) => ordered(Buffer.from(bytes)))));
  }
});

afterAll(async () => {
  await store.close();
});

function ordered(bytes: Buffer): OrderedEnvelope {
  let content: OrderedEnvelope['content'];
  try {
    content = decodeTransaction(bytes);
  } catch (error) {
    if (!(error instanceof InvalidTransaction)) throw error;
    content = error;
  }
  return { bytes, content, isWellSigned: false, privateWrites: [] };
}

/** Writes a block with the codes that it carries. */
async function takeOver(bytes: Buffer, block: DecodedBlock): Promise<void> {
  const batch = new UpdateBatch(new State(store));
  const { number } = block.header;
  const transactions = block.envelopes.map((envelope, tx) => {
    const { content } = ordered(Buffer.from(envelope));
    if (!(content instanceof InvalidTransaction)) batch.apply(content.sets, [], { block: number, tx });
    return { txId: content.header?.channelHeader.getTxId() ?? '', code: Code.VALID };
  });
  const commitHash = Buffer.from(block.commitHash);
  if (number > 0) {
    const previous = golden[number - 1]?.block.commitHash ?? Buffer.alloc(0);
    expect(deriveCommitHash(block.codes, commitHashInput(batch), previous)).toEqual(commitHash);
  }
  await store.write([
    ...updateOperations(batch),
    ...appendBlockOperations(bytes, block.header, commitHash, transactions, new BlockIndex(store)),
  ]);
}

/** What the channel agreed on, read from its first blocks alone. */
function rules(): ChannelRules {
  const { channel, organisations, orderers } = readChannelConfig(golden[0]?.block.envelopes[0] ?? Buffer.alloc(0));
  const roots = [...organisations, ...orderers].map(
    ([mspId, pems]) => [mspId, pems.map((pem) => new X509Certificate(pem))] as const,
  );
  return {
    channel,
    chaincode: CHAINCODE,
    collections: collectionPolicies(),
    membership: new Membership(new Map(roots), recordedAt),
    endorsement: endorsementPolicy(),
    own: { has: () => false },
  };
}

/** Certificates are judged as of the recording. */
function recordedAt(): Date {
  const { header } = decodeTransaction(Buffer.from(golden[SETTING_UP]?.block.envelopes[0] ?? []));
  return header.channelHeader.getTimestamp()?.toDate() ?? new Date(0);
}

function definition(field: string): Uint8Array {
  const value = new State(store).public('_lifecycle', `namespaces/fields/${CHAINCODE}/${field}`)?.value;
  return peer.lifecycle.StateData.deserializeBinary(value ?? Buffer.alloc(0)).getBytes_asU8();
}

function endorsementPolicy(): common.SignaturePolicyEnvelope {
  const info = peer.lifecycle.ChaincodeValidationInfo.deserializeBinary(definition('ValidationInfo'));
  const policy = peer.ApplicationPolicy.deserializeBinary(info.getValidationParameter_asU8()).getSignaturePolicy();
  if (!policy) throw new Error('the chaincode has no policy of its own');
  return policy;
}

function collectionPolicies(): ChannelRules['collections'] {
  const configs = peer.CollectionConfigPackage.deserializeBinary(definition('Collections')).getConfigList();
  return new Map(
    configs.map((config) => {
      const collection = config.getStaticCollectionConfig();
      return [collection?.getName() ?? '', collection?.getEndorsementPolicy()?.getSignaturePolicy()] as const;
    }),
  );
}

function nameOf(code: number): string {
  return Object.entries(Code).find(([, value]) => value === code)?.[0] ?? String(code);
}

describe('the embedded peer on the blocks of a genuine Fabric 3.1.5 channel', () => {
  it.each(recorded.map((one) => [one.name, one] as const))('%s', (_, { block, tx, code }) => {
    const found = committed[block - SETTING_UP]?.outcomes[tx]?.code;
    expect(nameOf(found ?? Code.NOT_VALIDATED)).toBe(nameOf(code));
  });

  it('gives every transaction of every block the code that it has there', () => {
    const codes = committed.map(({ outcomes }) => outcomes.map(({ code }) => nameOf(code)));
    expect(codes).toEqual(golden.slice(SETTING_UP).map(({ block }) => block.codes.map(nameOf)));
  });

  it('makes the same chain: number, previous hash and data hash of every header', () => {
    const headers = committed.map(({ bytes }) => decodeBlock(bytes).header);
    expect(headers).toEqual(golden.slice(SETTING_UP).map(({ block }) => block.header));
  });

  it('comes to the same commit hash at every block', () => {
    const hashes = committed.map(({ bytes }) => Buffer.from(decodeBlock(bytes).commitHash).toString('hex'));
    expect(hashes).toEqual(golden.slice(SETTING_UP).map(({ block }) => Buffer.from(block.commitHash).toString('hex')));
  });

  it('holds the same keys, values and versions as the peer’s own state', () => {
    const view = new State(store);
    const own = state.filter(({ namespace }) => namespace !== '').map((row) => ({ row, ours: lookUp(view, row) }));
    expect(own.map(({ ours }) => ours)).toEqual(own.map(({ row }) => row));
  });

  it('holds no key beside them', async () => {
    const keys: string[] = [];
    for await (const { key } of new State(store).publicRange(CHAINCODE, '', '')) keys.push(key);
    const theirs = state.filter(({ namespace }) => namespace === CHAINCODE).map(({ key }) => key);
    expect(keys.sort()).toEqual(theirs.sort());
  });
});

/** The row of a key as our state gives it; of a key that is not there, a row that equals none. */
function lookUp(view: State, { namespace, key }: Row): Row {
  const [chaincode = '', collection] = namespace.split('$$h');
  const isPublic = collection === undefined;
  const found = isPublic ? view.public(chaincode, key) : view.hashed(chaincode, collection, Buffer.from(key, 'hex'));
  if (!found) return { namespace, key, block: -1, tx: -1, value: '' };
  const value = isPublic ? sha256(found.value) : found.value;
  return { namespace, key, ...found.version, value: value.toString('hex') };
}
