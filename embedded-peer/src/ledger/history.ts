import type { Timestamp } from 'google-protobuf/google/protobuf/timestamp_pb';
import { decodeTransaction } from '../block/transaction';
import { BlockIndex } from './blocks';
import { afterPrefix, historyPrefix } from './keys';
import type { Reader } from './store';
import { decodeVersion, type Version } from './version';

/** One committed change of a key. */
export interface KeyChange {
  readonly txId: string;
  readonly value: Uint8Array;
  readonly isDelete: boolean;
  readonly timestamp: Timestamp | undefined;
}

function changeAt(blocks: BlockIndex, namespace: string, key: string, place: Version): KeyChange | undefined {
  const { sets, txId, header } = decodeTransaction(Buffer.from(blocks.envelopeAt(place)));
  const set = sets.find((candidate) => candidate.namespace === namespace);
  const write = set?.writes.find((candidate) => candidate.key === key);
  if (!write) return undefined;
  return { txId, value: write.value, isDelete: write.isDelete, timestamp: header.channelHeader.getTimestamp() };
}

/** Newest first, as on Fabric since 2.0. The values are read from the blocks: nothing is stored twice. */
export async function* readHistory(reader: Reader, namespace: string, key: string): AsyncGenerator<KeyChange> {
  const prefix = historyPrefix(namespace, key);
  const blocks = new BlockIndex(reader);
  for await (const [entry] of reader.entries({ from: prefix, to: afterPrefix(prefix), newestFirst: true })) {
    const change = changeAt(blocks, namespace, key, decodeVersion(entry, prefix.length));
    if (change) yield change;
  }
}
