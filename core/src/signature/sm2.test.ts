import { sm2 } from 'sm-crypto';
import { sm2KeyId, sm2PublicKey, sm2Signer, verifySm2 } from '.';
import { fromHex, toHex, utf8Encode } from '../bytes';
import { sha256 } from '../digest';
import type { ErrorCode } from '../errors';
import { messageHash, signWithNonce } from './sm2';

const withCode = (code: ErrorCode): Error => expect.objectContaining({ code }) as Error;

/** GB/T 32918.5-2017, appendix A.2: signature over the recommended curve. */
const VECTOR = {
  privateKey: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
  publicKey:
    '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
  message: utf8Encode('message digest'),
  hash: 'f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640',
  nonce: 0x59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21n,
  signature:
    '0xf5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
};
const key = { id: sm2KeyId(VECTOR.publicKey), publicKey: VECTOR.publicKey };

test('the example of GB/T 32918.5: key, hash and signature', () => {
  const privateKey = fromHex(VECTOR.privateKey);
  expect(sm2PublicKey(privateKey)).toBe(VECTOR.publicKey);
  expect(toHex(messageHash(VECTOR.message, VECTOR.publicKey))).toBe(VECTOR.hash);
  expect(signWithNonce(fromHex(VECTOR.hash), privateKey, VECTOR.nonce)).toBe(VECTOR.signature);
  expect(() => {
    verifySm2(VECTOR.message, VECTOR.signature, key);
  }).not.toThrow();
});

test('a signer’s signatures verify, and are the same each time', () => {
  for (const name of ['a', 'b', 'c']) {
    const signer = sm2Signer(sha256(utf8Encode(name)));
    const message = sha256(utf8Encode(`message ${name}`));
    const signature = signer.sign(message);
    expect(signer.sign(message)).toBe(signature);
    verifySm2(message, signature, { id: signer.keyId, publicKey: signer.publicKey });
  }
});

test('sm-crypto agrees: keys, our signatures, and its own', () => {
  for (const name of ['d', 'e']) {
    const privateKey = toHex(sha256(utf8Encode(name)));
    const signer = sm2Signer(fromHex(privateKey));
    const message = sha256(utf8Encode(`message ${name}`));
    expect(signer.publicKey).toBe(sm2.getPublicKeyFromPrivateKey(privateKey));
    expect(sm2.doVerifySignature([...message], signer.sign(message).slice(2), signer.publicKey, { hash: true })).toBe(
      true,
    );
    const theirs = sm2.doSignature([...message], privateKey, { hash: true });
    expect(() => {
      verifySm2(message, `0x${theirs}`, { id: signer.keyId, publicKey: signer.publicKey });
    }).not.toThrow();
  }
});

test('nothing else verifies', () => {
  const other = sm2Signer(sha256(utf8Encode('other')));
  const zero = '0'.repeat(64);
  const order = 'fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123';
  const wrong: readonly (readonly [Uint8Array, string, { id: string; publicKey?: string }])[] = [
    [utf8Encode('another message'), VECTOR.signature, key],
    [VECTOR.message, VECTOR.signature.replace(/a$/, 'b'), key],
    [VECTOR.message, VECTOR.signature.toUpperCase(), key],
    [VECTOR.message, `${VECTOR.signature}00`, key],
    [VECTOR.message, VECTOR.signature.slice(2), key],
    [VECTOR.message, `0x${zero}${VECTOR.signature.slice(66)}`, key],
    [VECTOR.message, `${VECTOR.signature.slice(0, 66)}${zero}`, key],
    [VECTOR.message, `${VECTOR.signature.slice(0, 66)}${order}`, key],
    [VECTOR.message, VECTOR.signature, { id: key.id }],
    [VECTOR.message, VECTOR.signature, { id: other.keyId, publicKey: VECTOR.publicKey }],
    [VECTOR.message, VECTOR.signature, { id: other.keyId, publicKey: other.publicKey }],
    [VECTOR.message, VECTOR.signature, { id: sm2KeyId(`04${zero}${zero}`), publicKey: `04${zero}${zero}` }],
  ];
  for (const [message, signature, by] of wrong) {
    expect(() => {
      verifySm2(message, signature, by);
    }).toThrow(withCode('SIGNATURE_INVALID'));
  }
});

test('nonces out of range are not used', () => {
  const privateKey = fromHex(VECTOR.privateKey);
  expect(signWithNonce(fromHex(VECTOR.hash), privateKey, 0n)).toBeUndefined();
  expect(signWithNonce(fromHex(VECTOR.hash), privateKey, 1n << 256n)).toBeUndefined();
});
