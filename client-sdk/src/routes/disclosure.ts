import { doubtNames } from '@carbon-ledger/core';
import { z } from 'zod';
import { defineRoute } from './route';
import {
  exampleUscc,
  instant,
  keyText,
  orderQuery,
  pageOf,
  pageQuery,
  partyStatus,
  recordId,
  region,
  textQuery,
  timeQuery,
  uscc,
} from './schemas';

const year = z.string().regex(/^[0-9]{4}$/, 'not a year');

const named = z
  .object({
    ...{ record: recordId, key: keyText, anchoredAt: instant },
    /** Why its word is in doubt though it stands; absent where it is not. */
    doubts: z.array(z.enum(doubtNames)).exactOptional(),
  })
  .meta({ id: 'NamedRecord', description: 'The record on which a public answer rests; its receipt proves it' });

const surrenderStatus = z.enum(['none', 'surrendered', 'cleared', 'default']);

const amount = named.extend({ tonnes: z.string(), by: uscc });

const emitter = z
  .object({
    uscc,
    name: z.string(),
    region: z.string(),
    sector: z.string(),
    year,
    /** The list that names it. */
    listed: named,
    /** 核查结果: verified emission, and who verified it. */
    verified: amount.optional(),
    /** 清缴: what was surrendered last, and how the year ended. */
    surrender: z.object({
      status: surrenderStatus,
      /** Tonnes that were missing, where it defaulted. */
      shortfall: z.string().optional(),
      rests: named.optional(),
    }),
    /** 信息公开 that the enterprise filed, as it stands. */
    disclosure: named.extend({ content: z.record(z.string(), z.unknown()) }).optional(),
  })
  .meta({ id: 'KeyEmitter', description: 'What the rules make public of a key emitter’s year' });
export type KeyEmitter = z.infer<typeof emitter>;

const counted = z.object({
  count: z.int().min(0),
  /** The records themselves, newest first; at most 100. */
  records: z.array(recordId),
});

const conduct = z
  .object({
    /** Reports or conclusions that it filed. */
    filed: z.int().min(0),
    withdrawn: counted,
    replaced: counted,
    /** Reports outside of the days of the rules; conclusions after their day. */
    late: counted,
    /** Findings of inspections that rest on them. */
    findings: counted,
    /** Results of screenings that speak of them, not counting information. */
    screened: counted,
    /** Findings of screenings on each of them, in the mean, two decimals. */
    hitsPerReport: z.string(),
    /** False where it filed more, or more rests on it, than was looked at: every count is then of what was looked at. */
    complete: z.boolean(),
  })
  .meta({
    id: 'Conduct',
    description: 'Record of conduct of a laboratory or verifier, counted from records that are named',
  });
export type Conduct = z.infer<typeof conduct>;

