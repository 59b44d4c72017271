import { padded, prefixes } from '@carbon-ledger/auditor/stored';
import { spanOf, type ListSource } from './record-rows';

/** What a walk through the log looks for, as far as indexes of the log know it. */
export interface LogFilter {
  readonly issuer?: string | undefined;
  readonly type?: string | undefined;
  /** Anchored at or after, and before: RFC 3339 in whole seconds. */
  readonly since?: string | undefined;
  readonly before?: string | undefined;
}

/** Log indexes that a filter may be found at, one after the other, in either direction. */
export interface LogWalk {
  /** The first one at a place or behind it; undefined where there is none. */
  next(place: number): Promise<number | undefined>;
  /** Where the walk begins, where nobody says so. */
  readonly beginning: number;
}

/** @param isReverse from the newest on */
export async function walkLog(source: ListSource, filter: LogFilter, isReverse: boolean): Promise<LogWalk> {
  const { issuer, type, since, before } = filter;
  const { from, to } = await spanOf(source, since, before);
  const prefix = issuer !== undefined ? prefixes.issuer(issuer) : type !== undefined ? prefixes.type(type) : undefined;
  const indexed = async (place: number): Promise<number | undefined> => {
    if (prefix === undefined) return place;
    const after = isReverse
      ? `${prefix}${padded(place + 1)}`
      : place === 0
        ? undefined
        : `${prefix}${padded(place - 1)}`;
    const [row] = await source.store.range({ prefix, after, limit: 1, reverse: isReverse });
    return row === undefined ? undefined : parseInt(row[0].slice(prefix.length), 16);
  };
  return {
    beginning: isReverse ? to - 1 : from,
    next: async (place) => {
      const inside = isReverse ? Math.min(place, to - 1) : Math.max(place, from);
      if (inside < from || inside >= to) return undefined;
      const found = await indexed(inside);
      return found === undefined || found < from || found >= to ? undefined : found;
    },
  };
}
