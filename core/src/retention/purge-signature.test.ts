import { TypedDataEncoder } from 'ethers';
import { sha256, toHex, canonicalBytes } from '..';
import { trialSigner, trialNationalAuthority } from '../../../plant-year/src/trial';
import { purgeDigest, purgeTypes, signPurge, verifyPurgeSignature, type PurgeOrder } from './purge-signature';

const party = trialNationalAuthority.uscc;
const signer = trialSigner(party);
const key = { id: signer.keyId, suite: signer.suite };
const order: PurgeOrder = {
  ledger: 'ab'.repeat(32),
  party,
  transactions: ['0'.repeat(64), '1'.repeat(64)],
  years: 5,
  signedAt: '2031-01-31T08:00:00Z',
};

it('is the EIP-712 digest that ethers computes', () => {
  const domain = { name: 'CarbonAuditLedger', version: '1', salt: `0x${order.ledger}` };
  const { transactions, years } = order;
  const request = `0x${toHex(sha256(canonicalBytes({ transactions: [...transactions], years })))}`;
  const message = { party, request, signedAt: Date.parse(order.signedAt) / 1000 };
  expect(`0x${toHex(purgeDigest(order))}`).toBe(
    TypedDataEncoder.hash(domain, { Purge: [...purgeTypes.Purge] }, message),
  );
});

it('is verified by the key that signed it', async () => {
  const { signature } = await signPurge(order, signer);
  expect(() => {
    verifyPurgeSignature(order, signature, key);
  }).not.toThrow();
});

it.each<[string, Partial<PurgeOrder>]>([
  ['another ledger', { ledger: 'cd'.repeat(32) }],
  ['another party', { party: '91140000MA0FAKE01X' }],
  ['one transaction less', { transactions: ['0'.repeat(64)] }],
  ['one transaction more', { transactions: [...order.transactions, '2'.repeat(64)] }],
  ['another number of years', { years: 6 }],
  ['another time', { signedAt: '2031-01-31T08:00:01Z' }],
])('is of no use for %s', async (_what, change) => {
  const { signature } = await signPurge(order, signer);
  expect(() => {
    verifyPurgeSignature({ ...order, ...change }, signature, key);
  }).toThrow(expect.objectContaining({ code: 'SIGNATURE_INVALID' }) as Error);
});
