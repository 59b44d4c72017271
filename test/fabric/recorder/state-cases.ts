import { ledger } from '@hyperledger/fabric-protos';
import { createPolicy } from '../../../embedded-peer/src/identity/signature-policy';
import type { Version } from '../../../embedded-peer/src/ledger/version';
import { CaseMaker, type Case, type PlaceOf } from './case-maker';
import { hashed, range, type Touched } from './sets';

/** Reads, ranges and policies of single keys against the state, as it stands before and within a block. */
export class StateCases extends CaseMaker {
  plain(): Case[] {
    return [
      this.make('a write', { writes: { 'hand/a': '1' } }),
      this.make('a second write of the same key, unread', { writes: { 'hand/a': '2' } }),
      this.make('writes in a range', { writes: { 'hand/r1': '1', 'hand/r2': '2', 'hand/r4': '4' } }),
      this.make('a read of a key that the block has written', { reads: { 'hand/a': undefined } }),
      this.make('no reads and no writes', {}),
      this.make('no namespace at all', undefined),
      this.make('a write of a key that will be deleted', { writes: { 'hand/d': '1' } }),
      this.make('a write without a value', { writes: { 'hand/none': '' } }),
      this.make('private hashes', { collections: [hashed('figures', { p: '1' })] }),
    ];
  }

  reads(placeOf: PlaceOf): Case[] {
    const a = placeOf('a second write of the same key, unread');
    const stale = placeOf('a write');
    const d = placeOf('a write of a key that will be deleted');
    const secret = placeOf('private hashes');
    const figures = (version: Version | undefined): Touched => ({
      collections: [hashed('figures', {}, { p: version })],
    });
    return [
      this.make('a read at its version', { reads: { 'hand/a': a }, writes: { 'hand/b': '1' } }),
      this.make('a read at an older version', { reads: { 'hand/a': stale }, writes: { 'hand/c': '1' } }),
      this.make('a read of an absent key as absent', { reads: { 'hand/x': undefined } }),
      this.make('a read of an absent key as present', { reads: { 'hand/x': a } }),
      this.make('a read of a present key as absent', { reads: { 'hand/a': undefined } }),
      this.make('a read of a key written without a value, as absent', { reads: { 'hand/none': undefined } }),
      this.make('a read and a write', { reads: { 'hand/a': a }, writes: { 'hand/a': '3' } }),
      this.make('the same again in one block', { reads: { 'hand/a': a }, writes: { 'hand/a': '4' } }),
      this.make('an unread write after it', { writes: { 'hand/a': '5' } }),
      this.make('a deletion', { reads: { 'hand/d': d }, writes: { 'hand/d': null } }),
      this.make('a read of the deleted key at its version', { reads: { 'hand/d': d } }),
      this.make('a read of the deleted key as absent', { reads: { 'hand/d': undefined } }),
      this.make('a private hash read at its version', figures(secret)),
      this.make('a private hash read at another version', figures({ block: secret.block, tx: 99 })),
      this.make('a private hash read as absent', figures(undefined)),
    ];
  }

  ranges(placeOf: PlaceOf): Case[] {
    const version = placeOf('writes in a range');
    const seen = ['hand/r1', 'hand/r2', 'hand/r4'].map((key) => ({ key, version }));
    const all = range('hand/r', 'hand/s', seen);
    const two = range('hand/r', 'hand/r2', seen.slice(0, 2), false);
    return [
      this.make('a range read', { ranges: [all], writes: { 'hand/sum': '7' } }),
      this.make('a range read that lacks a key', { ranges: [range('hand/r', 'hand/s', seen.slice(0, 2))] }),
      this.make('a range read with one key too many', {
        ranges: [range('hand/r', 'hand/s', [...seen, { key: 'hand/r9', version }])],
      }),
      this.make('a range read at another version', {
        ranges: [range('hand/r', 'hand/s', [{ key: 'hand/r1', version: { block: 1, tx: 0 } }, ...seen.slice(1)])],
      }),
      this.make('a range read of nothing', { ranges: [range('hand/t', 'hand/u', [])] }),
      this.make('a key put behind what was read of a range', { writes: { 'hand/r3': '3' } }),
      this.make('a range not read to its end, with a new key behind', { ranges: [two] }),
      this.make('a range read to its end, with a new key in it', { ranges: [all] }),
      this.make('a key of the range deleted', { writes: { 'hand/r2': null } }),
      this.make('a range not read to its end, with a key of it deleted', { ranges: [two] }),
      this.make('a stale read and a stale range', { reads: { 'hand/a': version }, ranges: [all] }),
      this.make('a range read summarised by hashes', undefined, {
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
    set.setNamespace(this.network.chaincode);
    set.setRwset(kv.serializeBinary());
    const message = new ledger.rwset.TxReadWriteSet();
    message.setNsRwsetList([set]);
    return message.serializeBinary();
  }

  /** State-based endorsement: the peer of Lab must endorse these keys from now on. */
  keyPolicies(): Case[] {
    const VALIDATION_PARAMETER = createPolicy(1, ['LabMSP']).serializeBinary();
    return [
      this.make('a key with a policy of its own', {
        writes: { 'hand/own': '1' },
        metadata: { 'hand/own': { VALIDATION_PARAMETER } },
      }),
      this.make('a write of it in the same block, with endorsements of the chaincode’s policy', {
        writes: { 'hand/own': '2' },
      }),
      this.make(
        'a write of it in the same block, endorsed by Lab',
        { writes: { 'hand/own': '3' } },
        { endorsers: [this.lab] },
      ),
      this.make('a key with metadata that are no policy', {
        writes: { 'hand/note': '1' },
        metadata: { 'hand/note': { note: Buffer.from('n') } },
      }),
    ];
  }

  underKeyPolicies(): Case[] {
    const lab = { endorsers: [this.lab] };
    return [
      this.make('a key’s own policy not met', { writes: { 'hand/own': '4' } }),
      this.make('a key’s own policy met, the chaincode’s not', { writes: { 'hand/own': '5' } }, lab),
      this.make('two keys of which one has no policy', { writes: { 'hand/own': '6', 'hand/a': '6' } }, lab),
      this.make('a read of a key with a policy', { reads: { 'hand/x': undefined } }, lab),
      this.make('a write of a key with other metadata', { writes: { 'hand/note': '2' } }),
      this.make('a deletion of a key with a policy, met', { writes: { 'hand/own': null } }, lab),
    ];
  }
}
