/** `2023-12` is one month before `2024-01`; a year moves by whole years. */
export function addMonths(period: string, months: number): string {
  const year = Number(period.slice(0, 4));
  if (period.length < 7) return String(year + Math.trunc(months / 12)).padStart(4, '0');
  const count = year * 12 + Number(period.slice(5, 7)) - 1 + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}
