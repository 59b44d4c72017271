import { createHash } from 'node:crypto';
import type { BuiltRecord } from '@carbon-ledger/core';
import { openLedgerReader } from '@carbon-ledger/embedded-peer';

/** Words for the hashes and folders of one run, which are other ones in the next. */
export type Names = (text: string) => string;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const HASH = /[0-9a-f]{32,}/g;
/** Where this run keeps its copies. */
const FOLDER = /\S*\/(?:copy|honest)-?\w*\/?(?:: )?/g;
/** The service of this run. */
const ADDRESS = /http:\/\/127\.0\.0\.1:\d+/g;
/** The end of a verifier key. */
const KEY = /\+[0-9a-f]{8}\+[A-Za-z0-9+/=]{44}/g;
const INSTANT = /\d{4}-\d\d-\d\dT[\d:.]+Z/g;

/** Names what the honest ledger holds; whatever else is a hash or an instant becomes `…`. */
export async function nameBlocks(dataDir: string, records: readonly BuiltRecord[]): Promise<Names> {
  const names = new Map(records.map(({ id, record }) => [id, `(${record.type})`]));
  for (const { id, record } of records) names.set(id.slice('rec:'.length), `(${record.type})`);
  const reader = await openLedgerReader(dataDir);
  for await (const { txId, version } of reader.transactions()) {
    const place = `(transaction of block ${String(version.block)})`;
    names.set(txId, place);
    names.set(sha256(`tx/${txId}`), `(hash of tx/${place})`);
  }
  for await (const { hash, number } of reader.blockHashes()) names.set(hash, `(hash of block ${String(number)})`);
  await reader.close();
  return (text) =>
    [...names]
      .reduce((named, [hash, name]) => named.replaceAll(hash, name), text)
      .replace(FOLDER, '')
      .replace(ADDRESS, '(service)')
      .replace(KEY, '+…')
      .replace(HASH, '…')
      .replace(INSTANT, '…');
}
