import { z } from 'zod';
import { accountNames, tonnesNames } from '@carbon-ledger/core';
import { defineRoute } from './route';
import { decimalOrNull, exampleRecord, keyText, recordId, uscc } from './schemas';

// Named wherever they stand inside another: generators of clients take a name of their own for each place else, and then one twice.
const tonnes = z
  .record(z.enum(tonnesNames), decimalOrNull)
  .meta({ id: 'TonnesChange', description: 'What would change, in tonnes; null where it is not known' });

/** Records whose figures are not open to the caller: where there is one, what it comes to is not known, and all `tonnes` are null. Absent: none. */
const hidden = z.int().min(1).optional();

const accountChange = z
  .object({
    party: z.string(),
    /** Vintage or compliance year; `-` for numbers of no year. */
    year: z.string(),
    account: z.enum(accountNames),
    change_t: decimalOrNull,
  })
  .meta({ id: 'AccountChange', description: 'What would change in an account of a party' });

const footprintChange = z
  .object({ key: keyText, now_tCO2e: z.string(), then_tCO2e: decimalOrNull, change_t: decimalOrNull })
  .meta({ id: 'FootprintChange', description: 'What the stages of a footprint that would change come to, in tonnes' });

const money = z
  .object({
    price: z.string(),
    of: z.enum(['allowancesToBuy_tCO2', 'gap_tCO2', 'accounts']),
    change_CNY: decimalOrNull,
    parties: z.array(
      z
        .object({ party: z.string(), change_CNY: z.string() })
        .meta({ id: 'MoneyOfParty', description: 'What a party would have to pay more or less' }),
    ),
  })
  .meta({ id: 'ImpactMoney', description: 'What would have to be paid more or less, in CNY' });

const impact = z
  .object({
    record: recordId,
    key: keyText,
    assume: z.literal('withdrawn'),
    /** Steps by which it may be taken back as it stands; none where another step follows on it instead. */
    takenBackBy: z.array(z.object({ step: z.string(), to: z.string(), by: z.array(z.string()) })),
    figures: z.array(
      z.object({
        figure: z.string(),
        record: recordId,
        unit: z.string(),
        now: z.string(),
        then: decimalOrNull,
        delta: decimalOrNull,
      }),
    ),
    /** `falls`: what it must cite would be gone, so that it cannot stand. */
    records: z.array(z.object({ id: recordId, key: keyText, falls: z.boolean() })),
    plants: z.array(z.string()),
    hidden,
    tonnes: tonnes,
    /** Product by product: what a supplier emits stands in the footprint of its buyer too, so there is no sum. Absent: none. */
    footprints: z.array(footprintChange).optional(),
    /** What it and the records that fall with it did to accounts, taken back: whole tonnes with their sign. */
    accounts: z.array(accountChange),
    /** With a price: what would have to be paid more or less, in CNY. */
    money: money.optional(),
  })
  .meta({ id: 'Impact', description: 'What rests on a record, and what its withdrawal would change, in tonnes' });

const counted = {
  hidden,
  records: z.int().min(0),
  /** Of the records, those that cannot stand without the one in question. */
  falls: z.int().min(0),
  figures: z.int().min(0),
  /** Of the figures, those that could not be computed any more. */
  lost: z.int().min(0),
};

const impactOfParties = z
  .object({
    ...{ parties: z.array(uscc), ...counted, tonnes },
    /** Product by product, as of one record. Absent: none. */
    footprints: z.array(footprintChange).optional(),
    ...{ accounts: z.array(accountChange), money: money.optional() },
  })
  .meta({
    id: 'ImpactOfParties',
    description: 'What would change at a party, or at several whose records hang together',
  });

/** Sums of what can be computed, and of how many rows it cannot. */
const tonnesTotal = z
  .object({ change_t: z.string(), unknown: z.int().min(0) })
  .meta({ id: 'TonnesTotal', description: 'The sum of what can be computed, and of how many rows it cannot' });

const impactWhole = z
  .object({
    record: recordId,
    key: keyText,
    parties: z.int().min(0),
    ...counted,
    tonnes: z
      .record(z.enum(tonnesNames), tonnesTotal)
      .meta({ id: 'TonnesTotals', description: 'What would change at all, in tonnes' }),
    money: z
      .object({ price: z.string(), change_CNY: z.string(), unknown: z.int().min(0) })
      .meta({ id: 'MoneyTotal', description: 'What all would have to pay more or less' })
      .optional(),
  })
  .meta({ id: 'ImpactOfAll', description: 'What would change at all parties' });

/** A line of the answer: a party, or several whose records hang together; the last line is the whole. */
export const impactRow = z
  .union([
    impactOfParties,
    z.object({ whole: impactWhole }).meta({ id: 'ImpactLastRow', description: 'The last line: what all rows come to' }),
  ])
  .meta({ id: 'ImpactRow', description: 'What the withdrawal of a record would change at a party, or at all of them' });
export type ImpactRow = z.infer<typeof impactRow>;

/** CNY a tonne: what the change comes to in money is told too. */
const price = z
  .string()
  .regex(/^(?:0|[1-9][0-9]{0,8})(?:\.[0-9]{1,4})?$/, 'not a price in CNY a tonne')
  .optional();

export const impactRoutes = {
  impact: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/impact',
    tag: 'proofs',
    access: 'optional',
    summary: { en: 'What rests on a record, in tonnes', zh: '记录影响分析（吨）' },
    params: z.strictObject({ id: recordId }),
    query: z.strictObject({ assume: z.enum(['withdrawn']).optional(), price }),
    answer: impact,
    problems: ['NOT_FOUND', 'TOO_WIDE'],
    example: { params: { id: exampleRecord }, query: { assume: 'withdrawn' } },
  }),
  impactByParty: defineRoute({
    method: 'GET',
    path: '/v1/records/{id}/impact/parties',
    tag: 'proofs',
    access: 'optional',
    summary: {
      en: 'What rests on a record, party by party: a line of JSON each as it is found, the last one the whole (streamed)',
      zh: '逐主体的记录影响分析：每个主体一行 JSON，末行为合计（流式）',
    },
    params: z.strictObject({ id: recordId }),
    query: z.strictObject({ price }),
    answer: z.string(),
    mediaType: 'application/x-ndjson',
    problems: ['NOT_FOUND'],
    example: { params: { id: exampleRecord }, query: { price: '90' } },
  }),
};
