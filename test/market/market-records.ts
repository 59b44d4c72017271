import {
  addDays,
  buildRecord,
  correctionKind,
  evidenceDue,
  lastDayOfMonth,
  reviewKind,
  usccCheckDigit,
  valuesOf,
  type BuiltRecord,
  type RecordDraft,
} from '@carbon-ledger/core';
import {
  trialNationalAuthority,
  trialProvinceAuthority,
  trialSalts,
  type TrialParty,
} from '@carbon-ledger/plant-year/trial';

export type Content = Readonly<Record<string, unknown>>;
type Cited = Readonly<Record<string, readonly BuiltRecord[]>>;

const CMA = '240417250001';

interface YearRules {
  readonly methodology: BuiltRecord;
  readonly parameters: BuiltRecord;
}

function party(first17: string, kind: TrialParty['kind'], region: string): TrialParty {
  const uscc = first17 + usccCheckDigit(first17);
  return { uscc, name: `（虚构）${uscc}`, kind, region };
}

export function build(draft: RecordDraft): BuiltRecord {
  return buildRecord(draft, trialSalts(draft.issuer));
}

/** What a figure of a month is stated as; the rest is computed. */
const monthFigures = {
  coalConsumption_t: '115272.04',
  NCVar_GJ_t: '21.496',
  Mar_pct: '12.34',
  generation_MWh: '283041.600',
  heatSupply_GJ: '0.00',
  operatingHours_h: '600.00',
  onGrid_MWh: '267813.962',
  purchasedPower_MWh: '18.600',
};

/** What is otherwise in a month than in any other; a figure that is undefined is left out. */
interface MonthChange {
  readonly version?: number;
  readonly unit?: string;
  readonly figures?: Readonly<Record<string, string | undefined>>;
  readonly content?: Content;
  readonly cites?: Cited;
}

/** What a sample stands for, where it is not U1's composite of the month. */
interface SampleOf {
  readonly unit?: string;
  readonly version?: number;
  /** `2024-11-15` */
  readonly day?: string;
  readonly batch?: string;
  readonly figures?: Readonly<Record<string, string>>;
}

/** Label and fields of a sample that is no composite. */
function partOf({ day, batch }: SampleOf): { readonly label: string; readonly part: Content } {
  if (day !== undefined) return { label: `.${day.slice(8)}`, part: { sampleDay: day } };
  return batch === undefined ? { label: '', part: {} } : { label: `.${batch}`, part: { batchNo: batch } };
}

/** The parties around one plant, and the records that they make: nothing is filed here. */
export class MarketRecords {
  readonly year = '2024';
  readonly months = ['2024-11', '2024-12'] as const;
  readonly nation = trialNationalAuthority.uscc;
  readonly province = trialProvinceAuthority('140000').uscc;
  readonly enterprise: TrialParty;
  readonly lab: TrialParty;
  readonly verifier: TrialParty;
  readonly city: TrialParty;
  readonly inspectors: TrialParty;
  #rules: YearRules | undefined;

  /** @param tag two characters that make the parties of this story its own */
  constructor(tag: string) {
    const accounts = { allowanceAccountId: `FIC-CEA-${tag}`, ccerAccountId: `FIC-CCER-${tag}` };
    this.enterprise = { ...party(`91140600MAFAKE${tag}A`, 'enterprise', '140600'), identifiers: accounts };
    const qualifications = [
      { kind: 'CMA' as const, number: CMA, scope: ['C', 'NCV', 'H', 'S', 'M'], validFrom: null, validTo: '2030-03-30' },
    ];
    this.lab = { ...party(`91140100MAFAKE${tag}B`, 'lab', '140100'), qualifications };
    this.verifier = party(`91110000MAFAKE${tag}C`, 'verifier', '110000');
    this.city = party(`11140600MAFAKE${tag}D`, 'city-authority', '140600');
    this.inspectors = party(`12140000MAFAKE${tag}E`, 'inspector', '140000');
  }

