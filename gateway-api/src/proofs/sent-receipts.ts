import { LRUCache } from 'lru-cache';
import type { Receipt } from '@carbon-ledger/core';
import { deepFreeze } from '../projection/deep-freeze';

/** A receipt on its way to a thread: its records are named by their places among those that are sent with it. */
interface SentReceipt {
  readonly record: number;
  readonly signer: number;
  /** All else, as JSON text. */
  readonly rest: string;
}

/** Receipts of one proof, each record as text and once: one party signs many, and thousands cross to a thread at once. */
export interface SentReceipts {
  readonly records: readonly string[];
  readonly receipts: readonly SentReceipt[];
}

interface SignerPart {
  readonly record: object;
}

/** Texts of records as the projection gives them: frozen, and the same ones as long as they are kept there. */
const texts = new WeakMap<object, string>();

function textOf(record: object): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const text = JSON.stringify(record);
  if (Object.isFrozen(record)) texts.set(record, text);
  return text;
}

export function sentReceipts(receipts: readonly Receipt[]): SentReceipts {
  const places = new Map<string, number>();
  const placeOf = (record: object): number => {
    const text = textOf(record);
    const place = places.get(text) ?? places.size;
    places.set(text, place);
    return place;
  };
  const sent = receipts.map(({ record, signer, ...rest }) => {
    const { record: signing, ...place } = signer as SignerPart;
    return {
      record: placeOf(record as object),
      signer: placeOf(signing),
      rest: JSON.stringify({ ...rest, signer: place }),
    };
  });
  return { records: [...places.keys()], receipts: sent };
}

/** Characters of texts whose values a thread keeps: records of the plants that were asked about last. They are public. */
const KEPT_CHARACTERS = 2_000_000;

const read = new LRUCache<string, object>({
  maxSize: KEPT_CHARACTERS,
  sizeCalculation: (_, text) => Math.max(1, text.length),
});

/** The same value for the same text, frozen: what was found out about it once needs not be found out again. */
function recordOf(text: string): object {
  const known = read.get(text);
  if (known !== undefined) return known;
  const record = deepFreeze(JSON.parse(text)) as object;
  read.set(text, record);
  return record;
}

/** The receipts as they were made. */
export function receivedReceipts({ records, receipts }: SentReceipts): object[] {
  const values = records.map(recordOf);
  return receipts.map(({ record, signer, rest }) => {
    const { signer: place, ...others } = JSON.parse(rest) as { readonly signer: object };
    return { ...others, record: values[record], signer: { ...place, record: values[signer] } };
  });
}
