import { corrected, lifecycle, none, type StateSpec } from './lifecycle';

type Waiting = Pick<StateSpec, 'title' | 'awaits'> & { readonly standing: 'stands' };

const stands = (en: string, zh: string, ...awaited: readonly string[]): Waiting => ({
  title: { en, zh },
  standing: 'stands',
  ...(awaited.length === 0 ? {} : { awaits: awaited.map((on) => ({ on })) }),
});

/** Where findings stand open: each has a case of its own, so one may be handed over while another is rectified. */
const withFindings = ['FINDINGS', 'HANDED_OVER', 'RECTIFYING', 'SENT_BACK'] as const;

/** 飞行检查: planned under seal, opened with its seed, which freezes what is anchored; closed once no finding is open. */
export const inspectionLife = lifecycle({
  title: { en: 'inspection', zh: '飞行检查' },
  hasCase: true,
  states: {
    PLANNED: { ...stands('planned', '已制定方案'), awaits: [{ on: 'filed', until: [{ field: 'openBy' }] }] },
    FROZEN: stands('opened, evidence frozen', '已启动，证据冻结', 'finding', 'closure:closed'),
    FINDINGS: stands('with findings', '发现问题', 'handover', 'closure:closed'),
    HANDED_OVER: stands('handed over', '问题已移交', 'finding', 'rectification'),
    RECTIFYING: stands('being rectified', '整改中', 'closure:verified', 'closure:sent-back'),
    SENT_BACK: stands('rectification sent back', '整改退回', 'rectification'),
    VERIFIED: stands('rectification verified', '整改已核实', 'closure:closed'),
    CLOSED: stands('closed', '已销号'),
  },
  transitions: [
    { on: 'filed', from: [none], to: 'PLANNED' },
    { on: 'filed.open', from: ['PLANNED'], to: 'FROZEN' },
    { on: 'finding', from: ['FROZEN', ...withFindings], to: 'FINDINGS' },
    { on: 'handover', from: withFindings, to: 'HANDED_OVER' },
    { on: 'rectification', from: withFindings, to: 'RECTIFYING' },
    { on: 'closure:verified', from: withFindings, to: 'VERIFIED' },
    { on: 'closure:sent-back', from: withFindings, to: 'SENT_BACK' },
    { on: 'closure:closed', from: ['FROZEN', 'FINDINGS', 'VERIFIED'], to: 'CLOSED' },
  ],
});

/** 问题: found, handed over, rectified, and closed or sent back. */
export const findingLife = lifecycle({
  title: { en: 'finding', zh: '检查问题' },
  hasCase: true,
  states: {
    RAISED: stands('found', '已发现'),
    HANDED_OVER: stands('handed over', '已移交'),
    RECTIFIED: stands('rectified, to be checked', '已整改待核实'),
    SENT_BACK: stands('rectification sent back', '整改退回'),
    CLOSED: stands('closed', '已销号'),
    ...corrected,
  },
  transitions: [
    { on: 'filed', from: [none, 'OPEN', 'WITHDRAWN'], to: 'RAISED' },
    { on: 'handover', from: ['RAISED'], to: 'HANDED_OVER' },
    { on: 'rectification', from: ['HANDED_OVER', 'SENT_BACK'], to: 'RECTIFIED' },
    { on: 'closure:verified', from: ['RECTIFIED'], to: 'CLOSED' },
    { on: 'closure:sent-back', from: ['RECTIFIED'], to: 'SENT_BACK' },
    { on: 'supersession', from: ['RAISED'], to: 'OPEN' },
    { on: 'revocation', from: ['RAISED', 'OPEN'], to: 'WITHDRAWN' },
  ],
});

/** A step that was taken, once, in time or late: nothing follows on it but other records. */
export const step = lifecycle({
  title: { en: 'step', zh: '办理步骤' },
  hasCase: true,
  states: { FILED: stands('filed', '已提交') },
  transitions: [{ on: 'filed', from: [none], to: 'FILED' }],
});
