import { z } from 'zod';
import { defineRoute } from './route';
import { exampleUscc } from './schemas';

const year = z.string().regex(/^[0-9]{4}$/, 'not a year');
const hex = z.string().regex(/^[0-9a-f]{64}$/);

const scope = z.object({
  of: z.enum(['plant', 'region', 'all', 'file']),
  code: z.string().exactOptional(),
  year,
});

const finding = z
  .object({
    rule: z.string(),
    /** B blocks · W asks for an explanation · I informs. */
    severity: z.enum(['B', 'W', 'I']),
    /** Business key of the record that was looked at. */
    at: z.string(),
    /** Addresses `KEY#name` of the values that the rule looked at. */
    touches: z.array(z.string()),
    got: z.string(),
    limit: z.string(),
    /** On whose evidence, where the limit was learnt: SHA-256 over the ids of so many records. */
    learnt: z
      .object({ digest: z.string(), records: z.int(), enterprises: z.int(), period: z.string() })
      .exactOptional(),
    /** SHA-256 of rule and values: an explanation holds while it stays the same. */
    inputs: hex,
    /** Business key of the explanation that holds. */
    explained: z.string().exactOptional(),
  })
  .meta({ id: 'ScreeningFinding', description: 'A question to the enterprise, with the values on which it rests' });

const result = z
  .object({
    schema: z.literal('carbon-ledger/screening/v1'),
    ruleSet: z.object({ id: z.string(), digest: hex }),
    scope,
    enterprises: z.int().min(0),
    /** Records whose private figures are not open to who asks. */
    hidden: z.int().min(0),
    records: hex,
    counts: z.object({ B: z.int(), W: z.int(), I: z.int(), explained: z.int() }),
    rules: z.record(z.string(), z.object({ ran: z.int(), found: z.int(), notRun: z.record(z.string(), z.int()) })),
    findings: z.array(finding),
  })
  .meta({ id: 'ScreeningResult', description: 'What the rules found; canonical JSON of it has the digest' });

export const screeningRoutes = {
  screen: defineRoute({
    method: 'POST',
    path: '/v1/screenings',
    tag: 'screening',
    access: 'party',
    summary: {
      en: 'Screens a plant, a region or all, as far as it is open to who asks',
      zh: '按筛查规则筛查企业、地区或全部（以调用方可见数据为限）',
    },
    body: z
      .strictObject({
        of: z.enum(['plant', 'region', 'all']),
        /** USCC of the plant, leading digits of the region (GB/T 2260). */
        code: z.string().max(18).optional(),
        /** The year that is screened, with the one before. */
        year,
      })
      .refine(({ of, code }) => (of === 'all') === (code === undefined), {
        path: ['code'],
        message: 'a plant and a region have a code, all have none',
      })
      .refine(({ of, code }) => of !== 'region' || /^[0-9]{2,6}$/.test(code ?? ''), {
        path: ['code'],
        message: 'not a region (2 to 6 digits, GB/T 2260)',
      }),
    answer: z.object({
      /** Hex SHA-256 of the canonical JSON of the result. */
      digest: hex,
      /** Enterprises that were looked at anew since this party's last run; the others are as they were. */
      looked: z.int().min(0),
      /** Enterprises without a record of the year that has figures: nothing is said of them. */
      empty: z.int().min(0),
      result,
    }),
    problems: ['NOT_FOUND', 'BAD_RECORD'],
    example: { body: { of: 'plant', code: exampleUscc, year: '2024' } },
  }),
};
