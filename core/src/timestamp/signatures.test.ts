import { constants, createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { codeOf } from '../../../test/support/code-of';
import { toHex } from '../bytes';
import { algorithmOid, digestOf, SHA256, signatureAlgorithm } from './algorithms';
import { DerCursor, readDer, TAG, type DerElement } from './der';
import { element, integer, oid, sequence } from './der-write';
import { isSignedBy, readPublicKey, type PublicKey } from './public-key';

const message = Uint8Array.from({ length: 300 }, (_, at) => at & 255);
const other = message.map((byte, at) => (at === 7 ? byte ^ 1 : byte));

interface Pair {
  readonly privateKey: KeyObject;
  readonly key: PublicKey;
}

function pairOf({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }): Pair {
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  return { privateKey, key: readPublicKey(readDer(spki, TAG.sequence)) };
}

const rsa = (bits: number): Pair => pairOf(generateKeyPairSync('rsa', { modulusLength: bits }));
const curve = (namedCurve: string): Pair => pairOf(generateKeyPairSync('ec', { namedCurve }));

const digests = [
  ['sha256', SHA256],
  ['sha384', '2.16.840.1.101.3.4.2.2'],
  ['sha512', '2.16.840.1.101.3.4.2.3'],
] as const;

describe('digests by their object identifiers', () => {
  it.each([...digests, ['sm3', '1.2.156.10197.1.401'] as const])('%s is what node:crypto computes', (name, id) => {
    expect(toHex(digestOf(id).digest(message))).toBe(createHash(name).update(message).digest('hex'));
  });

  it.each([
    ['MD5', '1.2.840.113549.2.5'],
    ['SHA-1', '1.3.14.3.2.26'],
    ['SHA-224', '2.16.840.1.101.3.4.2.4'],
    ['a name of every object', 'constructor'],
    ['nothing', ''],
  ])('know no %s', (_, id) => {
    expect(codeOf(() => digestOf(id))).toBe('TIMESTAMP_INVALID');
  });
});

describe('algorithms of a signature', () => {
  const identifier = (id: string, ...more: Uint8Array[]): DerElement => new DerCursor(sequence(oid(id), ...more)).any();

  it.each([
    ['1.2.840.113549.1.1.1', 'rsa-pkcs1', undefined],
    ['1.2.840.113549.1.1.11', 'rsa-pkcs1', SHA256],
    ['1.2.840.10045.4.3.2', 'ecdsa', SHA256],
    ['1.2.840.10045.4.3.4', 'ecdsa', '2.16.840.1.101.3.4.2.3'],
  ])('%s is %s over %s', (id, scheme, digest) => {
    const found = signatureAlgorithm(identifier(id));
    expect([found.scheme, found.digest?.oid]).toEqual([scheme, digest]);
  });

  it.each([
    '1.2.840.113549.1.1.4',
    '1.2.840.113549.1.1.5',
    '1.2.840.113549.1.1.10',
    '1.2.840.10045.4.1',
    '1.3.101.112',
  ])('%s is weak or unknown', (id) => {
    expect(codeOf(() => signatureAlgorithm(identifier(id)))).toBe('TIMESTAMP_INVALID');
  });

  it('have no parameters, or none that say anything', () => {
    expect(algorithmOid(identifier(SHA256))).toBe(SHA256);
    expect(algorithmOid(identifier(SHA256, element(TAG.null)))).toBe(SHA256);
    expect(codeOf(() => algorithmOid(identifier(SHA256, integer(1n))))).toBe('TIMESTAMP_INVALID');
    expect(codeOf(() => algorithmOid(identifier(SHA256, element(TAG.null), element(TAG.null))))).toBe(
      'TIMESTAMP_INVALID',
    );
  });
});

describe('an RSA signature', () => {
  const { privateKey, key } = rsa(2048);
  const signed = new Uint8Array(sign('sha256', message, privateKey));
  const byRsa = { scheme: 'rsa-pkcs1', digest: digestOf(SHA256) } as const;

  it.each(digests)('over %s that node:crypto makes is taken', (name, id) => {
    const signature = new Uint8Array(sign(name, message, privateKey));
    expect(isSignedBy(key, { scheme: 'rsa-pkcs1', digest: digestOf(id) }, message, signature)).toBe(true);
  });

  it('is of its message, digest, key and scheme alone', () => {
    expect(isSignedBy(key, byRsa, other, signed)).toBe(false);
    expect(isSignedBy(key, { ...byRsa, digest: digestOf(digests[2][1]) }, message, signed)).toBe(false);
    expect(isSignedBy(rsa(2048).key, byRsa, message, signed)).toBe(false);
    expect(isSignedBy(key, { ...byRsa, scheme: 'ecdsa' }, message, signed)).toBe(false);
  });

  it('is false, never an error, for whatever is wrong with it', () => {
    const wrong = [
      new Uint8Array(),
      signed.subarray(1),
      Uint8Array.of(0, ...signed),
      new Uint8Array(256),
      new Uint8Array(256).fill(255),
    ];
    for (let at = 0; at < 256; at += 32) wrong.push(signed.map((byte, index) => (index === at ? byte ^ 1 : byte)));
    for (const signature of wrong) expect(isSignedBy(key, byRsa, message, signature)).toBe(false);
  });

  it('of another padding is none', () => {
    const pss = sign('sha256', message, { key: privateKey, padding: constants.RSA_PKCS1_PSS_PADDING });
    expect(isSignedBy(key, byRsa, message, new Uint8Array(pss))).toBe(false);
  });

  it('is of no key that is weak or that is none', () => {
    expect(codeOf(() => rsa(1024))).toBe('TIMESTAMP_INVALID');
    const info = (modulus: bigint, exponent: bigint): DerCursor => {
      const bits = element(TAG.bitString, Uint8Array.of(0), sequence(integer(modulus), integer(exponent)));
      return new DerCursor(new Uint8Array([...sequence(oid('1.2.840.113549.1.1.1'), element(TAG.null)), ...bits]));
    };
    for (const [modulus, exponent] of [
      [1n << 2047n, 1n],
      [1n << 2047n, 2n],
      [1n << 2047n, 1n << 33n],
      [1n << 2046n, 65_537n],
      [1n << 8192n, 65_537n],
    ] as const)
      expect(codeOf(() => readPublicKey(info(modulus, exponent)))).toBe('TIMESTAMP_INVALID');
    expect(readPublicKey(info(1n << 2047n, 3n)).scheme).toBe('rsa-pkcs1');
  });
});

describe('an ECDSA signature', () => {
  const byEcdsa = { scheme: 'ecdsa', digest: digestOf(SHA256) } as const;

  it.each(['P-256', 'P-384', 'P-521'])('on %s that node:crypto makes is taken, and no other', (name) => {
    const { privateKey, key } = curve(name);
    for (let count = 0; count < 3; count += 1) {
      const signature = new Uint8Array(sign('sha256', message, privateKey));
      expect(isSignedBy(key, byEcdsa, message, signature)).toBe(true);
      expect(isSignedBy(key, byEcdsa, other, signature)).toBe(false);
      expect(isSignedBy(curve(name).key, byEcdsa, message, signature)).toBe(false);
    }
    for (const signature of [new Uint8Array(), Uint8Array.of(0x30, 0), new Uint8Array(70)])
      expect(isSignedBy(key, byEcdsa, message, signature)).toBe(false);
  });

  it.each(['secp256k1', 'brainpoolP256r1'])('is of no key on %s', (name) => {
    expect(codeOf(() => curve(name))).toBe('TIMESTAMP_INVALID');
  });

  it('is of no key of another kind', () => {
    expect(codeOf(() => pairOf(generateKeyPairSync('ed25519')))).toBe('TIMESTAMP_INVALID');
  });
});
