import { corrected, lifecycle, none } from './lifecycle';

const reversed = { title: { en: 'reversed', zh: '已冲正' }, standing: 'ended' } as const;

/** 登记: a lot stands for good, unless the registry's own slip is reversed before any of it is used. */
export const ccerLotLife = lifecycle({
  title: { en: 'CCER lot', zh: 'CCER 批次' },
  hasCase: false,
  states: { CURRENT: { title: { en: 'registered', zh: '已登记' }, standing: 'stands' }, REVERSED: reversed },
  transitions: [
    { on: 'filed', from: [none, 'REVERSED'], to: 'CURRENT' },
    { on: 'ccer-reversal', from: ['CURRENT'], to: 'REVERSED' },
  ],
});

/** 冻结: numbers kept for one enterprise and year, from the freeze to their cancellation or release. */
export const ccerFreezeLife = lifecycle({
  title: { en: 'CCER frozen for an offset', zh: 'CCER 冻结' },
  hasCase: true,
  states: {
    FROZEN: { title: { en: 'frozen', zh: '已冻结' }, standing: 'stands' },
    SYNCED: { title: { en: 'synced, to be offset', zh: '待抵销' }, standing: 'stands' },
    APPLIED: { title: { en: 'applied for', zh: '已申请' }, standing: 'stands' },
    CONFIRMED: {
      ...{ title: { en: 'confirmed', zh: '已确认' }, standing: 'stands' },
      awaits: [{ on: 'ccer-cancellation' }],
    },
    CANCELLED: { title: { en: 'cancelled, in whole or in part', zh: '已注销' }, standing: 'stands' },
    RELEASED: { title: { en: 'released', zh: '已解冻' }, standing: 'ended', isSpent: true },
  },
  transitions: [
    { on: 'filed', from: [none, 'RELEASED'], to: 'FROZEN' },
    { on: 'ccer-sync', from: ['FROZEN'], to: 'SYNCED' },
    { on: 'offset-application', from: ['FROZEN', 'SYNCED', 'APPLIED'], to: 'APPLIED' },
    { on: 'offset-confirmation:confirm', from: ['APPLIED'], to: 'CONFIRMED' },
    { on: 'offset-confirmation:refuse', from: ['APPLIED', 'CONFIRMED'], to: 'FROZEN' },
    { on: 'ccer-cancellation', from: ['CONFIRMED', 'CANCELLED'], to: 'CANCELLED' },
    { on: 'ccer-release', from: ['FROZEN', 'SYNCED', 'APPLIED', 'CONFIRMED', 'CANCELLED'], to: 'RELEASED' },
  ],
});

/** 注销: final once it is booked against the enterprise's obligation; a slip can be reversed up to then. */
export const ccerCancellationLife = lifecycle({
  title: { en: 'CCER cancellation', zh: 'CCER 注销' },
  hasCase: true,
  states: {
    CANCELLED: { title: { en: 'cancelled', zh: '已注销' }, standing: 'stands' },
    SYNCED: { title: { en: 'synced from the earlier registry', zh: '已同步' }, standing: 'stands' },
    BOOKED: { title: { en: 'booked', zh: '已抵销登记' }, standing: 'stands' },
    REVERSED: reversed,
  },
  transitions: [
    { on: 'filed', from: [none, 'REVERSED'], to: 'CANCELLED' },
    { on: 'ccer-sync', from: ['CANCELLED'], to: 'SYNCED' },
    { on: 'offset-booking', from: ['CANCELLED', 'SYNCED'], to: 'BOOKED' },
    { on: 'ccer-reversal', from: ['CANCELLED', 'SYNCED'], to: 'REVERSED' },
  ],
});

/** 抵销申请: applied for, then confirmed or refused by the province. */
export const offsetApplicationLife = lifecycle({
  title: { en: 'offset application', zh: '抵销申请' },
  hasCase: true,
  states: {
    APPLIED: { title: { en: 'applied for', zh: '已申请' }, standing: 'stands' },
    CONFIRMED: { title: { en: 'confirmed', zh: '已确认' }, standing: 'stands' },
    REFUSED: { title: { en: 'refused', zh: '未予确认' }, standing: 'open' },
    ...corrected,
  },
  transitions: [
    { on: 'filed', from: [none, 'REFUSED', 'OPEN', 'WITHDRAWN'], to: 'APPLIED' },
    { on: 'offset-confirmation:confirm', from: ['APPLIED'], to: 'CONFIRMED' },
    // A confirmation is taken back where nothing was cancelled on it: its freeze may have been released.
    { on: 'offset-confirmation:refuse', from: ['APPLIED', 'CONFIRMED'], to: 'REFUSED' },
    { on: 'supersession', from: ['APPLIED'], to: 'OPEN' },
    { on: 'revocation', from: ['APPLIED', 'REFUSED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});
