import { rateLimit, ipKeyGenerator } from 'express-rate-limit';
import type { Request, RequestHandler } from 'express';
import { LedgerError } from '@carbon-ledger/core';
import { Pacer } from '../reading/pacer';
import { BodyBuffers } from './body-buffers';
import { WorkBudget, type Account, type WorkAllowance } from './work-budget';

export interface LimitOptions {
  /** Gateways behind one balancer, over which what follows is divided; default 1. */
  readonly gateways?: number | undefined;
  /** Requests of one client in a minute, whatever they cost; default 120,000. */
  readonly requestsPerMinute?: number | undefined;
  /** Requests to sign in, of one client for one party in a minute; default 600. */
  readonly signInsPerMinute?: number | undefined;
  /** Work of one client that has not signed in. */
  readonly workPerClient?: WorkAllowance | undefined;
  /** Work of one party that has signed in, from wherever. */
  readonly workPerParty?: WorkAllowance | undefined;
}

const WORK_PER_CLIENT: WorkAllowance = { burst: 20_000, perSecond: 500 };
const WORK_PER_PARTY: WorkAllowance = { burst: 60_000, perSecond: 1_000 };

/** What those who ask may ask for, and how work is shared among them. */
export class Limits {
  readonly requestsPerMinute: number;
  readonly buffers = new BodyBuffers();
  readonly pacer = new Pacer();
  readonly #clients: WorkBudget;
  readonly #parties: WorkBudget;
  readonly #signIns: WorkBudget;

  constructor(options: Readonly<LimitOptions> = {}, clock: () => number = Date.now) {
    const { gateways = 1 } = options;
    const ownPart = ({ burst, perSecond }: WorkAllowance): WorkAllowance => ({
      burst: burst / gateways,
      perSecond: perSecond / gateways,
    });
    this.requestsPerMinute = Math.ceil((options.requestsPerMinute ?? 120_000) / gateways);
    this.#clients = new WorkBudget(ownPart(options.workPerClient ?? WORK_PER_CLIENT), clock);
    this.#parties = new WorkBudget(ownPart(options.workPerParty ?? WORK_PER_PARTY), clock);
    const perMinute = Math.ceil((options.signInsPerMinute ?? 600) / gateways);
    this.#signIns = new WorkBudget({ burst: perMinute, perSecond: perMinute / 60 }, clock);
  }

  /** Who pays for a request: the party that signed in, wherever it asks from, or else the client's address. */
  account(client: string, party: string | undefined): Account {
    return party === undefined ? this.#clients.account(client) : this.#parties.account(party);
  }

  /**
   * Counts one request to sign in, of a party from one address; without a party, where it names none that is registered.
   * So nobody uses up what another party has, nor does a party's own program use up what it has for reading.
   * @throws LedgerError RATE_LIMITED
   */
  countSignIn(client: string, party: string | undefined): void {
    const account = this.#signIns.account(`${client} ${party ?? ''}`);
    account.assertOpen();
    account.spend(1);
  }
}

const clients = new WeakMap<Pick<Request, 'ip'>, string>();

/** A client as limits know it: its address, in IPv6 the network that one subscriber has. Found out once for a request: proxies' words are read for it. */
export function clientOf(request: Pick<Request, 'ip'>): string {
  const known = clients.get(request);
  if (known !== undefined) return known;
  const client = ipKeyGenerator(request.ip ?? 'gone');
  clients.set(request, client);
  return client;
}

/** So many requests of one client in a minute, and then 429 until the minute is over. */
export function limitedRequests(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-6',
    legacyHeaders: false,
    keyGenerator: clientOf,
    // Whose word on the client's address is taken is configured (trust proxy); a header of somebody else is no alarm.
    validate: false,
    handler: (_request, _response, next) => {
      next(new LedgerError('RATE_LIMITED'));
    },
  });
}
