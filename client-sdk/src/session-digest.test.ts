import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { toHex } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';
import { TypedDataEncoder } from 'ethers';
import { sessionDigest, sessionTypes } from './session-digest';

const message = { party: '91140000MA0FAKE01X', audience: '127.0.0.1:8080', nonce: 'ab'.repeat(32) };
const ledger = 'cd'.repeat(32);

it('is the EIP-712 digest that ethers computes', () => {
  const domain = { name: 'CarbonAuditLedger', version: '1', salt: `0x${ledger}` };
  const types = { Session: [...sessionTypes.Session] };
  const expected = TypedDataEncoder.hash(domain, types, { ...message, nonce: `0x${message.nonce}` });
  expect(`0x${toHex(sessionDigest({ ledger, ...message }))}`).toBe(expected);
});

it.each(['party', 'audience', 'nonce', 'ledger'] as const)('differs for another %s', (field) => {
  const changed = { ledger, ...message, [field]: 'ef'.repeat(32) };
  expect(toHex(sessionDigest(changed))).not.toBe(toHex(sessionDigest({ ledger, ...message })));
});

it('is the example of docs/integration.md, and so is the trial key', () => {
  const page = readFileSync(join(__dirname, '../../docs/integration.md'), 'utf8');
  const party = '91140100MA0FAKE2XU';
  const audience = '127.0.0.1:8080';
  const digest = sessionDigest({ ledger: 'ab'.repeat(32), party, audience, nonce: '01'.repeat(32) });
  expect(page).toContain(`\`${toHex(digest)}\``);
  expect(page).toContain(`\`${trialSigner(party).keyId}\``);
});
