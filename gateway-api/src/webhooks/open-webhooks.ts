import { join } from 'node:path';
import type { Logger } from 'pino';
import { entriesFrom, recordEventOf } from '../events/record-event';
import type { Projection } from '../projection/projection';
import { Lease } from '../shared/lease';
import { WebhookAddresses, type Resolve } from './addresses';
import { Courier } from './courier';
import { postOver } from './post';
import { WebhookShelf } from './shelf';
import { WebhookDesk } from './webhook-desk';

export interface WebhookOptions {
  /** Networks (CIDR) beside the public Internet that webhooks may go to; default none. */
  readonly networks?: readonly string[] | undefined;
  /** Default: the system's. */
  readonly resolve?: Resolve | undefined;
}

export interface OpenWebhooksOptions extends WebhookOptions {
  readonly dataDir: string;
  /** Of several gateways that have their webhooks in common, one delivers. */
  readonly sharedDir: string | undefined;
  readonly projection: Projection;
  readonly ledgerId: string;
  readonly clock: () => Date;
  readonly schedule: (task: () => void, ms: number) => () => void;
  readonly logger: Logger;
}

export interface WebhookServices {
  readonly desk: WebhookDesk;
  readonly courier: Courier;
}

/** @throws LedgerError BAD_REQUEST for a network that is none, STORE_CORRUPT */
export function openWebhooks(options: Readonly<OpenWebhooksOptions>): WebhookServices {
  const { projection, ledgerId, clock, schedule, logger } = options;
  const addresses = new WebhookAddresses(options.networks, options.resolve);
  const folder = join(options.sharedDir ?? options.dataDir, 'webhooks');
  const shelf = WebhookShelf.open(folder);
  const lease = options.sharedDir === undefined ? undefined : new Lease(join(folder, 'lease'), () => clock().getTime());
  const log = {
    get size() {
      return projection.log.size;
    },
    from: async (index: number, most: number) => {
      const entries = await entriesFrom(projection, index, most);
      return Promise.all(entries.map((entry) => recordEventOf(projection, entry)));
    },
  };
  const post = postOver({ addresses, schedule });
  const courier = new Courier({ shelf, log, post, ledgerId, clock, schedule, logger, lease });
  const logSize = (): number => projection.log.size;
  const desk = new WebhookDesk({
    ...{ shelf, courier, addresses, ledgerId, logSize, clock },
    parties: projection.parties,
  });
  return { desk, courier };
}
