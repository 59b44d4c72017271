import { common, gateway, peer as protos } from '@hyperledger/fabric-protos';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { Code, type ValidationCode } from '../block/codes';
import { decodeTransaction, InvalidTransaction } from '../block/transaction';
import { openChain } from '../chain';
import { OwnEndorsements } from '../endorser/own-endorsements';
import { openIdentityFolder, ORDERER_MSP } from '../identity/folder';
import { createPolicy } from '../identity/signature-policy';
import { SigningIdentity } from '../identity/signing-identity';
import { BlockIndex } from '../ledger/blocks';
import { State } from '../ledger/state';
import { Store } from '../ledger/store';
import { resolveSettings } from '../options';
import { encode } from '../proto/bytes';
import { ProbeContract } from '../testing/contract';
import { PeerFixture } from '../testing/fixture';
import { Committer, type OrderedEnvelope } from './committer';

const CHAINCODE = 'carbon-audit-ledger';
let dataDir: string;
let store: Store;
let committer: Committer;
let client: SigningIdentity;
/** Endorsed and signed transactions that were never ordered. */
const prepared = new Map<string, common.Envelope>();

beforeAll(async () => {
  const fixture = await PeerFixture.start();
  dataDir = fixture.dataDir;
  const { contract } = fixture.connect();
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const transaction = await contract.newProposal('put', { arguments: [key, key] }).endorse();
    prepared.set(key, gateway.PreparedTransaction.deserializeBinary(transaction.getBytes()).getEnvelope()!);
  }
  await fixture.stop();
  await openCommitter();
});

