import { z } from 'zod';
import { partyKinds, recordTypeNames, relations } from '@carbon-ledger/core';
import { defineRoute } from './route';
import {
  day,
  exampleRecord,
  exampleUscc,
  instant,
  keyText,
  mark,
  pageQuery,
  recordId,
  recordType,
  stateCode,
  uscc,
} from './schemas';

const title = z.object({ en: z.string(), zh: z.string() }).meta({ id: 'Title', description: 'The same words twice' });

/** The record whose filing is a step. */
const stepFiling = z
  .object({
    type: recordType,
    kind: z.string(),
    /** Role in which it cites what it acts on; absent for the next version of the subject itself. */
    role: z.string().optional(),
    /** What the step asks of its content. */
    content: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'StepFiling', description: 'The record that makes a step' });

const subject = z.object({ uscc, unit: z.string(), period: z.string() });

const duty = z
  .object({
    /** `filed`, or the step that the record to be filed makes: `review.province:accept`. */
    step: z.string(),
    title,
    file: stepFiling,
    subject,
    /** Business key of what is acted on; of what is to be filed, where nothing is acted on. */
    key: keyText,
    /** The record that waits; absent for a first filing. */
    record: recordId.optional(),
    version: z.int().min(1).optional(),
    state: z.string().optional(),
    stateTitle: title.optional(),
    /** Since when it waits, and the record that led there. */
    since: instant.optional(),
    by: recordId.optional(),
    /** Last day in time (Asia/Shanghai); absent where the rules set none. */
    until: day.optional(),
    /** Of working days: by the calendars on the ledger, or Monday to Friday where a year has none. */
    counted: z.enum(['calendar', 'weekdays']).optional(),
    /** Natural days behind it, from 1; absent in time. */
    late: z.int().min(1).optional(),
    /** Of the record that waits; absent where there is nothing to be told. */
    marks: z.array(mark).optional(),
  })
  .meta({ id: 'Duty', description: 'Something that a party is to do next' });
export type DutyView = z.infer<typeof duty>;

const action = z
  .object({
    step: z.string(),
    title,
    /** The state that it leads to. */
    to: z.string(),
    toTitle: title.optional(),
    file: stepFiling,
    /** Who may take it: kinds of party with their relation to the subject. */
    by: z.array(z.object({ kind: z.enum(partyKinds), as: z.enum(relations) })),
    /** Whether it is what the lifecycle waits for, rather than only possible. */
    awaited: z.boolean(),
    /** Whether the party that asks may take it; absent where nobody signed in. */
    yours: z.boolean().optional(),
  })
  .meta({ id: 'PossibleAction', description: 'A step that is open now, and who may take it' });
export type ActionView = z.infer<typeof action>;

const actions = z
  .object({
    key: keyText,
    /** The current version of the key; absent where nothing was filed yet. */
    record: recordId.optional(),
    version: z.int().min(1).optional(),
    /** `-` where nothing was filed yet. */
    state: z.string(),
    stateTitle: title.optional(),
    since: instant.optional(),
    by: recordId.optional(),
    /** Versions of it that are not the current one can do nothing any more. */
    isCurrent: z.boolean(),
    actions: z.array(action),
  })
  .meta({ id: 'Actions', description: 'What may be done now with a record or subject, and by whom' });

export const agendaRoutes = {
  getInbox: defineRoute({
    method: 'GET',
    path: '/v1/inbox',
    tag: 'agenda',
    access: 'party',
    summary: {
      en: 'What the signed-in party must do next, nearest day first',
      zh: '当前主体的待办事项（按截止日期排序）',
    },
    query: z.strictObject({
      /** Only what is done by filing a record of this type. */
      type: z.enum(recordTypeNames).optional(),
      /** Only what is late. */
      late: z.enum(['true']).optional(),
      /** Code of the state in which waits what is acted on. */
      state: stateCode.optional(),
      /** Somewhere in the business key, the step or its words; capitals count for nothing. */
      text: z.string().min(1).max(100).optional(),
      /** Only what is due on this day (Asia/Shanghai) or before. */
      until: day.optional(),
      /** Nearest day first, by business key, or what waits longest first. */
      sort: z.enum(['until', 'key', 'since']).optional(),
      order: z.enum(['asc', 'desc']).optional(),
      ...pageQuery,
    }),
    answer: z.object({
      party: uscc,
      /** When it was made up. */
      at: instant,
      /** Of all pages, as filtered. */
      total: z.int().min(0),
      late: z.int().min(0),
      /** False where more waits than an inbox looks at. */
      complete: z.boolean(),
      items: z.array(duty),
      next: z.string().optional(),
    }),
    alsoAs: ['text/csv'],
    example: { query: { limit: '20' } },
  }),
  getRecordActions: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/actions',
    tag: 'agenda',
    access: 'optional',
    summary: { en: 'What may be done with a record now, and by whom', zh: '一条记录当前可进行的操作及操作主体' },
    params: z.strictObject({ id: recordId }),
    answer: actions,
    problems: ['NOT_FOUND'],
    example: { params: { id: exampleRecord } },
  }),
  getActions: defineRoute({
    method: 'GET',
    path: '/v1/actions',
    tag: 'agenda',
    access: 'optional',
    summary: {
      en: 'The same by business key, whether anything was filed under it or not',
      zh: '按业务键查询可进行的操作',
    },
    query: z.strictObject({ key: keyText }),
    answer: actions,
    problems: ['BAD_FIGURE_ADDRESS'],
    example: { query: { key: `${exampleUscc}/U1/2024-01/monthly-evidence` } },
  }),
};