  get rules(): { methodology: BuiltRecord[]; parameters: BuiltRecord[] } {
    if (this.#rules === undefined) throw new Error('the rules were not filed yet');
    return { methodology: [this.#rules.methodology], parameters: [this.#rules.parameters] };
  }

  protected setRules(rules: YearRules): void {
    this.#rules = rules;
  }

  subject(unit = 'U1', period = this.year): RecordDraft['subject'] {
    return { uscc: this.enterprise.uscc, unit, period };
  }

  make(type: RecordDraft['type'], issuer: string, draft: Partial<RecordDraft> = {}): BuiltRecord {
    return build({ type, issuer, subject: this.subject(), content: {}, ...draft });
  }

  engaged(purpose: string, whom: string, issuer: string, version = 1): BuiltRecord {
    return this.make('engagement', issuer, {
      ...{ kind: `engagement.${purpose}`, subject: this.subject('-'), version },
      content: { party: whom, contractNo: `HT-${this.year}-${purpose}` },
    });
  }

  /** The verifier's engagement by the province. */
  get verification(): BuiltRecord {
    return this.engaged('verification', this.verifier.uscc, this.province);
  }

  /** What the province's list of the year says of the plant. */
  listing(listed: boolean, reason: string, version = 1): BuiltRecord {
    const { uscc } = this.enterprise;
    return this.make('emitter-list', this.province, {
      ...{ kind: `emitter-list.${uscc}`, subject: { uscc: this.province, unit: '-', period: this.year }, version },
      cites: { parameters: this.rules.parameters },
      content: { entries: [{ uscc, sector: 'power', listed, reason }] },
    });
  }

  review(
    reviewed: BuiltRecord,
    content: Content,
    level: 'city' | 'province' | 'national' = 'province',
    version = 1,
  ): BuiltRecord {
    const { subject, kind, type } = reviewed.record;
    const issuer = { city: this.city.uscc, province: this.province, national: this.nation }[level];
    return build({
      ...{ type: 'review' as const, kind: reviewKind(level, kind), issuer, subject, version },
      content: { reasons: [], ...content },
      cites: {
        reviewed: [reviewed],
        ...(type === 'facility' || type === 'unit-change' ? {} : { parameters: this.rules.parameters }),
      },
    });
  }

  /** Opens a record for its next version. */
  supersession(target: BuiltRecord, reason = 'CORRECTION', more: Content = {}, version = 1): BuiltRecord {
    return this.#correction('supersession', 'superseded', target, { reason, ...more }, version);
  }

  revocation(target: BuiltRecord, reason = 'WITHDRAWN_BY_ISSUER', version = 1): BuiltRecord {
    return this.#correction('revocation', 'revoked', target, { reason }, version);
  }

  /** @param content changes; a field that is undefined is left out */
  plan(content: Content = {}, version = 1, unit = 'U1'): BuiltRecord {
    const stated: Content = {
      ...{ unitName: '1号机组', capacity_MW: '630', category: 'I', categoryName: '300MW等级以上常规燃煤机组' },
      ...{ facilityCode: 'MF0003', boiler: '煤粉炉', product: '纯凝发电', carbonTestMode: 'monthly-composite' },
      ...content,
    };
    return this.make('quality-control-plan', this.enterprise.uscc, {
      ...{ version, subject: this.subject(unit) },
      cites: this.rules,
      content: Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)),
    });
  }

  /** The laboratory's receipt of a sample and its report: of a month's composite, a day, or a batch. */
  tested(period: string, of: SampleOf = {}): readonly [receipt: BuiltRecord, report: BuiltRecord] {
    const { unit = 'U1', version = 1, figures } = of;
    const { label, part } = partOf(of);
    const name = [unit, period, ...(label === '' ? [] : [label.slice(1)])].join('-');
    const received = addDays(lastDayOfMonth(period), 4);
    const subject = this.subject(unit, period);
    const sample = { sampleMonth: period, sampleKind: label === '' ? '月缩分样' : '入炉煤样', received, ...part };
    const receipt = this.make('sample-receipt', this.lab.uscc, {
      ...{ subject, kind: `sample-receipt${label}` },
      content: { sampleNo: `S-${this.enterprise.uscc}-${name}`, ...sample },
    });
    const days = { testStart: addDays(received, 2), testEnd: addDays(received, 4), issued: addDays(received, 10) };
    const report = this.make('test-report', this.lab.uscc, {
      ...{ subject, kind: `test-report${label}`, version, cites: { 'sample-receipt': [receipt] } },
      content: { reportNo: `FIC-${name}-${String(version)}`, ...sample, ...days, qualification: CMA },
      figures: {
        ...{ Cad_pct: '62.38', Mad_pct: '2.84', Had_pct: '3.62' },
        ...{ Qgr_ad_MJ_kg: '24.975', Qnet_ar_GJ_t: '21.576', St_ad_pct: '0.71', ...figures },
      },
    });
    return [receipt, report];
  }

  /** Last day for the evidence of a month, by the parameters of the year. */
  dueOf(period: string): string | undefined {
    return evidenceDue(period, valuesOf(this.rules.parameters[0]?.record));
  }

  /** @param reports none, one, or those of every day or batch */
  evidence(
    plan: BuiltRecord,
    reports: BuiltRecord | readonly BuiltRecord[] | undefined,
    period: string,
    { version = 1, unit = 'U1', figures = {}, content = {}, cites = {} }: MonthChange = {},
  ): BuiltRecord {
    const tests = [reports ?? []].flat();
    const stated = Object.entries<string | undefined>({ ...monthFigures, ...figures });
    const given = stated.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return this.make('monthly-evidence', this.enterprise.uscc, {
      ...{ subject: this.subject(unit, period), version },
      cites: {
        ...this.rules,
        ...{ 'quality-control-plan': [plan], ...(tests.length > 0 ? { 'test-report': tests } : {}), ...cites },
      },
      content: {
        carbonBasis: tests.length > 0 ? 'measured' : 'default',
        dailyRecords: false,
        due: this.dueOf(period),
        ...content,
      },
      figures: Object.fromEntries(given),
    });
  }

  /** The unit's report over its months, and the plant's over that. */
  reports(plan: BuiltRecord, months: readonly BuiltRecord[], version = 1): readonly [BuiltRecord, BuiltRecord] {
    const content = { preparer: null, title: `${this.year} 年度排放报告` };
    const unit = this.make('annual-report', this.enterprise.uscc, {
      ...{ content, version },
      cites: { ...this.rules, 'quality-control-plan': [plan], 'monthly-evidence': months },
    });
    const plant = this.make('annual-report', this.enterprise.uscc, {
      ...{ content, version, subject: this.subject('PLANT') },
      cites: { ...this.rules, 'unit-report': [unit] },
    });
    return [unit, plant];
  }

  conclusion(
    report: BuiltRecord,
    content: Content = {},
    cites: Cited = {},
    version = 1,
    figures: Readonly<Record<string, string>> = {},
  ): BuiltRecord {
    return this.make('verification-conclusion', this.verifier.uscc, {
      ...{ subject: report.record.subject, version, figures },
      cites: { ...this.rules, 'annual-report': [report], ...cites },
      content: { reportNo: 'V-1', result: 'confirmed', conformity: { guideline: true, plan: true }, ...content },
    });
  }

  #correction(
    type: 'supersession' | 'revocation',
    role: string,
    target: BuiltRecord,
    content: Content,
    version: number,
  ): BuiltRecord {
    const { kind, issuer, subject } = target.record;
    return build({
      ...{ type, kind: correctionKind(type, kind), issuer, subject, version },
      content: { statement: '更正', ...content },
      cites: { [role]: [target] },
    });
  }
}
