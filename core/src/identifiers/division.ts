/**
 * Parts of a province that act for themselves in the market, and whose digits they act by: 深圳, and the cities of
 * 新疆生产建设兵团 (659001 石河子 …), which bear codes of 新疆 and are the corps's all the same.
 */
const actingForThemselves = [
  { divisions: '4403', authority: '4403' },
  { divisions: '6590', authority: '66' },
] as const;

function ownActing(region: string): (typeof actingForThemselves)[number] | undefined {
  return actingForThemselves.find(({ divisions }) => region.startsWith(divisions));
}

/** Leading digits of the code by which the province of a region acts: `14` of 140600, `4403` of 440304, `66` of 659001. */
export function provinceOf(region: string): string {
  return ownActing(region)?.authority ?? region.slice(0, 2);
}

/**
 * Leading digits of a region code: two of a province, four of a city, none of the whole nation. Zeros come off in pairs:
 * 500000 is 重庆 and not all that begins with 5.
 */
export function reachOf(region: string): string {
  return region.replace(/(?:00)+$/, '');
}

/** Whether a region, or one that leading digits name, answers for another. The whole nation answers for all. */
export function holdsRegion(holder: string, region: string): boolean {
  const reach = reachOf(holder);
  const own = ownActing(region);
  if (own === undefined || reach.length < 2) return region.startsWith(reach);
  return reach === own.authority || (reach.startsWith(own.divisions) && region.startsWith(reach));
}

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
