// A month's composite sample of a coal unit, from which the unit's own heat value follows as well.

/** Results of the laboratory: % of mass, MJ/kg; Qnet,ar in GJ/t by GB/T 213. */
export function analysed({ ncv, ratio, mar }, near) {
  const [mad, had, sulphur] = [near(2.85, 0.04), near(3.75, 0.03), near(0.85, 0.1)];
  const net = near(ncv, 0.008) * 1000;
  const gross = (((net + 23 * mar) * (100 - mad)) / (100 - mar) + 206 * had) / 1000;
  const [madText, hadText, grossText] = [mad.toFixed(2), had.toFixed(2), gross.toFixed(3)];
  const tested =
    ((Number(grossText) * 1000 - 206 * Number(hadText)) * (100 - mar)) / (100 - Number(madText)) - 23 * mar;
  return {
    tested: tested / 1000,
    figures: {
      Cad_pct: (gross * near(ratio, 0.004)).toFixed(2),
      Mad_pct: madText,
      Had_pct: hadText,
      Qgr_ad_MJ_kg: grossText,
      Qnet_ar_GJ_t: (tested / 1000).toFixed(3),
      St_ad_pct: sulphur.toFixed(2),
    },
  };
}

const dayAfter = (month, days) => {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, days)).toISOString().slice(0, 10);
};

/** Received on the fourth day after the month, reported on the fourteenth; a late one after more than forty. */
export function testOf(month, unit, isLate, figures) {
  return {
    reportNo: `MEKE-${month.replace('-', '')}-${unit}`,
    sampleKind: '月缩分样',
    ...{ received: dayAfter(month, 4), testStart: dayAfter(month, 6), testEnd: dayAfter(month, 8) },
    issued: dayAfter(month, isLate ? 47 : 14),
    figures,
  };
}
