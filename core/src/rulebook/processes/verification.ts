import { corrected, lifecycle, none, type Deadline, type StateSpec } from './lifecycle';

type Standing = Pick<StateSpec, 'title' | 'awaits'> & { readonly standing: 'stands' };
/** @param awaited what is to be done next, by whoever may; without it, all that leads on */
const stands = (en: string, zh: string, awaited?: readonly string[], until?: readonly Deadline[]): Standing => ({
  ...{ title: { en, zh }, standing: 'stands' },
  ...(awaited && { awaits: awaited.map((on) => ({ on, ...(until && { until }) })) }),
});

const unverified = ['FILED', 'CITY_CHECKED', 'ACCEPTED'] as const;
const inVerification = [
  ...unverified,
  'ISSUE_RAISED',
  'UNDER_VERIFICATION',
  'NONCONFORMITY',
  'CORRECTED',
  'CONSERVATIVE',
] as const;
const verified = ['CONCLUDED', 'NOTIFIED', 'RECONFIRMED', 'CHANGED'] as const;

/** 国令775 art. 12 (to tell the result), administrative measures art. 16 (to object, to decide), in working days. */
const tellBy: readonly Deadline[] = [{ count: 'working', period: 'notice' }];
const objectBy: readonly Deadline[] = [{ count: 'working', period: 'objection' }];
const answerBy: readonly Deadline[] = [{ field: 'answerBy' }];
const decideBy: readonly Deadline[] = [{ count: 'working', period: 'decision' }];

const byReview = ['review.city:accept', 'review.province:accept'] as const;
const concluded = ['verification-conclusion'] as const;
const onward = ['engagement.verification', ...concluded] as const;
const answers = ['nonconformity-response:corrected', 'nonconformity-response:conservative'] as const;

/**
 * 年度排放报告: reviewed as evidence is, then verified: nonconformities corrected or estimated conservatively, concluded,
 * told to the enterprise, objected to, decided. A report is corrected by its next version, which begins again.
 */
