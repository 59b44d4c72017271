import { common, ledger, peer } from '@hyperledger/fabric-protos';
import type { Endorsement } from '../../../embedded-peer/src/block/transaction';
import type { SigningIdentity } from '../../../embedded-peer/src/identity/signing-identity';
import { createPolicy } from '../../../embedded-peer/src/identity/signature-policy';
import type { Version } from '../../../embedded-peer/src/ledger/version';
import { randomBytes } from 'node:crypto';
import type { TestNetwork } from '../network';
import { endorse, makeEnvelope, resign, type Draft } from './envelope';
import { hashed, range, touch, type Touched } from './sets';

/** One transaction, and what is special about it. */
export interface Case {
  readonly name: string;
  readonly envelope: Buffer;
}

/** Where an earlier case was committed. */
export type PlaceOf = (name: string) => Version;
/** Transactions that must come into one block, in this order; made when the earlier batches are committed. */
export type Batch = (placeOf: PlaceOf) => Case[];

const NONCE_BYTES = 24;

/** Every case made by hand, with the keys of a cryptogen network: what no honest client, peer or orderer would send. */
export class HandMade {
  readonly #network: TestNetwork;
  readonly #client: SigningIdentity;
  readonly #regulator: SigningIdentity;
  readonly #enterprise: SigningIdentity;
  readonly #lab: SigningIdentity;
  readonly #registry: SigningIdentity;

  constructor(network: TestNetwork) {
    this.#network = network;
    this.#client = network.user('Regulator');
    this.#regulator = network.peer('Regulator');
    this.#enterprise = network.peer('Enterprise');
    this.#lab = network.peer('Lab');
    this.#registry = network.peer('Registry');
  }

  batches(): Batch[] {
    return [
      () => this.#plain(),
      (placeOf) => this.#reads(placeOf),
      (placeOf) => this.#ranges(placeOf),
      () => this.#endorsements(),
      () => this.#headers(),
      // One block each: behind some of these, Fabric's validator never finishes the rest of a block.
      ...this.#actions().map((one) => () => [one]),
      () => this.#namespaces(),
      (placeOf) => this.#identifiers(placeOf),
      () => this.#sameIdLater(),
      () => this.#keyPolicies(),
      () => this.#underKeyPolicies(),
    ];
  }

  #make(name: string, touched: Touched | undefined, draft: Partial<Draft> = {}): Case {
    const { channel, chaincode } = this.#network;
    const sets = touched ? [touch(chaincode, touched)] : [];
    const both = [this.#regulator, this.#enterprise];
    return {
      name,
      envelope: makeEnvelope(channel, chaincode, { creator: this.#client, endorsers: both, sets, ...draft }),
    };
  }

  #plain(): Case[] {
    return [
      this.#make('a write', { writes: { 'hand/a': '1' } }),
      this.#make('a second write of the same key, unread', { writes: { 'hand/a': '2' } }),
      this.#make('writes in a range', { writes: { 'hand/r1': '1', 'hand/r2': '2', 'hand/r4': '4' } }),
      this.#make('a read of a key that the block has written', { reads: { 'hand/a': undefined } }),
      this.#make('no reads and no writes', {}),
      this.#make('no namespace at all', undefined),
      this.#make('a write of a key that will be deleted', { writes: { 'hand/d': '1' } }),
      this.#make('a write without a value', { writes: { 'hand/none': '' } }),
      this.#make('private hashes', { collections: [hashed('figures', { p: '1' })] }),
    ];
  }

  #reads(placeOf: PlaceOf): Case[] {
    const a = placeOf('a second write of the same key, unread');
    const stale = placeOf('a write');
    const d = placeOf('a write of a key that will be deleted');
    const secret = placeOf('private hashes');
    const figures = (version: Version | undefined): Touched => ({
      collections: [hashed('figures', {}, { p: version })],
    });
    return [
      this.#make('a read at its version', { reads: { 'hand/a': a }, writes: { 'hand/b': '1' } }),
      this.#make('a read at an older version', { reads: { 'hand/a': stale }, writes: { 'hand/c': '1' } }),
      this.#make('a read of an absent key as absent', { reads: { 'hand/x': undefined } }),
      this.#make('a read of an absent key as present', { reads: { 'hand/x': a } }),
      this.#make('a read of a present key as absent', { reads: { 'hand/a': undefined } }),
      this.#make('a read of a key written without a value, as absent', { reads: { 'hand/none': undefined } }),
      this.#make('a read and a write', { reads: { 'hand/a': a }, writes: { 'hand/a': '3' } }),
      this.#make('the same again in one block', { reads: { 'hand/a': a }, writes: { 'hand/a': '4' } }),
      this.#make('an unread write after it', { writes: { 'hand/a': '5' } }),
      this.#make('a deletion', { reads: { 'hand/d': d }, writes: { 'hand/d': null } }),
      this.#make('a read of the deleted key at its version', { reads: { 'hand/d': d } }),
      this.#make('a read of the deleted key as absent', { reads: { 'hand/d': undefined } }),
      this.#make('a private hash read at its version', figures(secret)),
      this.#make('a private hash read at another version', figures({ block: secret.block, tx: 99 })),
      this.#make('a private hash read as absent', figures(undefined)),
    ];
  }

