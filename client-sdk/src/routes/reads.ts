import { z } from 'zod';
import { defineRoute } from './route';
import { instant, recordId, uscc } from './schemas';

const read = z
  .object({
    /** In the log of this gateway. */
    number: z.int().min(1),
    at: instant,
    /** Who looked. */
    party: uscc,
    /** Name of the route. */
    route: z.string(),
    /** What it said it looked for. */
    purpose: z.string().optional(),
    /** What it saw of the party that asks. */
    records: z.array(z.object({ record: recordId, subject: uscc })),
  })
  .meta({ id: 'PrivateRead' });

export const readsRoutes = {
  listReads: defineRoute({
    method: 'GET',
    path: '/v1/reads',
    tag: 'reads',
    access: 'party',
    summary: { en: 'Who read own private figures', zh: '私有数据查阅记录' },
    query: z.strictObject({
      /** `false`: also what the party looked at itself. */
      others: z.enum(['true', 'false']).default('true'),
      cursor: z
        .string()
        .regex(/^[1-9][0-9]{0,14}$/)
        .optional(),
    }),
    /** The newest first. A page may be empty and still have a next one. */
    answer: z.object({ items: z.array(read), next: z.string().optional() }),
  }),
};
