import { canonicalize, type Receipt } from '@carbon-ledger/core';
import { deepFreeze } from '../projection/deep-freeze';
import { receivedReceipts, sentReceipts } from './sent-receipts';

const party = deepFreeze({ kind: 'party', subject: { uscc: 'A' } }) as object;
const receiptOf = (record: object, logIndex: string): Receipt => ({
  ...{ schema: 'carbon-ledger/receipt/v1', ledger: '00', record, path: 'AA==', logIndex },
  signer: { record: party, logIndex: '0', path: '' },
});
const receipts = ['1', '2', '3'].map((index) => receiptOf({ kind: 'sample-receipt', content: { no: index } }, index));

describe('receipts on their way to a thread', () => {
  it('arrive as they were made', () => {
    const arrived = receivedReceipts(structuredClone(sentReceipts(receipts)));
    expect(arrived.map((one) => canonicalize(one))).toEqual(receipts.map((one) => canonicalize(one)));
  });

  it('carry each record once, also one that signed and is asked about', () => {
    const { records } = sentReceipts([...receipts, receiptOf(party, '0')]);
    expect(records).toHaveLength(4);
  });

  it('give the same frozen record for the same text, and another for another', () => {
    const [first, again] = [receivedReceipts(sentReceipts(receipts)), receivedReceipts(sentReceipts(receipts))];
    const recordsIn = (all: readonly object[]): unknown[] => all.map((one) => (one as Receipt)['record']);
    expect(recordsIn(again).every((record, at) => record === recordsIn(first)[at])).toBe(true);
    expect(recordsIn(first).every((record) => Object.isFrozen(record))).toBe(true);
    const [other] = receivedReceipts(sentReceipts([receiptOf({ kind: 'sample-receipt', content: { no: '9' } }, '1')]));
    expect((other as Receipt)['record']).toEqual({ kind: 'sample-receipt', content: { no: '9' } });
  });
});
