import { corrected, lifecycle, none } from './lifecycle';

const filed = { title: { en: 'filed', zh: '已提交' }, standing: 'stands' } as const;
/** An acceptance is what people wait for; that it may be returned still, or questioned, waits for nobody. */
const accepted = {
  title: { en: 'accepted by the province', zh: '省级审核通过' },
  standing: 'stands',
  awaits: [],
} as const;
const questioned = ['ISSUE_RAISED', 'EXPLAINED'] as const;
const returned = {
  title: { en: 'returned', zh: '已退回' },
  standing: 'open',
  awaits: [{ on: 'filed', until: [{ field: 'returnBy' }] }],
} as const;

/**
 * 国家—省—市三级联审 of evidence and reports: the city checks on site, the province reviews, the nation screens what was
 * accepted. Whoever returns opens the key for the next version, which begins again.
 */
export const threeLevelReview = lifecycle({
  title: { en: 'review in three levels', zh: '国家—省—市三级联审' },
  hasCase: true,
  states: {
    FILED: filed,
    CITY_CHECKED: { title: { en: 'checked by the city', zh: '市级核查通过' }, standing: 'stands' },
    ACCEPTED: accepted,
    ISSUE_RAISED: {
      title: { en: 'questioned after acceptance', zh: '审核后存疑' },
      standing: 'stands',
      isQuestioned: true,
    },
    // Whoever is questioned does not lift the doubt by its own word: that is for who raised it.
    EXPLAINED: { title: { en: 'explained', zh: '已说明' }, standing: 'stands', isQuestioned: true },
    RETURNED: returned,
    ...corrected,
  },
  transitions: [
    { on: 'filed', from: [none, 'RETURNED', 'OPEN', 'WITHDRAWN'], to: 'FILED' },
    { on: 'review.city:accept', from: ['FILED'], to: 'CITY_CHECKED' },
    { on: 'review.city:return', from: ['FILED', 'CITY_CHECKED'], to: 'RETURNED' },
    { on: 'review.province:accept', from: ['FILED', 'CITY_CHECKED', 'EXPLAINED'], to: 'ACCEPTED' },
    { on: 'review.province:return', from: ['FILED', 'CITY_CHECKED', 'ACCEPTED', ...questioned], to: 'RETURNED' },
    { on: 'review.national:question', from: ['ACCEPTED', 'EXPLAINED'], to: 'ISSUE_RAISED' },
    { on: 'finding', from: ['ACCEPTED', ...questioned], to: 'ISSUE_RAISED' },
    { on: 'explanation', from: questioned, to: 'EXPLAINED' },
    { on: 'review.national:accept', from: questioned, to: 'ACCEPTED' },
    { on: 'review.national:return', from: ['ACCEPTED', ...questioned], to: 'RETURNED' },
    { on: 'supersession', from: ['FILED', 'CITY_CHECKED', 'ACCEPTED', ...questioned], to: 'OPEN' },
    {
      on: 'revocation',
      from: ['FILED', 'CITY_CHECKED', 'ACCEPTED', ...questioned, 'RETURNED', 'OPEN'],
      to: 'WITHDRAWN',
    },
  ],
});

const byProvince = [
  { on: 'review.province:accept', from: ['FILED'], to: 'ACCEPTED' },
  { on: 'review.province:return', from: ['FILED'], to: 'RETURNED' },
] as const;

/**
 * What the province alone accepts or returns: the registration of facilities. Its next version may follow at any time; one
 * that should not have been accepted is withdrawn, and all that it registered with it.
 */
export const provinceReview = lifecycle({
  title: { en: 'review by the province', zh: '省级审核' },
  hasCase: true,
  // Without units the enterprise files nothing: it is told to register them again.
  states: {
    FILED: filed,
    ACCEPTED: accepted,
    RETURNED: returned,
    WITHDRAWN: { ...corrected.WITHDRAWN, awaits: [{ on: 'filed' }] },
  },
  transitions: [
    { on: 'filed', from: [none, 'FILED', 'ACCEPTED', 'RETURNED', 'WITHDRAWN'], to: 'FILED' },
    ...byProvince,
    { on: 'revocation', from: ['FILED', 'ACCEPTED', 'RETURNED'], to: 'WITHDRAWN' },
  ],
});

/** A change of units, accepted or returned by the province: another change, or the registration itself, follows it. */
export const unitChangeLife = lifecycle({
  title: { en: 'change of units', zh: '机组变更审核' },
  hasCase: true,
  states: { FILED: filed, ACCEPTED: accepted, RETURNED: returned },
  transitions: [{ on: 'filed', from: [none, 'FILED', 'ACCEPTED', 'RETURNED'], to: 'FILED' }, ...byProvince],
});

/**
 * 数据质量控制方案: accepted by the province, in force from 1 January of its year. Once it was accepted it is revised for one of
 * the six reasons of the guideline alone, which the supersession names.
 */
export const planLife = lifecycle({
  title: { en: 'data quality control plan', zh: '数据质量控制方案' },
  hasCase: true,
  states: {
    FILED: filed,
    CITY_CHECKED: { title: { en: 'checked by the city', zh: '市级核查通过' }, standing: 'stands' },
    ACCEPTED: accepted,
    RETURNED: returned,
    REVISING: { title: { en: 'being revised', zh: '修订中' }, standing: 'open' },
    WITHDRAWN: corrected.WITHDRAWN,
  },
  transitions: [
    { on: 'filed', from: [none, 'RETURNED', 'REVISING', 'WITHDRAWN'], to: 'FILED' },
    { on: 'review.city:accept', from: ['FILED'], to: 'CITY_CHECKED' },
    { on: 'review.city:return', from: ['FILED', 'CITY_CHECKED'], to: 'RETURNED' },
    { on: 'review.province:accept', from: ['FILED', 'CITY_CHECKED'], to: 'ACCEPTED' },
    { on: 'review.province:return', from: ['FILED', 'CITY_CHECKED', 'ACCEPTED'], to: 'RETURNED' },
    { on: 'review.national:return', from: ['ACCEPTED'], to: 'RETURNED' },
    { on: 'supersession', from: ['FILED', 'CITY_CHECKED', 'ACCEPTED'], to: 'REVISING' },
    { on: 'revocation', from: ['FILED', 'CITY_CHECKED', 'ACCEPTED', 'RETURNED', 'REVISING'], to: 'WITHDRAWN' },
  ],
});
