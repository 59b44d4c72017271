import { createECDH } from 'node:crypto';
import { fromHex, secp256k1Signer, sm2PublicKey, sm2Signer } from '@carbon-ledger/core';
import fc from 'fast-check';
import { readPublicKey, readSignature, type PublicKey } from './signature-forms';

const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const privateKey = fc.uint8Array({ minLength: 32, maxLength: 32 }).filter((bytes) => bytes[0]! > 0 && bytes[0]! < 255);
const digests = fc.uint8Array({ minLength: 32, maxLength: 32 });

function secp(bytes: Uint8Array): PublicKey {
  const pair = createECDH('secp256k1');
  pair.setPrivateKey(bytes);
  return readPublicKey(`secp256k1 ${pair.getPublicKey('hex')}\n`);
}
const sm2 = (bytes: Uint8Array): PublicKey => readPublicKey(`sm2 0x${sm2PublicKey(bytes).toUpperCase()}`);

function integer(value: bigint): string {
  const hex = value.toString(16).replace(/^(?:..)*.$/, '0$&');
  const bytes = /^[89a-f]/.test(hex) ? `00${hex}` : hex;
  return `02${(bytes.length / 2).toString(16).padStart(2, '0')}${bytes}`;
}

function der(r: bigint, s: bigint): string {
  const body = integer(r) + integer(s);
  return `30${(body.length / 2).toString(16).padStart(2, '0')}${body}`;
}

/** r ‖ s, r ‖ s ‖ v, DER, spaced and in capitals, and each of them with the other S. */
function forms(signature: string): string[] {
  const [r, s] = [signature.slice(2, 66), signature.slice(66, 130)].map((part) => BigInt(`0x${part}`)) as [
    bigint,
    bigint,
  ];
  const plain = signature.slice(2, 130);
  return [signature, plain, `${plain}00`, `0x${plain.toUpperCase()}\n`, der(r, s), plain.replace(/../g, '$& ')];
}

describe('signatures in the forms of devices', () => {
  it('come out as the ledger takes them: secp256k1, whatever its S', async () => {
    await fc.assert(
      fc.asyncProperty(privateKey, digests, async (bytes, digest) => {
        const signer = secp256k1Signer(bytes);
        const [key, right] = [secp(bytes), await signer.sign(digest)];
        expect(key.keyId).toBe(signer.keyId);
        const high = (ORDER - BigInt(`0x${right.slice(66, 130)}`)).toString(16).padStart(64, '0');
        for (const form of [...forms(right), ...forms(`0x${right.slice(2, 66)}${high}1b`)])
          expect(readSignature(form, digest, key)).toBe(right);
      }),
      { numRuns: 10 },
    );
  });

  it('come out as the ledger takes them: SM2', () => {
    fc.assert(
      fc.property(privateKey, digests, (bytes, digest) => {
        const signer = sm2Signer(bytes);
        const [key, right] = [sm2(bytes), signer.sign(digest)];
        expect(key.keyId).toBe(signer.keyId);
        for (const form of forms(right)) expect(readSignature(form, digest, key)).toBe(right);
      }),
      { numRuns: 5 },
    );
  });

  const digest = fromHex('ab'.repeat(32));
  const key = secp(fromHex('11'.repeat(32)));
  const right = async (byte = '11', over = digest): Promise<string> =>
    secp256k1Signer(fromHex(byte.repeat(32))).sign(over);
  it.each<[string, () => string | Promise<string>]>([
    ['nothing', () => ''],
    ['words', () => 'Enter PIN: ok'],
    ['half a byte', async () => (await right()).slice(0, -1)],
    ['a byte less', async () => (await right()).slice(2, 128)],
    ['DER with another length', () => `31${der(1n, 2n).slice(2)}`],
    ['DER whose second number is missing', () => '3003020101'],
    ['DER with more behind it', () => `${der(1n, 2n)}00`],
    ['another key’s', () => right('22')],
    ['one over another digest', () => right('11', fromHex('ac'.repeat(32)))],
    ['zero', () => '00'.repeat(64)],
  ])('are refused where they are %s', async (_, text) => {
    const given = await text();
    const refused = expect.objectContaining({ code: 'SIGNER_FAILED' }) as Error;
    expect(() => readSignature(given, digest, key)).toThrow(refused);
  });

  it.each(['', 'secp256k1', `rsa ${key.publicKey}`, `sm2 ${key.publicKey.slice(2)}`, `secp256k1 ${key.publicKey} x`])(
    'need a key that is told as asked: %j is not',
    (text) => {
      expect(() => readPublicKey(text)).toThrow(expect.objectContaining({ code: 'SIGNER_FAILED' }) as Error);
    },
  );
});
