import sample from '../sample-plant.json';

export { sample };
export type SampleUnit = (typeof sample.units)[number];
export type SampleMonth = SampleUnit['months'][number];

/** A document and the records that name it. */
export interface SampleDocument {
  /** Path below `files/`. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly for: readonly { readonly key: string; readonly role: string }[];
}

export const notice = '【虚构样例】本文件及其中的企业、机构、数据均为虚构 / ENTIRELY FICTITIOUS';

/** `U1/2024-01/monthly-evidence` of the sample's enterprise as a business key. */
export function keyOf(unit: string, period: string, kind: string): string {
  return `${sample.enterprise.uscc}/${unit}/${period}/${kind}`;
}

export function daysOf(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
}

/** Days on which a unit ran: the first ones of the month, as many as its hours fill. */
export function runningDays(month: SampleMonth): number {
  return Math.min(daysOf(month.month), Math.max(1, Math.ceil(Number(month.operatingHours_h) / 24)));
}
