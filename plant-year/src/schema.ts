import { z } from 'zod';
import { isDay, isDecimalText, isUscc, normaliseIdentifier, unitPattern } from '@carbon-ledger/core';

/**
 * Shape of a plant-year file. Here only types, presence and spelling are held; decimals, units and values of figures are
 * the methodology's (`figureFaults`), dates and sums those of `consistency`.
 */
const text = z.string().min(1).max(300);
const name = z.string().min(1).max(200);
const uscc = z.string().refine(isUscc, 'not a unified social credit code (GB 32100)');
const notDay = 'not a day (YYYY-MM-DD)';
const day = z.string(notDay).refine(isDay, notDay);
const notMonth = 'not a month (YYYY-MM)';
const month = z.string(notMonth).regex(/^[0-9]{4}-(?:0[1-9]|1[0-2])$/, notMonth);
const notNumber =
  'not a decimal number (digits with an optional point; no spaces, separators, full-width digits or exponent)';
const decimalText = z.string(notNumber).refine(isDecimalText, notNumber);
/** Whole tonnes stand as JSON numbers in the sample; a string of digits says the same. */
const decimal = z.union([decimalText, z.int()], notNumber);
const percent = decimal;
const note = { comment: z.string().optional() };

const labReport = z.strictObject({
  reportNo: z
    .string()
    .max(80)
    .refine((number) => normaliseIdentifier(number) !== '', 'not a number: it has neither letter nor digit'),
  sampleMonth: month,
  sampleKind: text,
  sampleReceived: day,
  testStart: day,
  testEnd: day,
  issued: day,
  daysMonthEndToIssue: z.int().optional(),
  Cad_pct: percent,
  Mad_pct: percent,
  Had_pct: percent.optional(),
  Qgr_ad_MJ_kg: decimal.optional(),
  Qnet_ar_GJ_t: decimal.optional(),
  St_ad_pct: percent.optional(),
  anchoredByLab: day,
});

const unitMonth = z.strictObject({
  ...note,
  month,
  coalMine: name.optional(),
  coalConsumption_t: decimal,
  NCVar_GJ_t: decimal,
  lab: labReport.nullable(),
  Mar_pct: percent,
  Car_tC_t: decimal,
  CarMeasured_tC_t: decimal.nullable(),
  carbonBasis: z
    .string()
    .regex(/^(?:measured|default(?: [0-9.]+ tC\/GJ)?)$/, 'neither "measured" nor "default … tC/GJ"'),
  CCimplied_tC_GJ: decimal,
  OF_pct: percent,
  emission_tCO2: decimal,
  generation_MWh: decimal,
  heatSupply_GJ: decimal,
  operatingHours_h: decimal,
  loadFactor_pct: percent,
  onGrid_MWh: decimal,
  purchasedPower_MWh: decimal,
  grossEfficiency_pct: percent,
  emissionPerMWh: decimal,
  evidenceDue: day,
  evidenceSubmitted: day,
  onTime: z.boolean(),
});

const annual = z.strictObject({
  ...note,
  coalConsumption_t: decimal,
  NCVar_weighted_GJ_t: decimal,
  Car_weighted_tC_t: decimal,
  OF_pct: percent,
  emission_tCO2: decimal,
  emissionSumOfMonths_tCO2: decimal,
  generation_MWh: decimal,
  heatSupply_GJ: decimal,
  operatingHours_h: decimal,
  loadFactor_pct: percent,
  onGrid_MWh: decimal,
  purchasedPower_MWh: decimal,
  indirectElectricity_tCO2_infoOnly: decimal,
  grossEfficiency_pct: percent,
  grossCoalRate_gce_kWh_wholeFuel: decimal,
  emissionIntensity_tCO2_MWh: decimal,
});

const allowance = z.strictObject({
  ...note,
  Be: decimal,
  Bh: decimal,
  F_pct: percent,
  Ff: decimal,
  Ae_tCO2: decimal,
  Ah_tCO2: decimal,
  A_tCO2: decimal,
  preallocation_tCO2: decimal,
  verified2023_tCO2: decimal,
  trueUp_tCO2: decimal,
  surplusOrGap_tCO2: decimal,
});

/** What is made of all units of a plant cites them one by one, at most so many. */
const mostUnits = 40;

const unit = z.strictObject({
  ...note,
  unitId: z
    .string()
    .regex(unitPattern)
    .refine((id) => id !== 'PLANT' && id !== '-', 'PLANT and - are not units'),
  name,
  facilityCode: name,
  capacity_MW: z.union([z.number().positive(), decimalText], notNumber),
  boiler: text,
  product: name,
  categoryNo: z.enum(['I', 'II', 'III', 'IV']),
  category: text,
  months: z.array(unitMonth),
  annual,
  allowance,
});

