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

/** 注销: final once it is booked against the enterprise's obligation; a slip can be reversed up to then. */
export const ccerCancellationLife = lifecycle({
  title: { en: 'CCER cancellation', zh: 'CCER 注销' },
  hasCase: true,
  states: {
    CANCELLED: { title: { en: 'cancelled', zh: '已注销' }, standing: 'stands' },
    BOOKED: { title: { en: 'booked', zh: '已抵销登记' }, standing: 'stands' },
    REVERSED: reversed,
  },
  transitions: [
    { on: 'filed', from: [none, 'REVERSED'], to: 'CANCELLED' },
    { on: 'surrender', from: ['CANCELLED', 'BOOKED'], to: 'BOOKED' },
    { on: 'ccer-reversal', from: ['CANCELLED'], to: 'REVERSED' },
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
    { on: 'offset-confirmation:refuse', from: ['APPLIED'], to: 'REFUSED' },
    { on: 'supersession', from: ['APPLIED'], to: 'OPEN' },
    { on: 'revocation', from: ['APPLIED', 'REFUSED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});
