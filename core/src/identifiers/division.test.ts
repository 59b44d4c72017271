import { isDivision, isRegion } from '.';

it.each(['100000', '110000', '140000', '140600', '140602', '440300', '659001', '710000', '810000', '820000'])(
  '%s is a division',
  (code) => {
    expect([isDivision(code), isRegion(code)]).toEqual([true, true]);
  },
);

it.each(['', '14', '1406000', '14060０', '000001', '160000', '240000', '990000', '140001'])('%j is none', (code) => {
  expect([isDivision(code), isRegion(code)]).toEqual([false, false]);
});

it('the whole nation is a region and no division', () => {
  expect([isDivision('000000'), isRegion('000000')]).toEqual([false, true]);
});
