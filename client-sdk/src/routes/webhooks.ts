import { z } from 'zod';
import { defineRoute } from './route';
import { instant, orderFields, orderProblems, recordType, uscc } from './schemas';

const webhookId = z.string().regex(/^whk_[0-9a-f]{32}$/);
const place = z.int().min(0).max(Number.MAX_SAFE_INTEGER);

/** What is delivered: records to which every one of these that is given applies. */
const filter = {
  /** The record is of one of these types. */
  types: z.array(recordType).min(1).max(100).optional(),
  /** It is about one of these parties. */
  subjects: z.array(uscc).min(1).max(100).optional(),
  /** It brings a record, itself or another, to one of these states (docs/lifecycles.md). */
  states: z
    .array(z.string().regex(/^[A-Z][A-Z_]{0,39}$/))
    .min(1)
    .max(100)
    .optional(),
};

const webhook = z
  .object({
    id: webhookId,
    url: z.string(),
    ...filter,
    /** `disabled`: given up after too many failures, or because the receiver said 410; `resume` begins again. */
    state: z.enum(['active', 'disabled']),
    createdAt: instant,
    /** Log index of the next record that is looked at. */
    position: place,
    /** Deliveries that were taken since it was registered or resumed. */
    delivered: z.int().min(0),
    /** Failures in a row. */
    failures: z.int().min(0),
    lastFailure: z.object({ at: instant, reason: z.string() }).optional(),
    nextAttemptAt: instant.optional(),
    disabledAt: instant.optional(),
  })
  .meta({ id: 'Webhook' });
export type WebhookView = z.infer<typeof webhook>;

export const webhookRoutes = {
  registerWebhook: defineRoute({
    method: 'POST',
    path: '/v1/webhooks',
    tag: 'webhooks',
    access: 'party',
    summary: { en: 'Register a webhook', zh: '登记推送' },
    body: z.strictObject({
      url: z.string().min(1).max(2048),
      ...filter,
      /** Log index of the first record that is looked at; default: the next one. */
      from: place.optional(),
      ...orderFields,
    }),
    /** The secret is shown here and never again. */
    answer: z.object({ webhook, secret: z.string() }),
    statuses: [201],
    problems: ['WEBHOOK_ADDRESS', 'WEBHOOK_LIMIT', 'ORDER_REPEATED', ...orderProblems],
  }),
  listWebhooks: defineRoute({
    method: 'GET',
    path: '/v1/webhooks',
    tag: 'webhooks',
    access: 'party',
    summary: { en: 'Own webhooks', zh: '本主体的推送' },
    answer: z.object({ items: z.array(webhook) }),
  }),
  orderWebhook: defineRoute({
    method: 'POST',
    path: '/v1/webhooks/{id}',
    tag: 'webhooks',
    access: 'party',
    summary: { en: 'Resume or remove a webhook', zh: '恢复或删除推送' },
    params: z.strictObject({ id: webhookId }),
    body: z.strictObject({
      action: z.enum(['resume', 'remove']),
      /** With `resume`, the log index to go on from: what stands there and after it is told (again). Default: where it stopped. */
      from: place.optional(),
      ...orderFields,
    }),
    /** Absent once it is removed. */
    answer: z.object({ webhook: webhook.optional() }),
    problems: ['NOT_FOUND', 'ORDER_REPEATED', ...orderProblems],
  }),
};
