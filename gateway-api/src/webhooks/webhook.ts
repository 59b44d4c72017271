import type { RecordEvent, WebhookView } from '@carbon-ledger/client-sdk';
import { z } from 'zod';

const filter = {
  types: z.array(z.string()).optional(),
  subjects: z.array(z.string()).optional(),
  states: z.array(z.string()).optional(),
};

/** What a party ordered: changed by its orders alone. */
export const definitionShape = z.object({
  id: z.string(),
  party: z.string(),
  url: z.string(),
  ...filter,
  /** `whsec_` and base64 of 32 bytes. Who has it can pass for this service at the receiver, and read nothing here. */
  secret: z.string(),
  createdAt: z.string(),
  /** The last order: its digest, when it was signed, and the log index from which it has records told. */
  order: z.object({ digest: z.string(), at: z.string(), from: z.int().min(0) }),
});
export type Definition = z.infer<typeof definitionShape>;

/** How delivery goes: written by who delivers. It counts for the order whose digest it names and no other. */
export const progressShape = z.object({
  order: z.string(),
  /** Log index of the next record that is looked at. */
  position: z.int().min(0),
  delivered: z.int().min(0),
  /** In a row. */
  failures: z.int().min(0),
  lastFailure: z.object({ at: z.string(), reason: z.string() }).optional(),
  nextAttemptAt: z.string().optional(),
  disabledAt: z.string().optional(),
});
export type Progress = z.infer<typeof progressShape>;

export interface Webhook {
  readonly definition: Definition;
  readonly progress: Progress;
}

export function firstProgress({ order }: Definition): Progress {
  return { order: order.digest, position: order.from, delivered: 0, failures: 0 };
}

/** Whether a record is told to who asked so. */
export function isWanted({ types, subjects, states }: Definition, event: RecordEvent): boolean {
  return (
    (types?.includes(event.type) ?? true) &&
    (subjects?.includes(event.subject) ?? true) &&
    (states === undefined || event.changes.some(({ state }) => state !== undefined && states.includes(state)))
  );
}

/** All but the secret. */
export function viewOf({ definition, progress }: Webhook): WebhookView {
  const { id, url, createdAt, types, subjects, states } = definition;
  const { position, delivered, failures, lastFailure, nextAttemptAt, disabledAt } = progress;
  return {
    id,
    url,
    ...(types === undefined ? {} : { types: types as WebhookView['types'] }),
    ...(subjects === undefined ? {} : { subjects }),
    ...(states === undefined ? {} : { states }),
    state: disabledAt === undefined ? 'active' : 'disabled',
    createdAt,
    position,
    delivered,
    failures,
    ...(lastFailure === undefined ? {} : { lastFailure }),
    ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
    ...(disabledAt === undefined ? {} : { disabledAt }),
  };
}
