/**
 * First two digits of the administrative divisions of GB/T 2260 at the level of provinces. 10 stands for the centre in
 * unified social credit codes (100000), 66 for 新疆生产建设兵团, which acts by region codes of its own in the market.
 */
const provinces: ReadonlySet<string> = new Set([
  ...['10', '11', '12', '13', '14', '15'],
  ...['21', '22', '23'],
  ...['31', '32', '33', '34', '35', '36', '37'],
  ...['41', '42', '43', '44', '45', '46'],
  ...['50', '51', '52', '53', '54'],
  ...['61', '62', '63', '64', '65', '66'],
  ...['71', '81', '82'],
]);

/** Six digits of an administrative division whose province exists: `140600`, `100000`. */
export function isDivision(code: string): boolean {
  return /^[0-9]{6}$/.test(code) && provinces.has(code.slice(0, 2)) && !/^..00(?!00)/.test(code);
}

/** What a party's region may say: a division, or `000000` for the whole nation. */
export function isRegion(code: string): boolean {
  return code === '000000' || isDivision(code);
}
