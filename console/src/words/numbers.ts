import * as numbers from '../../../core/src/wording/numbers';

export { formatTime, formatUnit } from '../../../core/src/wording/numbers';

/** A browser ends a line at a thin space: on a page the digits of a number are held together by the narrow one that never breaks. */
const whole = (text: string): string => text.replaceAll('\u2009', '\u202F');

export const formatNumber = (text: string): string => whole(numbers.formatNumber(text));

export const formatParameter = (value: string, unit: string): string => whole(numbers.formatParameter(value, unit));

export const formatAmount: typeof numbers.formatAmount = (...amount) => whole(numbers.formatAmount(...amount));