export const annualReportLife = lifecycle({
  title: { en: 'annual report', zh: '年度排放报告' },
  hasCase: true,
  states: {
    // That there is a nonconformity, and what answers it, is told by the nonconformity itself: nobody waits for one here.
    FILED: stands('filed', '已提交', [...byReview, ...onward]),
    CITY_CHECKED: stands('checked by the city', '市级核查通过', ['review.province:accept', ...onward]),
    ACCEPTED: stands('accepted by the province', '省级审核通过', onward),
    ISSUE_RAISED: stands('questioned after acceptance', '审核后存疑', ['review.national:accept', ...onward]),
    RETURNED: { title: { en: 'returned', zh: '已退回' }, standing: 'open' },
    UNDER_VERIFICATION: stands('under verification', '核查中', concluded),
    NONCONFORMITY: stands('with a nonconformity', '存在不符合项', concluded),
    CORRECTED: stands('nonconformity corrected', '不符合项已整改', concluded),
    CONSERVATIVE: stands('estimated conservatively', '保守估算', concluded),
    CONCLUDED: stands('verified', '已出具核查结论', ['review.province:notify'], tellBy),
    NOTIFIED: {
      ...stands('result told', '已告知核查结果'),
      awaits: [{ on: 'objection', until: objectBy, isRight: true }],
    },
    // Its objection waits for the decision.
    OBJECTED: stands('objected to', '已申请复核', []),
    RECONFIRMED: stands('confirmed on objection', '复核维持', []),
    CHANGED: stands('changed on objection', '复核变更'),
    ...corrected,
  },
  transitions: [
    { on: 'filed', from: [none, 'RETURNED', 'OPEN', 'WITHDRAWN'], to: 'FILED' },
    { on: 'review.city:accept', from: ['FILED'], to: 'CITY_CHECKED' },
    { on: 'review.city:return', from: ['FILED', 'CITY_CHECKED'], to: 'RETURNED' },
    { on: 'review.province:accept', from: ['FILED', 'CITY_CHECKED'], to: 'ACCEPTED' },
    { on: 'review.province:return', from: [...unverified, 'ISSUE_RAISED', 'UNDER_VERIFICATION'], to: 'RETURNED' },
    { on: 'review.national:question', from: ['ACCEPTED'], to: 'ISSUE_RAISED' },
    { on: 'review.national:accept', from: ['ISSUE_RAISED'], to: 'ACCEPTED' },
    { on: 'review.national:return', from: ['ACCEPTED', 'ISSUE_RAISED'], to: 'RETURNED' },
    {
      on: 'engagement.verification',
      from: [...unverified, 'ISSUE_RAISED', 'UNDER_VERIFICATION'],
      to: 'UNDER_VERIFICATION',
    },
    { on: 'nonconformity', from: inVerification, to: 'NONCONFORMITY' },
    { on: 'nonconformity-response:corrected', from: inVerification, to: 'CORRECTED' },
    { on: 'nonconformity-response:conservative', from: inVerification, to: 'CONSERVATIVE' },
    // Whether a nonconformity is open is said by its own case: it may have been withdrawn.
    { on: 'verification-conclusion', from: [...inVerification, ...verified], to: 'CONCLUDED' },
    { on: 'review.province:notify', from: ['CONCLUDED'], to: 'NOTIFIED' },
    { on: 'objection', from: ['NOTIFIED'], to: 'OBJECTED' },
    { on: 'decision:upheld', from: ['OBJECTED'], to: 'RECONFIRMED' },
    { on: 'decision:changed', from: ['OBJECTED'], to: 'CHANGED' },
    // Not while it is objected to: what is contested stands until that is decided, or nobody could decide it any more.
    { on: 'supersession', from: [...inVerification, ...verified], to: 'OPEN' },
    { on: 'revocation', from: [...inVerification, ...verified, 'RETURNED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});

/** 不符合项: raised by the verifier, answered by the enterprise, closed by the conclusion. Raised again where the answer does not do. */
export const nonconformityLife = lifecycle({
  title: { en: 'nonconformity', zh: '不符合项' },
  hasCase: true,
  states: {
    RAISED: stands('raised', '已提出', answers, answerBy),
    CORRECTED: stands('corrected', '已整改', concluded),
    CONSERVATIVE: stands('estimated conservatively', '保守估算', concluded),
    CLOSED: stands('closed by the conclusion', '已关闭'),
    ...corrected,
  },
  transitions: [
    { on: 'filed', from: [none, 'OPEN', 'WITHDRAWN'], to: 'RAISED' },
    { on: 'nonconformity-response:corrected', from: ['RAISED', 'CORRECTED', 'CONSERVATIVE'], to: 'CORRECTED' },
    { on: 'nonconformity-response:conservative', from: ['RAISED', 'CORRECTED', 'CONSERVATIVE'], to: 'CONSERVATIVE' },
    { on: 'verification-conclusion', from: ['CORRECTED', 'CONSERVATIVE', 'CLOSED'], to: 'CLOSED' },
    { on: 'supersession', from: ['RAISED', 'CORRECTED', 'CONSERVATIVE'], to: 'OPEN' },
    { on: 'revocation', from: ['RAISED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});

/** What an enterprise may object to: a decision that changes it opens it for its next version. */
export const contestable = lifecycle({
  title: { en: 'contestable record', zh: '可申请复核的记录' },
  hasCase: true,
  states: { CURRENT: stands('in force', '有效'), ...corrected },
  transitions: [
    { on: 'filed', from: [none, 'OPEN', 'WITHDRAWN'], to: 'CURRENT' },
    { on: 'objection', from: ['CURRENT'], to: 'CURRENT' },
    { on: 'decision:upheld', from: ['CURRENT'], to: 'CURRENT' },
    // Its verifier may have opened it itself meanwhile. Withdrawn it is not while it is objected to (rulebook/correction).
    { on: 'decision:changed', from: ['CURRENT', 'OPEN'], to: 'OPEN' },
    { on: 'supersession', from: ['CURRENT'], to: 'OPEN' },
    { on: 'revocation', from: ['CURRENT', 'OPEN'], to: 'WITHDRAWN' },
  ],
});

/** 复核申请: filed once about a result, and decided. What it contests waits for that, so it is not taken back. */
export const objectionLife = lifecycle({
  title: { en: 'objection', zh: '复核申请' },
  hasCase: true,
  states: {
    FILED: stands('applied for', '已申请', ['decision:upheld', 'decision:changed'], decideBy),
    UPHELD: stands('result upheld', '维持原结论'),
    CHANGED: stands('result changed', '变更原结论'),
  },
  transitions: [
    { on: 'filed', from: [none], to: 'FILED' },
    { on: 'decision:upheld', from: ['FILED'], to: 'UPHELD' },
    { on: 'decision:changed', from: ['FILED'], to: 'CHANGED' },
  ],
});
