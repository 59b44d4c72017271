import { faultsOf, isDecimalText, isUscc, LedgerError, quantityOf } from '@carbon-ledger/core';
import { z } from 'zod';

const uscc = z.string().refine(isUscc, 'not a unified social credit code');
/** A unit may stand behind a number: one that is not the methodology's is refused with its conversion. */
const figureText = z.string().refine((text) => isDecimalText(quantityOf(text).value), 'not a decimal number');
const values = z.record(z.string().max(80), figureText);
/** Public facts that the sector's methodology asks for: its profile says which. */
const facts = z.record(z.string().max(60), z.union([z.string().max(500), z.boolean()]));
const party = z.strictObject({ uscc, name: z.string().min(1).max(200) });

/** A record's own facts, and the figures that it states; all others follow from the methodology. */
const statement = z.strictObject({ facts: facts.default({}), figures: values.default({}) });
const day = z.iso.date('not a day (2025-12-31)');

/** A laboratory's report on the composite sample of a month; the laboratory anchors it, not the enterprise. */
const testReport = z.strictObject({
  reportNo: z.string().min(1).max(60),
  sampleKind: z.string().min(1).max(100),
  received: day,
  testStart: day,
  testEnd: day,
  issued: day,
  figures: values,
});
const unitMonth = statement.extend({ test: testReport.optional() });
const month = z.string().regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/, 'not a month (2024-02)');

const tonnes = z.string().regex(/^(?:0|[1-9][0-9]{0,17})$/, 'not a whole number of tonnes');
/** As reported where nothing is said; else what stood in the report, what was verified instead, and why. */
const conclusion = z
  .strictObject({
    result: z.enum(['confirmed', 'changed']).default('confirmed'),
    reason: z.string().min(1).max(300).optional(),
    /** tCO2 of the annual report. */
    reported: tonnes.optional(),
    /** tCO2 */
    verified: tonnes.optional(),
    /** Of a change against the conclusion of the year before; asked beyond the limit of the parameters (R-L36). */
    yearReason: z.string().min(1).max(300).optional(),
  })
  .superRefine((stated, context) => {
    for (const name of ['reason', 'reported', 'verified'] as const)
      if ((stated.result === 'changed') !== (stated[name] !== undefined))
        context.addIssue({ code: 'custom', path: [name], message: 'stands there where the result is changed' });
  });

const unit = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  name: z.string().min(1).max(200),
  facilityCode: z.string().regex(/^MF[0-9]{4}$/, 'not a facility code (MF0001)'),
  product: z.string().min(1).max(200),
  /** Of the registration; the first day of the year where it is not said. */
  inServiceFrom: day.optional(),
  plan: facts.default({}),
  /** What the plan states in figures, of a sector whose methodology asks for them. */
  planFigures: values.default({}),
  months: z.record(month, unitMonth),
  report: statement.prefault({}),
  conclusion: conclusion.prefault({}),
  /** What the province states when it allocates ahead, of a sector whose methodology does so. */
  preIssuance: statement.prefault({}),
  /** What the province states when it determines the unit's allowances. */
  issuance: statement.prefault({}),
});

const sectorYear = z.strictObject({
  schema: z.literal('carbon-ledger/sector-year/v1'),
  /** Id of the methodology that every record is computed by. */
  methodology: z.string().min(1).max(60),
  /** As the list of key emitters names it. */
  sector: z.string().regex(/^[a-z][a-z-]{1,39}$/),
  year: z.string().regex(/^[0-9]{4}$/),
  enterprise: party.extend({
    region: z.string().regex(/^[0-9]{6}$/, 'not a region (GB/T 2260, six digits)'),
    permitNo: z.string().max(40),
  }),
  units: z.array(unit).min(1).max(40),
  /** What the enterprise states as a whole; its months only where the sector balances it so. */
  plant: z
    .strictObject({
      months: z.record(month, statement).default({}),
      report: statement.prefault({}),
      conclusion: conclusion.prefault({}),
      issuance: statement.prefault({}),
    })
    .prefault({}),
  /** Who tested the samples of the months that have a report; its certificate covers C, Q, H, S and M. */
  lab: party.extend({ cmaNo: z.string().min(3).max(40), cmaValidTo: day }).optional(),
  /** Who verified the year, engaged by the province; without it the year ends with its reports. */
  verifier: party.extend({ reportNo: z.string().min(1).max(100) }).optional(),
  /** Until when the year is surrendered; without it nothing is determined. */
  surrender: z.strictObject({ deadline: day }).optional(),
});

/** One enterprise's report year in any sector: what a methodology cannot compute, by unit and month. */
export type SectorYear = z.infer<typeof sectorYear>;
export type SectorUnit = SectorYear['units'][number];
export type Conclusion = z.infer<typeof conclusion>;
export type Verifier = NonNullable<SectorYear['verifier']>;
export type Lab = NonNullable<SectorYear['lab']>;
export type TestReport = z.infer<typeof testReport>;
export type Statement = z.infer<typeof statement>;

const schemaName = 'carbon-ledger/sector-year/v1';

export function isSectorYear(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === schemaName;
}

function monthsOutside(months: Readonly<Record<string, unknown>>, year: string, place: string): z.core.$ZodIssue[] {
  return Object.keys(months)
    .filter((name) => !name.startsWith(`${year}-`))
    .map((name) => ({
      code: 'custom',
      path: [...place.split('/'), name],
      message: `not of the year ${year}`,
      input: name,
    }));
}

function testsWithoutLab({ units, lab }: SectorYear): z.core.$ZodIssue[] {
  if (lab !== undefined) return [];
  return units.flatMap(({ months }, index) =>
    Object.entries(months)
      .filter(([, { test }]) => test !== undefined)
      .map(([name, { test }]) => ({
        code: 'custom',
        path: ['units', index, 'months', name, 'test'],
        message: 'the file does not say which lab tested it: /lab',
        input: test,
      })),
  );
}

/** @throws LedgerError BAD_FILE with every fault at its place */
export function parseSectorYear(value: unknown): SectorYear {
  const read = sectorYear
    .superRefine((file, context) => {
      const { year, units, plant } = file;
      const issues = [
        ...units.flatMap(({ months }, index) => monthsOutside(months, year, `units/${String(index)}/months`)),
        ...monthsOutside(plant.months, year, 'plant/months'),
        ...testsWithoutLab(file),
      ];
      const twice = units.findIndex(({ id }, index) => units.findIndex((other) => other.id === id) < index);
      if (file.surrender !== undefined && file.verifier === undefined)
        context.addIssue({
          code: 'custom',
          path: ['verifier'],
          message: 'nothing is surrendered before it is verified',
        });
      for (const issue of issues) context.addIssue({ code: 'custom', path: issue.path, message: issue.message });
      if (twice >= 0) context.addIssue({ code: 'custom', path: ['units', twice, 'id'], message: 'stands there twice' });
    })
    .safeParse(value);
  if (read.success) return read.data;
  throw new LedgerError('BAD_FILE', 'not a sector-year file', { faults: faultsOf('BAD_FILE', read.error) });
}
