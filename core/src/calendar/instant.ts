import { isDay } from './calendar';

const instantPattern = /^(?:19[7-9][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$/;

export const INSTANT_WORDS = 'not an instant in UTC (2026-01-31T08:00:00Z)';

/**
 * An instant as this ledger writes it: RFC 3339 in UTC and whole seconds, upper case, `YYYY-MM-DDTHH:MM:SSZ`, on a day that the
 * calendar has, hour 00–23, from 1970 to 9999. One second has one text and no other, so the text cannot be changed under a
 * signature over Unix seconds, and order of text is order of time. Leap seconds (`:60`) have no Unix seconds of their own and
 * are no instants here.
 */
export function isInstant(text: string): boolean {
  return instantPattern.test(text) && isDay(text.slice(0, 10));
}

/** Unix seconds, from 0 to 253402300799; undefined for what {@link isInstant} refuses. */
export function secondsOfInstant(text: string): number | undefined {
  return isInstant(text) ? Date.parse(text) / 1000 : undefined;
}
