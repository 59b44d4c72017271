import { TypedDataEncoder } from 'ethers';
import { canonicalBytes, sha256, toHex, type PartyContent } from '..';
import { trialSigner } from '../../../plant-year/src/trial';
import { assertOrdered, orderDigest, orderTypes, signOrder, type Order } from './order';

const party = '91140100MA0FAKE2XU';
const signer = trialSigner(party);
const signedAt = '2026-03-01T00:00:00Z';
const request = { action: 'webhook-remove', webhook: `whk_${'0'.repeat(32)}` };
const order: Order = { ledger: 'ab'.repeat(32), party, request, signedAt };
const key = { id: signer.keyId, suite: signer.suite, validFrom: '2020-01-01T00:00:00Z', validTo: null };
const registered = { content: { keys: [key] } as never as PartyContent };

it('is the EIP-712 digest that ethers computes, and that the documents tell', () => {
  const domain = { name: 'CarbonAuditLedger', version: '1', salt: `0x${order.ledger}` };
  const message = {
    party,
    request: `0x${toHex(sha256(canonicalBytes(request)))}`,
    signedAt: Date.parse(signedAt) / 1000,
  };
  const digest = toHex(orderDigest(order));
  expect(`0x${digest}`).toBe(TypedDataEncoder.hash(domain, { Order: [...orderTypes.Order] }, message));
  expect(digest).toBe('cdfaefc423207bb3f7eb5c384b12a207235df1f61592141a2d445c6091aa11ab');
});

it('is taken from the key that signed it, for ten minutes', async () => {
  const signature = await signOrder(order, signer);
  for (const time of [signedAt, '2026-03-01T00:10:00Z', '2026-02-28T23:50:00Z'])
    expect(() => {
      assertOrdered(order, signature, registered, time);
    }).not.toThrow();
  for (const time of ['2026-03-01T00:10:01Z', '2026-02-28T23:49:59Z'])
    expect(() => {
      assertOrdered(order, signature, registered, time);
    }).toThrow(expect.objectContaining({ code: 'SIGNED_TIME_OUT_OF_RANGE' }) as Error);
});

it.each<[string, Partial<Order>]>([
  ['another ledger', { ledger: 'cd'.repeat(32) }],
  ['another party', { party: '91140000MA0FAKE01X' }],
  ['another action', { request: { ...request, action: 'webhook-resume' } }],
  ['another webhook', { request: { action: 'webhook-remove', ...{ webhook: `whk_${'1'.repeat(32)}` } } }],
  ['another time', { signedAt: '2026-03-01T00:00:01Z' }],
])('is of no use for %s', async (_what, change) => {
  const signature = await signOrder(order, signer);
  expect(() => {
    assertOrdered({ ...order, ...change }, signature, registered, signedAt);
  }).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }) as Error);
});

it('is taken from a party that is registered with that key alone', async () => {
  const signature = await signOrder(order, signer);
  const judged = (found: typeof registered | undefined, keyId: string): (() => void) => {
    return () => {
      assertOrdered(order, { ...signature, keyId }, found, signedAt);
    };
  };
  expect(judged(undefined, signature.keyId)).toThrow(expect.objectContaining({ code: 'PARTY_UNKNOWN' }) as Error);
  expect(judged(registered, '0xff')).toThrow(expect.objectContaining({ code: 'KEY_UNKNOWN' }) as Error);
});
