import { canonicalize, faultsOf, isLedgerError, LedgerError } from '@carbon-ledger/core';
import { errorOfProblem } from './problem-error';
import { fillPath, routes, type AnswerOf, type BodyIn, type ParamsIn, type QueryIn, type RouteName } from './routes';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface CallInput<Name extends RouteName> {
  readonly params?: ParamsIn<Name>;
  readonly query?: QueryIn<Name>;
  readonly body?: BodyIn<Name>;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

// Looked up at each call: it may be replaced, and it is not called as a member of anything.
const globalFetch: Fetch = (url, init) => fetch(url, init);

/** Calls that a signal ends, beside the signal that a call has of its own. */
export function fetchUntil(signal: AbortSignal, fetchFunction: Fetch = globalFetch): Fetch {
  return (url, init) => {
    const own = init.signal ?? undefined;
    return fetchFunction(url, { ...init, signal: own === undefined ? signal : firstOf(own, signal) });
  };
}

/** Aborts with the first of both. `AbortSignal.any` is younger than browsers that people have. */
function firstOf(one: AbortSignal, other: AbortSignal): AbortSignal {
  const either = new AbortController();
  for (const signal of [one, other]) {
    const abort = (): void => {
      either.abort(signal.reason);
    };
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { signal: either.signal });
  }
  return either.signal;
}

/** One HTTP call of one route. The only place of this package that talks to the network. */
export class Transport {
  readonly baseUrl: string;
  readonly #fetch: Fetch;

  constructor(baseUrl: string, fetchFunction: Fetch = globalFetch) {
    this.baseUrl = baseUrl.replace(/\/+$/, '');
    this.#fetch = fetchFunction;
  }

  /** Host and port, as signed into a session. */
  get audience(): string {
    return new URL(this.baseUrl).host;
  }

  /** The checked answer of a route. @throws LedgerError the service's problem, UNREACHABLE, or BAD_ANSWER */
  async call<Name extends RouteName>(name: Name, input: CallInput<Name> = {}): Promise<AnswerOf<Name>> {
    const response = await this.open(name, input);
    const value: unknown = await readAnswer(response, routes[name].mediaType);
    return checkedAnswer(name, value);
  }

  /** The open response of a route, for streams and bytes. @throws LedgerError as {@link call} */
  async open<Name extends RouteName>(name: Name, input: CallInput<Name> = {}): Promise<Response> {
    const response = await this.#send(urlOf(this.baseUrl, name, input), requestOf(name, input));
    if (response.ok) return response;
    throw errorOfProblem(await response.json().catch(() => undefined), response.status);
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    try {
      return await this.#fetch(url, init);
    } catch (error) {
      if (isLedgerError(error)) throw error;
      if (isAbort(error)) throw new LedgerError('INTERRUPTED', undefined, { cause: error });
      throw new LedgerError('UNREACHABLE', `${this.baseUrl} cannot be reached.`, { cause: error });
    }
  }
}

/** The caller gave up: that says nothing about the service. */
function isAbort(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

function urlOf<Name extends RouteName>(baseUrl: string, name: Name, input: CallInput<Name>): string {
  const path = fillPath(routes[name].path, textMembers(input.params));
  const query = new URLSearchParams(textMembers(input.query)).toString();
  return `${baseUrl}${path}${query === '' ? '' : `?${query}`}`;
}

function textMembers(value: unknown): Record<string, string> {
  const members = Object.entries((value ?? {}) as Readonly<Record<string, unknown>>);
  return Object.fromEntries(
    members.filter(([, member]) => member !== undefined).map(([key, member]) => [key, String(member)]),
  );
}

function requestOf<Name extends RouteName>(name: Name, input: CallInput<Name>): RequestInit {
  const { method, mediaType } = routes[name];
  const headers: Record<string, string> = { accept: mediaType, ...input.headers };
  if (input.token !== undefined) headers['authorization'] = `Bearer ${input.token}`;
  const init: RequestInit = { method, headers, ...(input.signal === undefined ? {} : { signal: input.signal }) };
  if (method !== 'POST') return init;
  headers['content-type'] = 'application/json';
  // Canonical text is read by the service in one pass; any other order of keys costs it a second one.
  return { ...init, body: canonicalize(input.body ?? {}) };
}

/** Not the parsed copy: what a newer service answers beside what is known here is kept. @throws LedgerError BAD_ANSWER */
function checkedAnswer<Name extends RouteName>(name: Name, value: unknown): AnswerOf<Name> {
  const { error } = routes[name].answer.safeParse(value);
  if (error === undefined) return value as AnswerOf<Name>;
  const faults = faultsOf('BAD_ANSWER', error);
  throw new LedgerError(
    'BAD_ANSWER',
    `The answer to ${name} is none: ${faults[0]?.path ?? ''} ${faults[0]?.message ?? ''}.`,
    { faults },
  );
}

async function readAnswer(response: Response, mediaType: string): Promise<unknown> {
  if (['application/octet-stream', 'application/pdf'].includes(mediaType))
    return new Uint8Array(await response.arrayBuffer());
  if (mediaType !== 'application/json') return response.text();
  return response.json().catch((cause: unknown) => {
    if (isAbort(cause)) throw new LedgerError('INTERRUPTED', undefined, { cause });
    throw new LedgerError('UNREACHABLE', 'The answer is no JSON: is this a carbon ledger?', { cause });
  });
}
