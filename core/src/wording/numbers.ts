/** Thousands are set apart by a thin space, as GB/T 15835 and ISO 80000 have it; no digit is added or left out. */
const THIN = '\u2009';

/** An exact decimal as people read it. What is no plain decimal stays as it is. */
export function formatNumber(text: string): string {
  const parts = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (parts === null) return text;
  const [, sign = '', whole = '', rest = ''] = parts;
  return `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, THIN)}${rest}`;
}

/** Units as the two languages write them; what is a number alone has none. */
const chineseUnits: ReadonlyMap<string, string> = new Map([
  ['t', '吨'],
  ['tCO2', '吨CO₂'],
  ['h', '小时'],
  ['d', '天'],
]);

export function formatUnit(unit: string | null | undefined, language: 'zh' | 'en'): string {
  if (unit === null || unit === undefined || unit === '1') return '';
  if (language === 'zh' && chineseUnits.has(unit)) return chineseUnits.get(unit) ?? unit;
  return unit.replace('CO2', 'CO₂');
}

const dayNumber = /^((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

/** A parameter as people read it: a day is kept as its eight digits, `20250331`. */
export function formatParameter(value: string, unit: string): string {
  const [day, ...parts] = (unit === '1' ? dayNumber.exec(value) : null) ?? [];
  return day === undefined ? formatNumber(value) : parts.join('-');
}

export function formatAmount(value: string | null, unit: string | null | undefined, language: 'zh' | 'en'): string {
  if (value === null) return language === 'zh' ? '未公开' : 'not open';
  return `${formatNumber(value)} ${formatUnit(unit, language)}`.trim();
}

const time = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' });

/** Times of the ledger are UTC; people here live by Asia/Shanghai, and the zone is always named. */
export function formatTime(instant: string): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? instant : `${time.format(date)} +08:00`;
}
