/**
 * Years that raw records and ledgers of emissions are kept at least: Interim Regulation on carbon emission trading
 * (碳排放权交易管理暂行条例, State Council Order 775). An authority may keep them longer, never shorter.
 */
export const RETENTION_YEARS = 5;
