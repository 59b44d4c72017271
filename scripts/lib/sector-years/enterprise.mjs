// What every file of a report year says of the enterprise and of who verifies it.
import { createRequire } from 'node:module';

const { usccCheckDigit } = createRequire(import.meta.url)('../../../core/dist');
const verifierCode = '91110000MA0HECHA1';

/** A code of 17 characters with its check digit (GB 32100). */
export const usccOf = (code) => code + usccCheckDigit(code);

export function enterpriseOf({ code, name, region }) {
  const uscc = usccOf(code);
  return { uscc, name, region, permitNo: `${uscc}001P` };
}

/** Who verified the year. */
export function verifierOf(region, year) {
  const uscc = usccOf(verifierCode);
  return {
    ...{ uscc, name: '（虚构）华北碳核查有限公司' },
    reportNo: `${region.slice(0, 2)}-HBTHC-${uscc.slice(-6)}-${year}-V1`,
  };
}

const deadlines = { 2019: '2021', 2020: '2021', 2021: '2023', 2022: '2023' };

/** The last day of surrender: two years at a time up to 2022, then each year for the one before. */
export const deadlineOf = (year) => `${deadlines[year] ?? Number(year) + 1}-12-31`;
