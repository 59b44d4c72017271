import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TypedDataEncoder } from 'ethers';
import { canonicalBytes, keyPossessionTypes, purgeTypes, sha256, toHex } from '@carbon-ledger/core';
import { trialSigner } from '@carbon-ledger/plant-year/trial';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/formats/submission.md'), 'utf8');
const party = '91140100MA0FAKE2XU';
const signedAt = Date.parse('2026-03-01T00:00:00Z') / 1000;

/** Every EIP-712 message type that stands in a source file. */
function typesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .flatMap(
      (name) =>
        readFileSync(join(root, folder, name), 'utf8').match(/\b[A-Z]\w+\((?:string|bytes32) (?!indexed)[^)]*\)/g) ??
        [],
    );
}

/** As ethers hashes it. */
function digestOf(salt: string, types: Parameters<typeof TypedDataEncoder.hash>[1], message: object): string {
  const domain = { name: 'CarbonAuditLedger', version: '1', salt: `0x${salt.repeat(32)}` };
  return TypedDataEncoder.hash(domain, types, message as Record<string, unknown>).slice(2);
}

const hashOf = (value: unknown): string => `0x${toHex(sha256(canonicalBytes(value)))}`;

describe('docs/formats/submission.md', () => {
  it('names every message that a key of a party signs', () => {
    const types = new Set(['core/src', 'client-sdk/src', 'gateway-api/src', 'cli/src'].flatMap(typesIn));
    expect([...types].filter((type) => !page.includes(`\`${type}\``))).toEqual([]);
    expect(types.size).toBeGreaterThan(6);
  });

  it('gives digests that ethers computes', () => {
    const { keyId } = trialSigner(party);
    const purge = { party, request: hashOf({ transactions: [], years: 5 }), signedAt };
    const statement = { kind: 'inspection-report', party, body: hashOf({}), signedAt };
    const statementTypes = {
      Statement: [
        { name: 'kind', type: 'string' },
        { name: 'party', type: 'string' },
        { name: 'body', type: 'bytes32' },
        { name: 'signedAt', type: 'uint64' },
      ],
    };
    expect(page).toContain(
      `\`${keyId}\`: \`${digestOf('00', { KeyPossession: [...keyPossessionTypes.KeyPossession] }, { party, keyId })}\``,
    );
    expect(page).toContain(`\`${digestOf('ab', { Purge: [...purgeTypes.Purge] }, purge)}\``);
    expect(page).toContain(`\`${digestOf('ab', statementTypes, statement)}\``);
  });
});
