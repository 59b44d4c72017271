import { holdsRegion, isDivision, isRegion, provinceOf } from '.';

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

it.each([
  ['440000', '440100', true],
  ['440000', '440300', false],
  ['44', '440304', false],
  ['440300', '440304', true],
  ['440304', '440304', true],
  ['440305', '440304', false],
  ['440300', '440100', false],
  ['650000', '650100', true],
  ['650000', '659001', false],
  ['650000', '660000', false],
  ['660000', '659001', true],
  ['660000', '660100', true],
  ['660000', '650100', false],
  ['659001', '659001', true],
  ['659002', '659001', false],
  ['500000', '510100', false],
  ['500000', '500100', true],
  ['000000', '440300', true],
  ['', '659001', true],
])('%s answers for %s: %s', (holder, region, may) => {
  expect(holdsRegion(holder, region)).toBe(may);
});

it.each([
  ['140602', '14'],
  ['440100', '44'],
  ['440304', '4403'],
  ['659001', '66'],
  ['650100', '65'],
])('the province of %s acts by %s', (region, province) => {
  expect(provinceOf(region)).toBe(province);
});