const institution = z
  .object({
    uscc,
    kind: z.enum(['lab', 'verifier']),
    name: z.string(),
    region: z.string(),
    status: partyStatus,
    registered: named,
    qualifications: z.array(
      z.object({
        kind: z.string(),
        number: z.string(),
        scope: z.array(z.string()),
        validFrom: z.string().nullable(),
        validTo: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'Institution', description: 'A laboratory or verifier as it is registered' });

export type InstitutionView = z.infer<typeof institution>;

const assessment = named
  .extend({
    year,
    /** The province that assessed, and when it published that. */
    by: uscc,
    publishedOn: z.string(),
    verifier: uscc,
    /** Enterprises that it verified for that province in the year. */
    enterprises: z.int().min(0),
    rating: z.enum(['good', 'adequate', 'poor']),
    items: z.array(
      z.object({
        item: z.string(),
        rating: z.enum(['good', 'adequate', 'poor']),
        note: z.string().exactOptional(),
      }),
    ),
    problems: z.array(z.string()),
  })
  .meta({ id: 'VerifierAssessment', description: 'What a province published of a verifier’s work of a year' });
export type PublishedAssessment = z.infer<typeof assessment>;

const month = z.object({
  month: z.string(),
  state: z.enum(['filed', 'missing']),
  record: recordId.optional(),
  /** Filed behind its day. */
  late: z.boolean(),
  /** Says that it was submitted more than five days before it was anchored. */
  backDated: z.boolean(),
  /** On the default carbon content. */
  default: z.boolean(),
  /** Tonnes more than by what was measured; absent where nothing was, or it is not open to who asks. */
  defaultCost_t: z.string().optional(),
  /** Why the word of its record is in doubt; absent where it is not. */
  doubts: z.array(z.enum(doubtNames)).min(1).optional(),
});

const completeness = z
  .object({
    year,
    plants: z.array(
      z.object({
        uscc,
        name: z.string(),
        units: z.array(z.object({ unit: z.string(), laboratories: z.array(uscc), months: z.array(month) })),
      }),
    ),
    totals: z.object({
      months: z.int(),
      missing: z.int(),
      late: z.int(),
      backDated: z.int(),
      defaults: z.int(),
      defaultCost_t: z.string(),
    }),
    next: z.string().optional(),
  })
  .meta({
    id: 'Completeness',
    description: 'Twelve months a unit: what is there, late, dated back, on default values',
  });
export type Completeness = z.infer<typeof completeness>;

export const disclosureRoutes = {
  listEmitters: defineRoute({
    method: 'GET',
    path: '/v1/public/emitters',
    tag: 'disclosure',
    access: 'anyone',
    summary: {
      en: 'Key emitters of a year, verified emissions, surrender',
      zh: '年度重点排放单位名录、核查结果与清缴情况',
    },
    query: z.strictObject({
      year,
      region: region.optional(),
      sector: z.string().min(1).max(40).optional(),
      /** How its surrender stands. */
      status: surrenderStatus.optional(),
      /** Somewhere in the name or the code. */
      ...textQuery,
      /** When the list that names it was anchored. */
      ...timeQuery,
      /** By unified social credit code, by name, or as they were listed. */
      sort: z.enum(['uscc', 'name', 'anchored']).optional(),
      ...orderQuery,
      ...pageQuery,
    }),
    answer: pageOf(emitter),
    alsoAs: ['text/csv'],
    example: { query: { year: '2024' } },
  }),
  getEmitter: defineRoute({
    method: 'GET',
    path: '/v1/public/emitters/{uscc}',
    tag: 'disclosure',
    access: 'anyone',
    summary: { en: 'The same of one key emitter', zh: '单个重点排放单位公开信息' },
    params: z.strictObject({ uscc }),
    query: z.strictObject({ year }),
    answer: emitter,
    problems: ['NOT_FOUND'],
    example: { params: { uscc: exampleUscc }, query: { year: '2024' } },
  }),
  listInstitutions: defineRoute({
    method: 'GET',
    path: '/v1/public/institutions',
    tag: 'disclosure',
    access: 'anyone',
    summary: { en: 'Laboratories and verifiers with their qualifications', zh: '检测机构与核查机构名录及资质' },
    query: z.strictObject({
      kind: z.enum(['lab', 'verifier']),
      region: region.optional(),
      status: partyStatus.optional(),
      /** Somewhere in the name, the code or the number of a qualification. */
      ...textQuery,
      /** When its registration in force was anchored. */
      ...timeQuery,
      /** By unified social credit code, by name, or as they were registered. */
      sort: z.enum(['uscc', 'name', 'anchored']).optional(),
      ...orderQuery,
      ...pageQuery,
    }),
    answer: pageOf(institution),
    alsoAs: ['text/csv'],
    example: { query: { kind: 'lab' } },
  }),
  getInstitution: defineRoute({
    method: 'GET',
    path: '/v1/public/institutions/{uscc}',
    tag: 'disclosure',
    access: 'anyone',
    summary: { en: 'One of them, with its record of conduct', zh: '单个机构及其信用记录' },
    params: z.strictObject({ uscc }),
    answer: institution.extend({ conduct }),
    problems: ['NOT_FOUND'],
    example: { params: { uscc: exampleUscc } },
  }),
  listAssessments: defineRoute({
    method: 'GET',
    path: '/v1/public/assessments',
    tag: 'disclosure',
    access: 'anyone',
    summary: { en: 'What provinces published of the verifiers of a year', zh: '年度核查技术服务机构评估结果' },
    query: z.strictObject({ year, verifier: uscc.optional() }),
    answer: z.object({ year, assessments: z.array(assessment) }),
    example: { query: { year: '2024' } },
  }),
  getRulesInForce: defineRoute({
    method: 'GET',
    path: '/v1/public/rules',
    tag: 'disclosure',
    access: 'anyone',
    summary: { en: 'Methodologies, parameters and other rules of a year', zh: '年度适用的方法学、参数与规则' },
    query: z.strictObject({ year }),
    answer: z.object({
      year,
      rules: z.array(
        named.extend({ type: z.string(), by: uscc, version: z.int(), content: z.record(z.string(), z.unknown()) }),
      ),
    }),
    example: { query: { year: '2024' } },
  }),
  getCompleteness: defineRoute({
    method: 'GET',
    path: '/v1/completeness',
    tag: 'disclosure',
    access: 'party',
    summary: {
      en: 'Twelve months a unit, of a plant, a region or a laboratory',
      zh: '按企业、地区或检测机构核对月度存证完整性',
    },
    query: z.strictObject({
      year,
      party: uscc.optional(),
      region: region.optional(),
      /** Only units that this laboratory tested in the year. */
      lab: uscc.optional(),
      ...pageQuery,
    }),
    answer: completeness,
    example: { query: { year: '2024', party: exampleUscc } },
  }),
};
