import { plainWidth } from './reading';

/** Chinese names of units as clerks write them, with the symbol that a methodology uses. */
const symbols: Readonly<Record<string, string>> = {
  吨: 't',
  千克: 'kg',
  公斤: 'kg',
  克: 'g',
  万吨: '10^4t',
  吉焦: 'GJ',
  兆焦: 'MJ',
  千焦: 'kJ',
  太焦: 'TJ',
  大卡: 'kcal',
  千卡: 'kcal',
  兆瓦时: 'MWh',
  千瓦时: 'kWh',
  度: 'kWh',
  万千瓦时: '10^4kWh',
  兆瓦: 'MW',
  千瓦: 'kW',
  小时: 'h',
  天: 'd',
  立方米: 'Nm3',
  标准立方米: 'Nm3',
  万立方米: '10^4Nm3',
  万标准立方米: '10^4Nm3',
};

/** `吉焦/吨` is `GJ/t`; what is no such name stays as it is written. */
export function symbolOf(unit: string): string {
  return unit
    .split('/')
    .map((part) => part.trim())
    .map((part) => (Object.hasOwn(symbols, part) ? (symbols[part] ?? part) : part))
    .join('/');
}

/** Tonnes of CO2 and of coal are both 吨: which is meant is said by the column. */
const tonnes: Readonly<Record<string, readonly string[]>> = {
  吨二氧化碳: ['tco2'],
  吨二氧化碳当量: ['tco2e', 'tco2'],
  t: ['tco2', 'tco2e'],
  tco2: ['tco2e'],
  tco2e: ['tco2'],
};

const bareUnit = (text: string): string => plainWidth(text).replace(/\s/g, '').replaceAll('₂', '2').toLowerCase();

/** Whether a unit that people wrote, in a header or behind a number, is the unit of a column. */
export function isUnit(found: string, expected: string): boolean {
  const bare = bareUnit(symbolOf(plainWidth(found)));
  const asked = bareUnit(symbolOf(plainWidth(expected)));
  return bare === asked || (tonnes[bare] ?? []).includes(asked);
}