/** Day of the month. */
const notDayOfMonth = 'not a day of a month (1 to 31)';
const rowDay = z.int(notDayOfMonth).min(1, notDayOfMonth).max(31, notDayOfMonth);
const rowDayText = z.string().regex(/^(?:[1-9]|[12][0-9]|3[01])$/, notDayOfMonth);
const rowDays = z.union([rowDay, rowDayText], notDayOfMonth);
export const dailyColumns = ['day', 'fc_t', 'ncv_GJ_t', 'mar_pct'] as const;
const daily = {
  ...note,
  columns: z
    .array(z.string())
    .refine((names) => dailyColumns.every((column) => names.filter((name) => name === column).length === 1), {
      error: 'the columns day, fc_t, ncv_GJ_t and mar_pct are needed, each once',
    }),
  /** Which cell must be what, only the columns say: {@link cellFault}. */
  rows: z.array(z.array(z.unknown())).min(1).max(31),
};

export type DailyColumn = (typeof dailyColumns)[number];

/** What is wrong with a cell of a daily row, if anything. */
export function cellFault(column: DailyColumn, value: unknown): string | undefined {
  return (column === 'day' ? rowDays : decimal).safeParse(value).error?.issues[0]?.message;
}

export const dailyBlockSchema = z.strictObject(daily);
const namedDailyBlock = z.strictObject({ unit: z.string().regex(unitPattern), month, ...daily });

const stock = z.strictObject({
  ...note,
  month,
  opening_t: decimal,
  purchased_t: decimal,
  closing_t: decimal,
  consumedByStock_t: decimal,
  consumedByFeeder_t: decimal,
  imbalance_pct: decimal,
});

const serials = { serialFrom: name, serialTo: name, qty: decimal };

/** A lot of CCER, and what the year's offset takes of it; the procedure of the year says which steps are asked. */
const lot = z.strictObject({
  ...note,
  projectName: name,
  methodology: name,
  projectRef: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  ...serials,
  /** When the reductions were registered, and in which registry. */
  registeredOn: day.optional(),
  track: z.enum(['earlier', 'current']).optional(),
  /** Numbers that were frozen before they were applied for. */
  frozen: z.strictObject(serials).optional(),
  /** The allowance registry has it before it, under this kind of project. */
  synced: z.strictObject({ projectType: z.string().min(1).max(60) }).optional(),
  /** Numbers that were cancelled; all that is frozen, or the whole lot, where it is not said. */
  cancelled: z.strictObject({ ...serials, cancelledOn: day.optional() }).optional(),
  /** Booked against the surrender. */
  booked: z.boolean().optional(),
  /** What is left of the freeze was released. */
  released: z.strictObject({ reason: text }).optional(),
});

const vintage = z.string().regex(/^[0-9]{4}$/, 'not a year (YYYY)');

/** 配额登记发放: what the registry put on the account; what was set off is nothing where it is not said. */
const credit = z.strictObject({
  ...note,
  phase: z.enum(['pre', 'final']),
  credited_t: decimal,
  deducted_t: decimal.optional(),
  handBack_t: decimal.optional(),
  deductionLeft_t: decimal.optional(),
});

/** 配额划转: what left the account, of the vintage of the report year. */
const transfer = z.strictObject({
  ...note,
  number: z.string().regex(unitPattern),
  how: z.enum(['listed', 'block', 'auction', 'cancellation', 'carry-over', 'hand-back', 'provincial']),
  to: uscc.optional(),
  quantity_t: decimal,
  tradedOn: day,
  toVintage: vintage.optional(),
});

/** 清缴: allowances that were surrendered, by vintage. */
const surrendered = z.strictObject({
  ...note,
  on: day,
  allowances: z
    .array(z.strictObject({ vintage, qty: decimal, account: uscc.optional() }))
    .min(1)
    .max(40),
});

const compliance = z.strictObject({
  ...note,
  verifiedEmission_tCO2: decimal,
  allowance_tCO2: decimal,
  preallocation_tCO2: decimal,
  trueUp_tCO2: decimal,
  gap_tCO2: decimal,
  gapRate_pct: percent,
  gapCapRelief_tCO2: decimal,
  ccerCap_tCO2: decimal,
  ccerUsed_tCO2: decimal,
  ccerShare_pct: percent,
  ccerLots: z.array(lot).max(100),
  allowancesToSurrender_tCO2: decimal,
  allowancesToBuy_tCO2: decimal,
  surrenderDeadline: day,
  credits: z.array(credit).max(2).optional(),
  transfers: z.array(transfer).max(400).optional(),
  surrendered: surrendered.optional(),
});

/** Blocks of the file that are not facts of the plant-year (comments, vectors, worked cases) are not read. */
export const plantYearSchema = z.looseObject({
  reportYear: z.union([z.int().min(2019).max(2100), z.string().regex(/^20[0-9]{2}$/)]),
  ruleSet: name.optional(),
  enterprise: z.looseObject({ name, uscc, province: z.string().regex(/^[0-9]{6}$/) }),
  lab: z.looseObject({ name, uscc, cmaNo: name.optional(), cmaValidTo: day.optional() }),
  verifier: z.looseObject({ name, uscc, reportNo: name.optional() }),
  reportPreparer: z.looseObject({ name, uscc }).optional(),
  parameters: z.record(z.string(), z.union([decimal, z.record(z.string(), decimal)])),
  units: z
    .array(unit)
    .min(1)
    .max(mostUnits, `more than ${String(mostUnits)} units`),
  daily: z.array(namedDailyBlock).optional(),
  plantStockBalance: z.array(stock),
  compliance,
});