afterAll(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

async function openCommitter(): Promise<void> {
  const settings = resolveSettings({ dataDir, contracts: [ProbeContract] });
  const folder = join(dataDir, 'peer');
  store = await Store.open(folder);
  const identities = await openIdentityFolder(folder, settings.organisations, new Date());
  const { membership } = await openChain(store, settings, identities);
  const rules = {
    channel: 'audit',
    chaincode: CHAINCODE,
    collections: new Map([['figures', undefined]]),
    membership,
    endorsement: createPolicy(1, settings.organisations),
    own: new OwnEndorsements(),
  };
  committer = new Committer(store, rules, new SigningIdentity(ORDERER_MSP, identities.orderer.node));
  client = new SigningIdentity('EmbeddedMSP', identities.organisations.get('EmbeddedMSP')!.client);
}

function ordered(bytes: Buffer): OrderedEnvelope {
  let content: OrderedEnvelope['content'];
  try {
    content = decodeTransaction(bytes);
  } catch (error) {
    content = error as InvalidTransaction;
  }
  return { bytes, content, isWellSigned: false, privateWrites: [] };
}

/** The prepared transaction, changed and signed by its creator. */
function signed(key: string, change: (payload: common.Payload) => void = () => undefined): OrderedEnvelope {
  const payload = common.Payload.deserializeBinary(prepared.get(key)!.getPayload_asU8());
  change(payload);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  envelope.setSignature(client.sign(envelope.getPayload_asU8()));
  return ordered(encode(envelope));
}

function changeAction(payload: common.Payload, change: (action: protos.ChaincodeActionPayload) => void): void {
  const transaction = protos.Transaction.deserializeBinary(payload.getData_asU8());
  const [first] = transaction.getActionsList();
  const action = protos.ChaincodeActionPayload.deserializeBinary(first!.getPayload_asU8());
  change(action);
  first!.setPayload(action.serializeBinary());
  payload.setData(transaction.serializeBinary());
}

function changeHeader(payload: common.Payload, change: (header: common.ChannelHeader) => void): void {
  const header = common.ChannelHeader.deserializeBinary(payload.getHeader()!.getChannelHeader_asU8());
  change(header);
  payload.getHeader()!.setChannelHeader(header.serializeBinary());
}

function unsigned(key: string): OrderedEnvelope {
  const envelope = prepared.get(key)!.clone();
  envelope.setSignature(Buffer.from('no signature'));
  return ordered(encode(envelope));
}

const withoutEndorsements = (payload: common.Payload): void => {
  changeAction(payload, (action) => {
    action.getAction()!.setEndorsementsList([]);
  });
};
const withForgedEndorsement = (payload: common.Payload): void => {
  changeAction(payload, (action) => {
    const [endorsement] = action.getAction()!.getEndorsementsList();
    endorsement!.setSignature(client.sign(Buffer.from('something else')));
  });
};
const endorsedByItsCreator = (payload: common.Payload): void => {
  changeAction(payload, (action) => {
    const response = action.getAction()!.getProposalResponsePayload_asU8();
    const [endorsement] = action.getAction()!.getEndorsementsList();
    endorsement!.setEndorser(client.serialized);
    endorsement!.setSignature(client.sign(Buffer.concat([response, client.serialized])));
  });
};
const withoutActions = (payload: common.Payload): void => {
  payload.setData(new protos.Transaction().serializeBinary());
};
const withForeignResponse = (payload: common.Payload): void => {
  changeAction(payload, (action) => {
    action.setChaincodeProposalPayload(Buffer.from('another proposal'));
  });
};
const ofAnotherType = (payload: common.Payload): void => {
  changeHeader(payload, (header) => {
    header.setType(common.HeaderType.MESSAGE);
  });
};
const withoutHeader = (payload: common.Payload): void => {
  payload.clearHeader();
};

const CASES: [string, () => OrderedEnvelope, ValidationCode][] = [
  ['an empty envelope', () => ordered(Buffer.alloc(0)), Code.NIL_ENVELOPE],
  ['a transaction without header', () => signed('a', withoutHeader), Code.BAD_COMMON_HEADER],
  ['a transaction of another type', () => signed('a', ofAnotherType), Code.BAD_COMMON_HEADER],
  ['a transaction without action', () => signed('a', withoutActions), Code.INVALID_ENDORSER_TRANSACTION],
  ['a response to another proposal', () => signed('a', withForeignResponse), Code.INVALID_ENDORSER_TRANSACTION],
  ['a forged creator signature', () => unsigned('a'), Code.BAD_CREATOR_SIGNATURE],
  ['no endorsement', () => signed('a', withoutEndorsements), Code.ENDORSEMENT_POLICY_FAILURE],
  ['a forged endorsement', () => signed('b', withForgedEndorsement), Code.ENDORSEMENT_POLICY_FAILURE],
  ['an endorsement by a client', () => signed('c', endorsedByItsCreator), Code.ENDORSEMENT_POLICY_FAILURE],
];

test('invalid transactions stay in the block with their code and write nothing', async () => {
  const envelopes = [...CASES.map(([, make]) => make()), signed('d')];
  const block = await committer.commit(envelopes);
  const codes = block.outcomes.map(({ code }) => code);
  expect(codes).toEqual([...CASES.map(([, , code]) => code), Code.VALID]);
  const state = new State(store);
  for (const key of ['a', 'b', 'c']) expect(state.public(CHAINCODE, key)).toBeUndefined();
  expect(state.public(CHAINCODE, 'd')?.version).toEqual({ block: block.number, tx: CASES.length });
  const stored = new BlockIndex(store).require(block.number);
  expect(stored.codes).toEqual(codes);
  expect(stored.envelopes.map((bytes) => Buffer.from(bytes))).toEqual(envelopes.map(({ bytes }) => bytes));
});

test('an id is taken once: in one block, across blocks, and the index keeps the first', async () => {
  const first = await committer.commit([signed('e'), signed('e')]);
  expect(first.outcomes.map(({ code }) => code)).toEqual([Code.VALID, Code.DUPLICATE_TXID]);
  const later = await committer.commit([signed('e')]);
  expect(later.outcomes[0]?.code).toBe(Code.DUPLICATE_TXID);
  const { txId } = first.outcomes[0]!;
  expect(new BlockIndex(store).transaction(txId)).toEqual({ place: { block: first.number, tx: 0 }, code: Code.VALID });
});

test('the chain goes on where it was after closing and opening', async () => {
  const { height } = committer.tip;
  await store.close();
  await openCommitter();
  expect(committer.tip.height).toBe(height);
  const block = await committer.commit([signed('f')]);
  expect(block).toMatchObject({ number: height, outcomes: [{ code: Code.VALID }] });
});
