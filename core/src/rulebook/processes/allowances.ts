import { corrected, lifecycle, none } from './lifecycle';

/** A movement between accounts stands for good: a slip is mended by another one. */
export const posted = lifecycle({
  title: { en: 'entry in an account', zh: '账户记录' },
  hasCase: false,
  states: { CURRENT: { title: { en: 'posted', zh: '已记账' }, standing: 'stands' } },
  transitions: [{ on: 'filed', from: [none], to: 'CURRENT' }],
});

const stands = 'stands' as const;
const determined = ['ISSUED', 'SURRENDERED', 'CLEARED', 'DEFAULTED'] as const;

/**
 * 配额 of a plant-year: pre-allocation, determination, and what is adjusted afterwards, each under a key of its own. What
 * was issued is not withdrawn any more: it is adjusted.
 */
export const allowancesLife = lifecycle({
  title: { en: 'allowances of a plant-year', zh: '年度配额' },
  hasCase: true,
  states: {
    PRE_ALLOCATED: {
      title: { en: 'pre-allocated', zh: '已预分配' },
      standing: stands,
      awaits: [{ on: 'allowance-credit.pre' }],
    },
    PRE_ISSUED: { title: { en: 'pre-allocation issued', zh: '预分配已发放' }, standing: stands, awaits: [] },
    DETERMINED: {
      title: { en: 'determined', zh: '已核定' },
      standing: stands,
      awaits: [{ on: 'allowance-credit' }, { on: 'allowance-credit.adjustment' }],
    },
    // Its objection waits for the decision.
    OBJECTED: { title: { en: 'objected to', zh: '复核中' }, standing: stands, awaits: [] },
    ISSUED: { title: { en: 'issued', zh: '已发放' }, standing: stands, awaits: [{ on: 'surrender' }] },
    ADJUSTED: {
      title: { en: 'adjusted', zh: '已调整' },
      standing: stands,
      awaits: [{ on: 'allowance-credit.adjustment' }],
    },
    /** An adjustment took the place of this determination: it is that which is issued, and objected to. */
    AMENDED: { title: { en: 'adjusted by another record', zh: '已被调整' }, standing: stands, awaits: [] },
    SURRENDERED: { title: { en: 'surrendered', zh: '已清缴' }, standing: stands, awaits: [{ on: 'clearing' }] },
    CLEARED: { title: { en: 'obligation met', zh: '已履约' }, standing: stands, awaits: [] },
    DEFAULTED: { title: { en: 'in default', zh: '未足额清缴' }, standing: stands, awaits: [{ on: 'surrender' }] },
    ...corrected,
    // What was determined is determined anew, in working days (allocation plan: after a change of what was verified).
    OPEN: {
      ...corrected.OPEN,
      awaits: [{ on: 'filed', until: [{ count: 'working', period: 'redetermination' }] }],
    },
  },
  transitions: [
    { on: 'filed.pre', from: [none, 'OPEN', 'WITHDRAWN'], to: 'PRE_ALLOCATED' },
    { on: 'filed', from: [none, 'OPEN', 'WITHDRAWN'], to: 'DETERMINED' },
    { on: 'filed.adjustment', from: [none, 'ADJUSTED', 'OPEN', 'WITHDRAWN', ...determined], to: 'ADJUSTED' },
    { on: 'allowance-credit.pre', from: ['PRE_ALLOCATED'], to: 'PRE_ISSUED' },
    { on: 'allowance-credit', from: ['DETERMINED'], to: 'ISSUED' },
    // Determined: an objection to the adjustment was decided, and it stands.
    { on: 'allowance-credit.adjustment', from: ['ADJUSTED', 'DETERMINED'], to: 'ISSUED' },
    // What is determined of a unit is never issued by itself: its plant's is.
    { on: 'allowance-issuance.adjustment', from: ['DETERMINED', 'AMENDED', ...determined], to: 'AMENDED' },
    { on: 'objection', from: ['DETERMINED', 'ADJUSTED'], to: 'OBJECTED' },
    { on: 'decision:upheld', from: ['OBJECTED'], to: 'DETERMINED' },
    { on: 'decision:changed', from: ['OBJECTED'], to: 'OPEN' },
    { on: 'surrender', from: ['ISSUED', 'AMENDED', 'SURRENDERED', 'DEFAULTED'], to: 'SURRENDERED' },
    { on: 'clearing', from: ['ISSUED', 'AMENDED', 'SURRENDERED', 'DEFAULTED'], to: 'CLEARED' },
    { on: 'default', from: ['ISSUED', 'AMENDED', 'SURRENDERED'], to: 'DEFAULTED' },
    { on: 'supersession', from: ['PRE_ALLOCATED', 'DETERMINED'], to: 'OPEN' },
    { on: 'revocation', from: ['PRE_ALLOCATED', 'DETERMINED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});

/** 清缴: what was surrendered is added to, version by version, until the province says how the year ended. */
export const surrenderLife = lifecycle({
  title: { en: 'surrender', zh: '配额清缴' },
  hasCase: true,
  states: {
    FILED: { title: { en: 'filed', zh: '已清缴' }, standing: stands, awaits: [{ on: 'clearing' }] },
    CLEARED: { title: { en: 'obligation met', zh: '已履约' }, standing: stands, awaits: [] },
    DEFAULTED: { title: { en: 'in default', zh: '未足额清缴' }, standing: stands, awaits: [{ on: 'filed' }] },
  },
  transitions: [
    { on: 'filed', from: [none, 'FILED', 'DEFAULTED', 'CLEARED'], to: 'FILED' },
    { on: 'clearing', from: ['FILED', 'DEFAULTED'], to: 'CLEARED' },
    { on: 'default', from: ['FILED'], to: 'DEFAULTED' },
  ],
});
