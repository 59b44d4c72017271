import { common, peer } from '@hyperledger/fabric-protos';
import type { Endorsement } from '../../../embedded-peer/src/block/transaction';
import type { SigningIdentity } from '../../../embedded-peer/src/identity/signing-identity';
import { CaseMaker, type Case } from './case-maker';
import { endorse, type Draft } from './envelope';
import { hashed, touch } from './sets';

/** Endorsements, headers, actions and namespaces that are not as they should be, and some that only look so. */
export class FormCases extends CaseMaker {
  endorsements(): Case[] {
    const write = { writes: { 'hand/e': '1' } };
    const by = (name: string, ...endorsers: SigningIdentity[]): Case => this.make(name, write, { endorsers });
    const altered = (name: string, endorsements: NonNullable<Draft['endorsements']>): Case =>
      this.make(name, write, { endorsements });
    const garbage = { endorser: Buffer.from('nobody'), signature: Buffer.from('nothing') };
    return [
      by('no endorsement'),
      by('the mandatory organisation alone', this.regulator),
      by('the mandatory organisation twice', this.regulator, this.regulator),
      by('without the mandatory organisation', this.enterprise, this.lab),
      by('three organisations', this.regulator, this.enterprise, this.lab),
      by('an endorsement by a client', this.regulator, this.network.user('Enterprise')),
      by('an endorsement by an orderer', this.regulator, this.network.orderer('orderer2')),
      altered('one of two endorsements of other bytes', ([first], bytes) => [
        first!,
        { ...endorse(Buffer.from('other'), this.enterprise), endorser: endorse(bytes, this.enterprise).endorser },
      ]),
      altered('a bad endorsement beside two good ones', (good, bytes) => [
        { ...endorse(bytes, this.lab), signature: Buffer.from('bad') },
        ...good,
      ]),
      altered('an endorsement by nobody beside two good ones', (good) => [garbage, ...good]),
      altered('the other half of a signature', ([first, second]) => [first!, otherHalf(second!)]),
      this.make(
        'a collection’s own policy not met',
        { collections: [hashed('figures', { q: '1' })] },
        {
          endorsers: [this.regulator, this.registry],
        },
      ),
      this.make(
        'a read of a collection whose policy is not met',
        { collections: [hashed('figures', {}, { none: undefined })] },
        {
          endorsers: [this.regulator, this.registry],
        },
      ),
      this.make('a creator who is an orderer', write, { creator: this.network.orderer('orderer1') }),
    ];
  }

  headers(): Case[] {
    const write = { writes: { 'hand/h': '1' } };
    const header = (name: string, channelHeader: NonNullable<Draft['channelHeader']>): Case =>
      this.make(name, write, { channelHeader });
    const extension = (name: string, change: NonNullable<Draft['extension']>): Case =>
      this.make(name, write, { extension: change });
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
      this.make('no nonce', write, {
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
      this.make('an id that does not follow, and a response to another proposal', write, {
        channelHeader: (head) => {
          head.setTxId('1'.repeat(64));
        },
        actionPayload: (content) => {
          content.setChaincodeProposalPayload(Buffer.from('another'));
        },
      }),
    ];
  }

  actions(): Case[] {
    const write = { writes: { 'hand/t': '1' } };
    const action = (name: string, change: NonNullable<Draft['action']>): Case =>
      this.make(name, write, { action: change });
    const transaction = (name: string, change: NonNullable<Draft['transaction']>): Case =>
      this.make(name, write, { transaction: change });
    return [
      transaction('two actions', (content) => {
        content.setActionsList([...content.getActionsList(), ...content.getActionsList()]);
      }),
      transaction('an action without header', (content) => {
        content.getActionsList()[0]!.setHeader('');
      }),
      this.make('a payload that is no transaction', write, {
        payload: (content) => {
          content.setData(Buffer.from([0xff, 0xff]));
        },
      }),
      this.make('a response to another proposal', write, {
        actionPayload: (content) => {
          content.setChaincodeProposalPayload(Buffer.from('another'));
        },
      }),
      this.make('a chaincode action that is none', write, {
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
        content.setEvents(eventOf(this.network.chaincode));
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

  namespaces(): Case[] {
    const { chaincode } = this.network;
    const own = touch(chaincode, { writes: { 'hand/n': '1' } });
    const sets = (name: string, ...list: Draft['sets'] & object): Case => this.make(name, undefined, { sets: list });
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
