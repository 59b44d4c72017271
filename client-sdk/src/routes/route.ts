import { z } from 'zod';
import type { ErrorCode } from '@carbon-ledger/core';

export type Method = 'GET' | 'POST';

/** Media types of answers. JSON and text are read by the typed client; streams and tiles have methods of their own. */
export type MediaType =
  | 'application/json'
  | 'text/plain; charset=utf-8'
  | 'text/html; charset=utf-8'
  | 'text/event-stream'
  | 'application/octet-stream'
  | 'application/pdf'
  | 'application/ld+json'
  | 'application/graphml+xml'
  | 'application/x-ndjson'
  | 'image/svg+xml'
  | 'text/provenance-notation'
  | 'text/csv';

/**
 * Who may call. `anyone`: the answer is public. `optional`: public, and more is shown to a party that signed in.
 * `party`: only with a session.
 */
export type Access = 'anyone' | 'optional' | 'party';

/**
 * `immutable`: may be kept for ever · `revalidate`: ask again with the ETag · `none`: never kept. What a route does not say follows from its
 * kind: what is read is revalidated, unless only a session opens it.
 */
export type Caching = 'immutable' | 'revalidate' | 'none';

/**
 * Everything that is said about a route. Router, typed client and OpenAPI document are derived from it and from nothing
 * else, so that they cannot differ.
 */
export interface RouteSpec<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** RFC 6570 level 1; `{+name}` takes the rest of the path. */
  readonly path: string;
  readonly tag: string;
  readonly access: Access;
  readonly summary: { readonly en: string; readonly zh: string };
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Request headers that mean something here, by their names in small letters. */
  readonly headers: z.ZodObject;
  readonly answer: Answer;
  readonly mediaType: MediaType;
  /** Other media types of the same answer, for who accepts them rather. */
  readonly alsoAs: readonly MediaType[];
  /** Success statuses; all of them carry `answer`. */
  readonly statuses: readonly number[];
  readonly caching: Caching;
  /** Largest body in bytes; 0 for routes without one. */
  readonly bodyLimit: number;
  /** Codes of the catalogue that this route answers beside those of every route of its kind (`problemsOf`). */
  readonly problems: readonly ErrorCode[];
  readonly example: RouteExample;
}

interface RouteExample {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer?: unknown;
}

type Defaults =
  | 'params'
  | 'query'
  | 'body'
  | 'headers'
  | 'alsoAs'
  | 'mediaType'
  | 'statuses'
  | 'caching'
  | 'bodyLimit'
  | 'problems'
  | 'example';

/** What a table entry has to say; the rest has defaults. */
export type RouteEntry<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = Omit<
  RouteSpec<P, Q, B, A>,
  Defaults
> &
  Partial<Pick<RouteSpec<P, Q, B, A>, Defaults>>;

/** No parameters, no query, or no body. */
const nothing = z.strictObject({});
type Nothing = typeof nothing;

const SMALL_BODY = 64 * 1024;

/** Fills in the defaults and keeps the schemas' types. */
export function defineRoute<
  A extends z.ZodType,
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(entry: Readonly<RouteEntry<P, Q, B, A>>): RouteSpec<P, Q, B, A> {
  return {
    headers: z.object({}),
    alsoAs: [],
    mediaType: 'application/json',
    statuses: [200],
    caching: entry.method === 'GET' && entry.access !== 'party' ? 'revalidate' : 'none',
    bodyLimit: entry.method === 'POST' ? SMALL_BODY : 0,
    problems: [],
    example: {},
    ...entry,
    params: entry.params ?? (nothing as z.ZodType as P),
    query: entry.query ?? (nothing as z.ZodType as Q),
    body: entry.body ?? (nothing as z.ZodType as B),
  };
}

/** Path with its parameters filled in and escaped; `{+name}` keeps its slashes. */
export function fillPath(path: string, params: Readonly<Record<string, string>>): string {
  return path.replace(/\{(\+?)([a-zA-Z]+)\}/g, (_match, rest: string, name: string) => {
    const value = params[name] ?? '';
    return rest === '+' ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
}
