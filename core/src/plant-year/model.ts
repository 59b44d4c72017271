/** A scalar of the file as text: numbers as they are printed, booleans as `true` and `false`, null where it says null. */
export type FieldText = string | null;

/** One JSON object of the file: its scalars by name, and where it stands. Absent fields are absent. */
export interface Section {
  /** JSON pointer (RFC 6901) of the object. */
  readonly pointer: string;
  readonly fields: ReadonlyMap<string, FieldText>;
}

/** One unit and month: what the enterprise states, and the laboratory's report, if there is one. */
export interface UnitMonth {
  readonly month: string;
  readonly evidence: Section;
  readonly lab: Section | null;
}

export interface UnitYear {
  readonly id: string;
  readonly about: Section;
  readonly months: readonly UnitMonth[];
  readonly annual: Section;
  readonly allowance: Section;
}

/** 日数据: one row per day with the coal fired (t), its NCVar (GJ/t) and Mar (%). */
export interface DailyRow {
  readonly pointer: string;
  readonly day: number;
  readonly fc_t: string;
  readonly ncv_GJ_t: string;
  readonly mar_pct: string;
}

export interface DailyBlock {
  readonly pointer: string;
  readonly unit: string;
  readonly month: string;
  readonly rows: readonly DailyRow[];
}

export interface StockMonth {
  readonly month: string;
  readonly balance: Section;
}

/** A plant's report year as its file states it. Nothing in it has been judged. */
export interface PlantYear {
  readonly year: string;
  readonly root: Section;
  readonly enterprise: Section;
  readonly lab: Section;
  readonly verifier: Section;
  /** 报告编制机构; empty where the enterprise prepares its report itself. */
  readonly preparer: Section;
  readonly parameters: Section;
  readonly units: readonly UnitYear[];
  readonly daily: readonly DailyBlock[];
  readonly stock: readonly StockMonth[];
  readonly compliance: Section;
  readonly lots: readonly Section[];
}

/** The text of a field, or undefined where the file has none or null. */
export function field(section: Section | null | undefined, name: string): string | undefined {
  return section?.fields.get(name) ?? undefined;
}

export function fieldPointer(section: Section, name: string): string {
  return `${section.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The daily rows of a unit's month, if the file has them. */
export function dailyOf(file: PlantYear, unit: string, month: string): DailyBlock | undefined {
  return file.daily.find((block) => block.unit === unit && block.month === month);
}
