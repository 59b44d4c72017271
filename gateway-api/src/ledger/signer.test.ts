import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import fc from 'fast-check';
import { createLowSSigner, derSignature } from './signer';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
const HALF_ORDER = 0x7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8n;

/** r and s of a DER signature. */
function integers(der: Uint8Array): bigint[] {
  const found: bigint[] = [];
  for (let at = 2; at < der.length; at += 2 + (der[at + 1] ?? 0)) {
    found.push(BigInt(`0x${Buffer.from(der.subarray(at + 2, at + 2 + (der[at + 1] ?? 0))).toString('hex')}`));
  }
  return found;
}

describe('the low-S signer', () => {
  const sign = createLowSSigner(pem);

  it('makes signatures that verify, with s in its low form, as Fabric demands', async () => {
    for (let count = 0; count < 50; count++) {
      const message = Buffer.from(`message ${String(count)}`);
      const signature = await sign(message);
      expect(verify('sha256', message, createPublicKey(privateKey), signature)).toBe(true);
      expect(integers(signature)[1]! <= HALF_ORDER).toBe(true);
    }
  });

  it('writes integers in DER as short as they can be and never negative', () => {
    const half = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(half, half, (r, s) => {
        const der = derSignature(r, s);
        expect(der[1]).toBe(der.length - 2);
        expect(integers(der)).toEqual([r, s].map((bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`)));
        expect((der[4] ?? 0) < 0x80).toBe(true);
      }),
    );
  });
});
