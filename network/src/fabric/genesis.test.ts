import fc from 'fast-check';
import { genesisHash } from './genesis';

/** Header of a genuine Fabric 3.1.5 channel's first block; the hash is what its second block names as previous. */
const header = Buffer.from('0a221a208814664692b6b7e5d6aa6b13bfb5ddd5d5eba9a22310da22512703f69874e9bc', 'hex');
const previousOfSecond = '66f8ad6ccd5a775092087d59642e22cd9717ec68fdb367df62461675b32852f3';

describe('genesisHash', () => {
  it('is what the second block of a genuine channel names as its previous hash', () => {
    expect(genesisHash(header)).toBe(previousOfSecond);
  });

  it('does not depend on what follows the header', () => {
    expect(genesisHash(Buffer.concat([header, Buffer.from('1200', 'hex')]))).toBe(previousOfSecond);
  });

  it('refuses a block that is cut off at any place', () => {
    for (let length = 0; length < header.length; length += 1) {
      expect(() => genesisHash(header.subarray(0, length))).toThrow(RangeError);
    }
  });

  it('ends on any bytes, with a hash or a refusal', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          expect(genesisHash(bytes)).toMatch(/^[0-9a-f]{64}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }),
    );
  });
});
