import type { ParamsOf, QueryOf, BodyOf, MediaType, RouteName } from '@carbon-ledger/client-sdk';
import type { RequestReads } from '../reads/request-reads';
import type { OpenSession } from '../sessions/session-desk';

/** A request as a handler sees it: parsed by the route's schemas, with who asks. */
export interface RouteRequest<Name extends RouteName = RouteName> {
  readonly params: ParamsOf<Name>;
  readonly query: QueryOf<Name>;
  readonly body: BodyOf<Name>;
  /** The signed-in party; for `access: 'party'` always there. */
  readonly caller: OpenSession | undefined;
  /** Whoever asks, as limits know it. */
  readonly client: string;
  /** Tells what the answer costs, in units of work; whoever asks pays for it. */
  readonly spend: (units: number) => void;
  /** What is kept of who saw which private figures; undefined where nobody is signed in. */
  readonly reads: RequestReads | undefined;
  /** Those that the route knows. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The one of the route's that the client likes best. */
  readonly mediaType: MediaType;
  /** A signal that aborts when the connection of this request is done with. */
  readonly closed: () => AbortSignal;
}

interface ReplyBase {
  /** Default: the first status of the route. */
  readonly status?: number;
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Members of the query with which the next page is asked for. */
  readonly next?: Readonly<Record<string, string | number>> | undefined;
  /** Another media type than the route's first one. */
  readonly mediaType?: string;
}

export type Reply = ReplyBase &
  (
    | { readonly json: unknown }
    | { readonly text: string }
    | { readonly bytes: Uint8Array }
    /** Chunks as they come; ends when the client goes away. */
    | { readonly stream: AsyncIterable<string> }
  );

export type Handler<Name extends RouteName> = (request: RouteRequest<Name>) => Promise<Reply> | Reply;

/** One handler for each route of the table: a route without one does not compile. */
export type Handlers = { readonly [Name in RouteName]: Handler<Name> };
