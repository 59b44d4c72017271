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
