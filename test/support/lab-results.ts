import { shelvedRules } from '@carbon-ledger/core';
import { templateOf, writeTemplate } from '@carbon-ledger/spreadsheets';
import { plant } from './console-world';

interface Result {
  /** Days of the month on which there is a report; none where one is of the month's composite. */
  readonly days?: readonly string[];
  /** By report, in the order of the days. */
  readonly carbon: readonly string[];
}

/** The form of a laboratory as it fills it in for January 2025, with carbon contents of its choice. */
export function labResults({ days, carbon }: Result): Uint8Array {
  const { sector, methodology } = shelvedRules('CN-ETS-POWER', '2024');
  const rules = { sector, methodology };
  const reports = carbon.map((Cad_pct, at) => {
    const day = days?.[at];
    return {
      ...{ uscc: plant, unit: 'U1', month: '2025-01', sampleKind: day === undefined ? '月缩分样' : '日综合样' },
      reportNo: `FIC-CQ-202501-U1${day === undefined ? '' : `-${day}`}`,
      ...(day === undefined ? {} : { sampleDay: `2025-01-${day}` }),
      ...{ received: '2025-02-04', testStart: '2025-02-06', testEnd: '2025-02-08', issued: '2025-02-12' },
      ...{ qualification: '240417250001', Cad_pct, Mad_pct: '2.75', Had_pct: '3.82' },
      ...{ Qgr_ad_MJ_kg: '24.798', Qnet_ar_GJ_t: '21.208', St_ad_pct: '0.79' },
    };
  });
  return writeTemplate(templateOf('lab-results', rules), rules, { reports });
}
