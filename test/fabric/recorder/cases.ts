import { common } from '@hyperledger/fabric-protos';
import { randomBytes } from 'node:crypto';
import type { TestNetwork } from '../network';
import { CaseMaker, type Batch, type Case, type PlaceOf } from './case-maker';
import { resign } from './envelope';
import { FormCases } from './form-cases';
import { StateCases } from './state-cases';

const NONCE_BYTES = 24;

/** Every case in the order in which it is sent. */
export function handMade(network: TestNetwork): Batch[] {
  const state = new StateCases(network);
  const form = new FormCases(network);
  const identifiers = new IdentifierCases(network);
  return [
    () => state.plain(),
    (placeOf) => state.reads(placeOf),
    (placeOf) => state.ranges(placeOf),
    () => form.endorsements(),
    () => form.headers(),
    // One block each: behind some of these, Fabric's validator never finishes the rest of a block.
    ...form.actions().map((one) => () => [one]),
    () => form.namespaces(),
    (placeOf) => identifiers.identifiers(placeOf),
    () => identifiers.sameIdLater(),
    () => state.keyPolicies(),
    () => state.underKeyPolicies(),
  ];
}

/** Transactions that share an id. */
class IdentifierCases extends CaseMaker {
  readonly #reserved = randomBytes(NONCE_BYTES);
  readonly #reservedLater = randomBytes(NONCE_BYTES);

  /** Transactions with the same id: what takes it, and from where on. */
  identifiers(placeOf: PlaceOf): Case[] {
    const same = this.make('an id for the first time', { writes: { 'hand/i1': '1' } });
    const stale = { reads: { 'hand/a': placeOf('a write') }, writes: { 'hand/i3': '1' } };
    const [nonceA, nonceB, nonceC] = [randomBytes(NONCE_BYTES), randomBytes(NONCE_BYTES), randomBytes(NONCE_BYTES)];
    this.#again = same.envelope;
    return [
      same,
      { name: 'the same transaction, signed anew, in one block', envelope: resign(same.envelope, this.client) },
      this.make(
        'an id whose transaction lacks endorsements',
        { writes: { 'hand/i2': '1' } },
        { nonce: nonceA, endorsers: [] },
      ),
      this.make('the same id with endorsements', { writes: { 'hand/i2': '2' } }, { nonce: nonceA }),
      this.make('an id whose transaction reads what is stale', stale, { nonce: nonceB }),
      this.make('the same id with nothing stale', { writes: { 'hand/i3': '2' } }, { nonce: nonceB }),
      this.make(
        'an id whose transaction is malformed',
        { writes: { 'hand/i4': '1' } },
        {
          nonce: nonceC,
          actionPayload: (content) => {
            content.setChaincodeProposalPayload(Buffer.from('another'));
          },
        },
      ),
      this.make('the same id, well formed', { writes: { 'hand/i4': '2' } }, { nonce: nonceC }),
      this.#squatted('an id taken by a transaction that it does not follow from', this.#reserved),
      this.make(
        'the one that it follows from, in the same block',
        { writes: { 'hand/i5': '1' } },
        { nonce: this.#reserved },
      ),
      this.#squatted('another id taken so', this.#reservedLater),
      this.make(
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
    const coming = this.make('', {}, { nonce });
    const payload = common.Payload.deserializeBinary(
      common.Envelope.deserializeBinary(coming.envelope).getPayload_asU8(),
    );
    const { txId } = readHeader(payload);
    const creator = this.network.user('Registry');
    return this.make(
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

  sameIdLater(): Case[] {
    return [
      { name: 'the same transaction, signed anew, in a later block', envelope: resign(this.#again, this.client) },
      this.make(
        'the one that the other id follows from, in a later block',
        { writes: { 'hand/i6': '2' } },
        { nonce: this.#reservedLater },
      ),
      this.make(
        'the refused id again, with endorsements, in a later block',
        { writes: { 'hand/i7': '2' } },
        { nonce: this.#refused },
      ),
    ];
  }
}

function readHeader(payload: common.Payload): { txId: string } {
  const bytes = payload.getHeader()?.getChannelHeader_asU8() ?? Buffer.alloc(0);
  return { txId: common.ChannelHeader.deserializeBinary(bytes).getTxId() };
}