  #ranges(placeOf: PlaceOf): Case[] {
    const version = placeOf('writes in a range');
    const seen = ['hand/r1', 'hand/r2', 'hand/r4'].map((key) => ({ key, version }));
    const all = range('hand/r', 'hand/s', seen);
    const two = range('hand/r', 'hand/r2', seen.slice(0, 2), false);
    return [
      this.#make('a range read', { ranges: [all], writes: { 'hand/sum': '7' } }),
      this.#make('a range read that lacks a key', { ranges: [range('hand/r', 'hand/s', seen.slice(0, 2))] }),
      this.#make('a range read with one key too many', {
        ranges: [range('hand/r', 'hand/s', [...seen, { key: 'hand/r9', version }])],
      }),
      this.#make('a range read at another version', {
        ranges: [range('hand/r', 'hand/s', [{ key: 'hand/r1', version: { block: 1, tx: 0 } }, ...seen.slice(1)])],
      }),
      this.#make('a range read of nothing', { ranges: [range('hand/t', 'hand/u', [])] }),
      this.#make('a key put behind what was read of a range', { writes: { 'hand/r3': '3' } }),
      this.#make('a range not read to its end, with a new key behind', { ranges: [two] }),
      this.#make('a range read to its end, with a new key in it', { ranges: [all] }),
      this.#make('a key of the range deleted', { writes: { 'hand/r2': null } }),
      this.#make('a range not read to its end, with a key of it deleted', { ranges: [two] }),
      this.#make('a stale read and a stale range', { reads: { 'hand/a': version }, ranges: [all] }),
      this.#make('a range read summarised by hashes', undefined, {
        action: (action) => {
          action.setResults(this.#summarisedRange());
        },
      }),
    ];
  }

  #summarisedRange(): Uint8Array {
    const { kvrwset } = ledger.rwset;
    const summary = new kvrwset.QueryReadsMerkleSummary();
    summary.setMaxDegree(50);
    summary.setMaxLevel(1);
    summary.setMaxLevelHashesList([Buffer.alloc(32)]);
    const query = new kvrwset.RangeQueryInfo();
    query.setStartKey('hand/r');
    query.setEndKey('hand/s');
    query.setItrExhausted(true);
    query.setReadsMerkleHashes(summary);
    const kv = new kvrwset.KVRWSet();
    kv.setRangeQueriesInfoList([query]);
    const set = new ledger.rwset.NsReadWriteSet();
    set.setNamespace(this.#network.chaincode);
    set.setRwset(kv.serializeBinary());
    const message = new ledger.rwset.TxReadWriteSet();
    message.setNsRwsetList([set]);
    return message.serializeBinary();
  }

  #endorsements(): Case[] {
    const write = { writes: { 'hand/e': '1' } };
    const by = (name: string, ...endorsers: SigningIdentity[]): Case => this.#make(name, write, { endorsers });
    const altered = (name: string, endorsements: NonNullable<Draft['endorsements']>): Case =>
      this.#make(name, write, { endorsements });
    const garbage = { endorser: Buffer.from('nobody'), signature: Buffer.from('nothing') };
    return [
      by('no endorsement'),
      by('the mandatory organisation alone', this.#regulator),
      by('the mandatory organisation twice', this.#regulator, this.#regulator),
      by('without the mandatory organisation', this.#enterprise, this.#lab),
      by('three organisations', this.#regulator, this.#enterprise, this.#lab),
      by('an endorsement by a client', this.#regulator, this.#network.user('Enterprise')),
      by('an endorsement by an orderer', this.#regulator, this.#network.orderer('orderer2')),
      altered('one of two endorsements of other bytes', ([first], bytes) => [
        first!,
        { ...endorse(Buffer.from('other'), this.#enterprise), endorser: endorse(bytes, this.#enterprise).endorser },
      ]),
      altered('a bad endorsement beside two good ones', (good, bytes) => [
        { ...endorse(bytes, this.#lab), signature: Buffer.from('bad') },
        ...good,
      ]),
      altered('an endorsement by nobody beside two good ones', (good) => [garbage, ...good]),
      altered('the other half of a signature', ([first, second]) => [first!, otherHalf(second!)]),
      this.#make(
        'a collection’s own policy not met',
        { collections: [hashed('figures', { q: '1' })] },
        {
          endorsers: [this.#regulator, this.#registry],
        },
      ),
      this.#make(
        'a read of a collection whose policy is not met',
        { collections: [hashed('figures', {}, { none: undefined })] },
        {
          endorsers: [this.#regulator, this.#registry],
        },
      ),
      this.#make('a creator who is an orderer', write, { creator: this.#network.orderer('orderer1') }),
    ];
  }

  #headers(): Case[] {
    const write = { writes: { 'hand/h': '1' } };
    const header = (name: string, channelHeader: NonNullable<Draft['channelHeader']>): Case =>
      this.#make(name, write, { channelHeader });
    const extension = (name: string, change: NonNullable<Draft['extension']>): Case =>
      this.#make(name, write, { extension: change });
    return [
      header('a transaction of type MESSAGE', (head) => {
        head.setType(common.HeaderType.MESSAGE);
      }),
      header('an epoch', (head) => {
        head.setEpoch(1);
      }),
      header('an id that does not follow', (head) => {
        head.setTxId('0'.repeat(64));
      }),
      header('no id', (head) => {
        head.setTxId('');
      }),
      header('another version of the header', (head) => {
        head.setVersion(7);
      }),
      header('no timestamp', (head) => {
        head.clearTimestamp();
      }),
      header('an extension that is none', (head) => {
        head.setExtension$(Buffer.from([0xff]));
      }),
      this.#make('no nonce', write, {
        signatureHeader: (head) => {
          head.setNonce('');
        },
      }),
      extension('no chaincode in the header', (content) => {
        content.clearChaincodeId();
      }),
      extension('a chaincode without name in the header', (content) => {
        content.getChaincodeId()!.setName('');
      }),
      extension('a chaincode that is not there', (content) => {
        content.getChaincodeId()!.setName('elsewhere');
      }),
      this.#make('an id that does not follow, and a response to another proposal', write, {
        channelHeader: (head) => {
          head.setTxId('1'.repeat(64));
        },
        actionPayload: (content) => {
          content.setChaincodeProposalPayload(Buffer.from('another'));
        },
      }),
    ];
  }

  #actions(): Case[] {
    const write = { writes: { 'hand/t': '1' } };
    const action = (name: string, change: NonNullable<Draft['action']>): Case =>
      this.#make(name, write, { action: change });
    const transaction = (name: string, change: NonNullable<Draft['transaction']>): Case =>
      this.#make(name, write, { transaction: change });
    return [
      transaction('two actions', (content) => {
        content.setActionsList([...content.getActionsList(), ...content.getActionsList()]);
      }),
      transaction('an action without header', (content) => {
        content.getActionsList()[0]!.setHeader('');
      }),
      this.#make('a payload that is no transaction', write, {
        payload: (content) => {
          content.setData(Buffer.from([0xff, 0xff]));
        },
      }),
      this.#make('a response to another proposal', write, {
        actionPayload: (content) => {
          content.setChaincodeProposalPayload(Buffer.from('another'));
        },
      }),
      this.#make('a chaincode action that is none', write, {
        response: (content) => {
          content.setExtension$(Buffer.from([0xff, 0xff]));
        },
      }),
      action('another chaincode in the response', (content) => {
        content.getChaincodeId()!.setName('elsewhere');
      }),
      action('no chaincode in the response', (content) => {
        content.clearChaincodeId();
      }),
      action('no version in the response', (content) => {
        content.getChaincodeId()!.setVersion('');
      }),
      action('another version in the response', (content) => {
        content.getChaincodeId()!.setVersion('9.9');
      }),
      action('an answer of status 500, endorsed', (content) => {
        content.getResponse()!.setStatus(500);
      }),
      action('no answer', (content) => {
        content.clearResponse();
      }),
      action('an event of another chaincode', (content) => {
        content.setEvents(eventOf('elsewhere'));
      }),
      action('an event of its own', (content) => {
        content.setEvents(eventOf(this.#network.chaincode));
      }),
      action('an event that is none', (content) => {
        content.setEvents(Buffer.from([0xff, 0xff]));
      }),
      action('results that are no read-write set', (content) => {
        content.setResults(Buffer.from([0xff, 0xff]));
      }),
      action('no results', (content) => {
        content.setResults('');
      }),
    ];
  }

  #namespaces(): Case[] {
    const { chaincode } = this.#network;
    const own = touch(chaincode, { writes: { 'hand/n': '1' } });
    const sets = (name: string, ...list: Draft['sets'] & object): Case => this.#make(name, undefined, { sets: list });
    return [
      sets('a read of another namespace', touch('elsewhere', { reads: { k: undefined } }), own),
      sets(
        'a stale read of another namespace',
        touch('_lifecycle', { reads: { 'namespaces/metadata/carbon': undefined } }),
        own,
      ),
      sets('a write to an unknown namespace', own, touch('elsewhere', { writes: { k: '1' } })),
      sets('a write to the lifecycle', own, touch('_lifecycle', { writes: { k: '1' } })),
      sets('a namespace twice', own, touch(chaincode, { writes: { 'hand/m': '1' } })),
      sets(
        'a read of an unknown collection',
        touch(chaincode, { collections: [hashed('elsewhere', {}, { k: undefined })] }),
      ),
      sets(
        'metadata of a key that is not there',
        touch(chaincode, { metadata: { 'hand/absent': { note: Buffer.from('n') } } }),
      ),
    ];
  }

  readonly #reserved = randomBytes(NONCE_BYTES);
  readonly #reservedLater = randomBytes(NONCE_BYTES);

  /** Transactions with the same id: what takes it, and from where on. */
  #identifiers(placeOf: PlaceOf): Case[] {
    const same = this.#make('an id for the first time', { writes: { 'hand/i1': '1' } });
    const stale = { reads: { 'hand/a': placeOf('a write') }, writes: { 'hand/i3': '1' } };
    const [nonceA, nonceB, nonceC] = [randomBytes(NONCE_BYTES), randomBytes(NONCE_BYTES), randomBytes(NONCE_BYTES)];
    this.#again = same.envelope;
    return [
      same,
      { name: 'the same transaction, signed anew, in one block', envelope: resign(same.envelope, this.#client) },
      this.#make(
        'an id whose transaction lacks endorsements',
        { writes: { 'hand/i2': '1' } },
        { nonce: nonceA, endorsers: [] },
      ),
      this.#make('the same id with endorsements', { writes: { 'hand/i2': '2' } }, { nonce: nonceA }),
      this.#make('an id whose transaction reads what is stale', stale, { nonce: nonceB }),
      this.#make('the same id with nothing stale', { writes: { 'hand/i3': '2' } }, { nonce: nonceB }),
      this.#make(
        'an id whose transaction is malformed',
        { writes: { 'hand/i4': '1' } },
        {
          nonce: nonceC,
          actionPayload: (content) => {
            content.setChaincodeProposalPayload(Buffer.from('another'));
          },
        },
      ),
      this.#make('the same id, well formed', { writes: { 'hand/i4': '2' } }, { nonce: nonceC }),
      this.#squatted('an id taken by a transaction that it does not follow from', this.#reserved),
      this.#make(
        'the one that it follows from, in the same block',
        { writes: { 'hand/i5': '1' } },
        { nonce: this.#reserved },
      ),
      this.#squatted('another id taken so', this.#reservedLater),
      this.#make(
        'an id refused for its endorsements',
        { writes: { 'hand/i7': '1' } },
        { nonce: this.#refused, endorsers: [] },
      ),
    ];
  }

  readonly #refused = randomBytes(NONCE_BYTES);
  #again: Buffer = Buffer.alloc(0);

  /** A transaction of another client with the id of one that is still to come. */
  #squatted(name: string, nonce: Buffer): Case {
    const coming = this.#make('', {}, { nonce });
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(coming.envelope).getPayload_asU8(),
    );
    const { txId } = readHeader(payload);
    const creator = this.#network.user('Registry');
    return this.#make(
      name,
      { writes: { 'hand/i6': '1' } },
      {
        creator,
        channelHeader: (head) => {
          head.setTxId(txId);
        },
      },
    );
  }

  #sameIdLater(): Case[] {
    return [
      { name: 'the same transaction, signed anew, in a later block', envelope: resign(this.#again, this.#client) },
      this.#make(
        'the one that the other id follows from, in a later block',
        { writes: { 'hand/i6': '2' } },
        { nonce: this.#reservedLater },
      ),
      this.#make(
        'the refused id again, with endorsements, in a later block',
        { writes: { 'hand/i7': '2' } },
        { nonce: this.#refused },
      ),
    ];
  }

  /** State-based endorsement: the peer of Lab must endorse these keys from now on. */
  #keyPolicies(): Case[] {
    const VALIDATION_PARAMETER = createPolicy(1, ['LabMSP']).serializeBinary();
    return [
      this.#make('a key with a policy of its own', {
        writes: { 'hand/own': '1' },
        metadata: { 'hand/own': { VALIDATION_PARAMETER } },
      }),
      this.#make('a write of it in the same block, with endorsements of the chaincode’s policy', {
        writes: { 'hand/own': '2' },
      }),
      this.#make(
        'a write of it in the same block, endorsed by Lab',
        { writes: { 'hand/own': '3' } },
        { endorsers: [this.#lab] },
      ),
      this.#make('a key with metadata that are no policy', {
        writes: { 'hand/note': '1' },
        metadata: { 'hand/note': { note: Buffer.from('n') } },
      }),
    ];
  }

  #underKeyPolicies(): Case[] {
    const lab = { endorsers: [this.#lab] };
    return [
      this.#make('a key’s own policy not met', { writes: { 'hand/own': '4' } }),
      this.#make('a key’s own policy met, the chaincode’s not', { writes: { 'hand/own': '5' } }, lab),
      this.#make('two keys of which one has no policy', { writes: { 'hand/own': '6', 'hand/a': '6' } }, lab),
      this.#make('a read of a key with a policy', { reads: { 'hand/x': undefined } }, lab),
      this.#make('a write of a key with other metadata', { writes: { 'hand/note': '2' } }),
      this.#make('a deletion of a key with a policy, met', { writes: { 'hand/own': null } }, lab),
    ];
  }
}

function readHeader(payload: common.Payload): { txId: string } {
  const bytes = payload.getHeader()?.getChannelHeader_asU8() ?? Buffer.alloc(0);
  return { txId: common.ChannelHeader.deserializeBinary(bytes).getTxId() };
}

function eventOf(chaincode: string): Uint8Array {
  const event = new peer.ChaincodeEvent();
  event.setChaincodeId(chaincode);
  event.setEventName('by hand');
  return event.serializeBinary();
}

/** Order of the P-256 group: (r, n − s) is a signature of the same bytes as (r, s). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function otherHalf({ endorser, signature }: Endorsement): Endorsement {
  const bytes = Buffer.from(signature);
  const rLength = bytes[3]!;
  const r = bytes.subarray(4, 4 + rLength);
  const s = BigInt(`0x${bytes.subarray(6 + rLength).toString('hex')}`);
  const hex = `00${(ORDER - s).toString(16).padStart(64, '0')}`;
  const high = Buffer.from(hex, 'hex');
  const body = Buffer.concat([Buffer.from([2, r.length]), r, Buffer.from([2, high.length]), high]);
  return { endorser, signature: Buffer.concat([Buffer.from([0x30, body.length]), body]) };
}
