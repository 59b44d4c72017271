import { corrected, lifecycle, none } from './lifecycle';

const current = { title: { en: 'in force', zh: '有效' }, standing: 'stands' } as const;
const states = { CURRENT: current, ...corrected };
const corrections = [
  { on: 'supersession', from: ['CURRENT'], to: 'OPEN' },
  { on: 'revocation', from: ['CURRENT', 'OPEN'], to: 'WITHDRAWN' },
] as const;

/** A record that stands until a correction opens or withdraws it; only then may its next version follow. */
export const corrigible = lifecycle({
  title: { en: 'corrigible record', zh: '可更正记录' },
  hasCase: false,
  states,
  transitions: [{ on: 'filed', from: [none, 'OPEN', 'WITHDRAWN'], to: 'CURRENT' }, ...corrections],
});

/** A record whose next version simply follows: a registration, a table of values, a correction itself. */
export const continued = lifecycle({
  title: { en: 'continued record', zh: '续版记录' },
  hasCase: false,
  states,
  transitions: [{ on: 'filed', from: [none, 'CURRENT', 'OPEN', 'WITHDRAWN'], to: 'CURRENT' }, ...corrections],
});

/** The same of what is due on a day: how late its first version came is kept in its case. */
export const dated = lifecycle({
  title: { en: 'continued record with a deadline', zh: '限期续版记录' },
  hasCase: true,
  states,
  transitions: [{ on: 'filed', from: [none, 'CURRENT', 'OPEN', 'WITHDRAWN'], to: 'CURRENT' }, ...corrections],
});

/** A registration: the next version follows, and whoever registered it may withdraw it; nobody opens it. */
export const registration = lifecycle({
  title: { en: 'registration', zh: '登记' },
  hasCase: false,
  states: { CURRENT: current, WITHDRAWN: corrected.WITHDRAWN },
  transitions: [
    { on: 'filed', from: [none, 'CURRENT', 'WITHDRAWN'], to: 'CURRENT' },
    { on: 'revocation', from: ['CURRENT'], to: 'WITHDRAWN' },
  ],
});
