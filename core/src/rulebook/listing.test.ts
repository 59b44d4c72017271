import { isListed, listedSectors } from './listing';

const r = 'a'.repeat(64);
const said = (...words: readonly (readonly [listed: boolean, sector?: string])[]) => ({
  said: words.map(([listed, sector]) => ({ listed, r, ...(sector === undefined ? {} : { sector }) })),
});

describe('the lists that an enterprise is on', () => {
  it('are told by the last word about each sector', () => {
    const left = said([true, 'POWER'], [true, 'STEEL'], [false, 'POWER']);
    expect([isListed(left), listedSectors(left)]).toEqual([true, ['STEEL']]);
    const off = said([true, 'POWER'], [false, 'POWER']);
    expect([isListed(off), listedSectors(off)]).toEqual([false, []]);
    expect(isListed(undefined)).toBe(false);
  });

  it('end with a list that takes it off, whatever was said before lists named sectors', () => {
    expect(isListed(said([true]))).toBe(true);
    expect(isListed(said([true], [false]))).toBe(false);
    expect(isListed(said([true], [false, 'POWER']))).toBe(false);
    expect(listedSectors(said([true], [true, 'POWER']))).toEqual(['POWER']);
  });
});
