import { z } from 'zod';

/** Where a formula's variable comes from. Several cited records, or a name ending in `.*`, give a list. */
export type Binding =
  | { readonly from: string; readonly figure: string }
  | { readonly parameter: string; readonly by?: ContentBinding | undefined }
  | ContentBinding;

/** A public field of the record itself (`from` absent) or of the record cited in a role. */
export interface ContentBinding {
  readonly content: string;
  readonly from?: string | undefined;
}

/** When a formula applies: a field or figure compared with a constant, or whether a role is cited at all. */
export type Condition =
  | { readonly cited: string; readonly is: boolean }
  | { readonly of: Binding; readonly op: 'eq' | 'lt' | 'le' | 'gt' | 'ge'; readonly value: string }
  | { readonly of: Binding; readonly op: 'in'; readonly value: readonly string[] };

export interface FormulaCase {
  /** Unique in the methodology, with the clause it comes from in `basis`. */
  readonly id: string;
  readonly when?: readonly Condition[] | undefined;
  readonly expression: string;
  readonly inputs: Readonly<Record<string, Binding>>;
  readonly basis?: string | undefined;
}

export interface FigureSpec {
  /** Name, or a family `daily.fc_t.*`. */
  readonly name: string;
  readonly unit: string;
  /** Digits after the point, exactly. */
  readonly decimals: number;
  readonly visibility: 'public' | 'private';
  readonly required: boolean;
  /** May it stand without a formula when no case applies? */
  readonly stated: boolean;
  /**
   * Greatest difference from the recomputed value that is accepted, as a decimal; absent for none. Only for auxiliary items,
   * where the guideline leaves open whether they are computed from rounded means.
   */
  readonly tolerance?: string | undefined;
  /** The first case whose conditions hold gives the figure. */
  readonly cases: readonly FormulaCase[];
}

const contentBinding = z.strictObject({ content: z.string().max(60), from: z.string().max(40).optional() });
const binding = z.union([
  z.strictObject({ from: z.string().max(40), figure: z.string().max(80) }),
  z.strictObject({ parameter: z.string().max(60), by: contentBinding.optional() }),
  contentBinding,
]);
const condition = z.union([
  z.strictObject({ cited: z.string().max(40), is: z.boolean() }),
  z.strictObject({ of: binding, op: z.enum(['eq', 'lt', 'le', 'gt', 'ge']), value: z.string().max(60) }),
  z.strictObject({ of: binding, op: z.literal('in'), value: z.array(z.string().max(60)).max(20) }),
]);
const formulaCase = z.strictObject({
  id: z.string().max(120),
  when: z.array(condition).max(6).optional(),
  expression: z.string().max(500),
  inputs: z.record(z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,40}$/), binding),
  basis: z.string().max(200).optional(),
});

export const figureSpecSchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_.]{0,79}(?:\.\*)?$/),
  unit: z.string().max(40),
  decimals: z.int().min(0).max(12),
  visibility: z.enum(['public', 'private']),
  required: z.boolean(),
  stated: z.boolean(),
  tolerance: z.string().max(20).optional(),
  cases: z.array(formulaCase).max(8),
});

/** Content of a `methodology` record: which figures each kind of record carries and how each is computed. */
export interface Methodology {
  readonly id: string;
  readonly title: { readonly en: string; readonly zh: string };
  readonly year: string;
  readonly sources: readonly string[];
  readonly figures: Readonly<Record<string, readonly FigureSpec[]>>;
}

export const methodologySchema: z.ZodType<Methodology> = z.strictObject({
  id: z.string().max(60),
  title: z.strictObject({ en: z.string().max(200), zh: z.string().max(200) }),
  year: z.string().regex(/^[0-9]{4}$/),
  sources: z.array(z.string().max(300)).max(20),
  /** Key: kind and level, `monthly-evidence@unit`. */
  figures: z.record(z.string().max(120), z.array(figureSpecSchema).max(80)),
});

/** Content of a `parameter` record: a table of values in force for one year. */
export const parameterTableSchema = z.strictObject({
  table: z.string().max(60),
  effectiveFrom: z.iso.date(),
  effectiveTo: z.iso.date().nullable(),
  values: z.record(
    z.string().max(60),
    z.strictObject({
      value: z.string().regex(/^-?(?:0|[1-9][0-9]{0,29})(?:\.[0-9]{1,20})?$/),
      unit: z.string().max(40),
      source: z.string().max(200),
    }),
  ),
});
export type ParameterTable = z.infer<typeof parameterTableSchema>;
