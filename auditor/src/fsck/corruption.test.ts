import { runInNewContext } from 'node:vm';
import { toldAsCorrupt } from './corruption';

describe('what LevelDB says of a file that is damaged', () => {
  it.each([
    new Error('Corruption: block checksum mismatch: /l/projection/000005.ldb'),
    runInNewContext('new Error("Corruption: corrupted compressed block contents")') as unknown,
    { message: 'Corruption: bad entry in block' },
  ])('is an error of the catalogue, of whatever realm it is', (error) => {
    expect(toldAsCorrupt(error, '/l')).toMatchObject({
      code: 'STORE_CORRUPT',
      message: expect.stringMatching(/^A store of \/l cannot be read: Corruption: /) as unknown,
    });
  });

  it.each([new Error('no Corruption: here'), new TypeError('x'), 'Corruption: of a text', undefined])(
    'is nothing else',
    (error) => {
      expect(toldAsCorrupt(error, '/l')).toBe(error);
    },
  );
});
