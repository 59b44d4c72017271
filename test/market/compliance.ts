import { noAllocation, reallocate, type BuiltRecord } from '@carbon-ledger/core';
import { trialAllowanceRegistry, trialCcerRegistry } from '@carbon-ledger/plant-year/trial';
import type { Market } from './market';
import type { Content } from './market-records';

const registry = trialAllowanceRegistry.uscc;
const ccerRegistry = trialCcerRegistry.uscc;

type Cited = Readonly<Record<string, readonly BuiltRecord[]>>;

/** Records of the unit and of the plant. */
export interface UnitAndPlant {
  readonly unit: BuiltRecord;
  readonly plant: BuiltRecord;
}

/** Tonnes of a figure of a record. */
export function tonnes({ record }: BuiltRecord, figure: string): number {
  return Number(record.totals[figure]?.value);
}

/** A plant's compliance year from its verified emissions on, in the words in which a story tells it. */
export class ComplianceYear {
  readonly #market: Market;
  readonly #plan: BuiltRecord;
  readonly #reports: UnitAndPlant;
  #conclusions: UnitAndPlant;
  #transfers = 0;

  private constructor(market: Market, plan: BuiltRecord, reports: UnitAndPlant, conclusions: UnitAndPlant) {
    this.#market = market;
    this.#plan = plan;
    this.#reports = reports;
    this.#conclusions = conclusions;
  }

  /** The year is reported, and verified as it was reported. Its deadline lies behind. */
  static async verified(market: Market, parameters: Readonly<Record<string, string>>): Promise<ComplianceYear> {
    await market.useParameters({ 'surrender.deadline': '20250228', ...parameters });
    const { plan, ...reports } = await market.reportedYear();
    const unit = market.conclusion(reports.unit);
    const plant = market.conclusion(reports.plant, {}, { 'unit-conclusion': [unit] });
    await market.file(unit, plant);
    return new ComplianceYear(market, plan, reports, { unit, plant });
  }

  /** Verified emissions of the plant: what is to be surrendered. */
  get due(): number {
    return tonnes(this.#conclusions.plant, 'verifiedEmission_tCO2');
  }

  /** The verifier finds so many tonnes less than was reported: unit and plant are concluded anew. */
  async revise(by: number): Promise<void> {
    const { plant, unit } = this.#conclusions;
    for (const one of [plant, unit]) await this.#market.file(this.#market.supersession(one, 'VERIFICATION'));
    const newUnit = this.#revised(this.#reports.unit, by, {});
    const newPlant = this.#revised(this.#reports.plant, by, { 'unit-conclusion': [newUnit] });
    await this.#market.file(newUnit, newPlant);
    this.#conclusions = { unit: newUnit, plant: newPlant };
  }

  #revised(report: BuiltRecord, by: number, cites: Cited): BuiltRecord {
    const before = String(tonnes(report, 'emission_tCO2'));
    const after = String(Number(before) - by);
    const row = { figure: 'emission_tCO2', before, after, same: false, reason: '煤量复核' };
    return this.#market.make('verification-conclusion', this.#market.verifier.uscc, {
      ...{ subject: report.record.subject, version: 2 },
      cites: { ...this.#market.rules, 'annual-report': [report], ...cites },
      content: {
        ...{ reportNo: 'V-2', result: 'changed', reason: '煤量复核', confirmed: [row] },
        conformity: { guideline: true, plan: true },
      },
      figures: { verifiedEmission_tCO2: after },
    });
  }

  /** Pre-allocation by the province, on what was verified a year before. */
  async preAllocated(verifiedBefore: number): Promise<UnitAndPlant> {
    const market = this.#market;
    const shared = { kind: 'allowance-issuance.pre', content: { phase: 'pre', notice: '预分配通知' } };
    const unit = market.make('allowance-issuance', market.province, {
      ...{ ...shared, cites: market.rules, figures: { verified2023_tCO2: String(verifiedBefore) } },
    });
    const cites = { ...market.rules, 'unit-issuance': [unit] };
    const plant = market.make('allowance-issuance', market.province, { ...shared, ...this.#ofPlant, cites });
    await market.file(unit, plant);
    return { unit, plant };
  }

  /** Final determination, or what is adjusted of one. */
  async determined(pre: UnitAndPlant, adjusts?: UnitAndPlant, version = 1): Promise<UnitAndPlant> {
    const market = this.#market;
    const adjusted = { phase: 'adjustment', notice: '调整通知', reason: 'verification' };
    const shared = {
      version,
      kind: adjusts === undefined ? 'allowance-issuance' : 'allowance-issuance.adjustment',
      content: adjusts === undefined ? { phase: 'final', notice: '核定通知' } : adjusted,
    };
    const cites = (of: keyof UnitAndPlant, more: Cited): Cited => ({
      ...{ ...market.rules, 'verification-conclusion': [this.#conclusions[of]], 'pre-issuance': [pre[of]] },
      ...(adjusts === undefined ? {} : { issuance: [adjusts[of]] }),
      ...more,
    });
    const made = { 'quality-control-plan': [this.#plan], 'annual-report': [this.#reports.unit] };
    const unit = market.make('allowance-issuance', market.province, { ...shared, cites: cites('unit', made) });
    const plant = market.make('allowance-issuance', market.province, {
      ...{ ...shared, ...this.#ofPlant, cites: cites('plant', { 'unit-issuance': [unit] }) },
    });
    await market.file(unit, plant);
    return { unit, plant };
  }

  /** What the registry makes of an issuance, by the ledger's own sums; changed where a story wants it wrong. */
  async credit(issuance: BuiltRecord, change: Content = {}): Promise<BuiltRecord> {
    const kind = issuance.record.kind.replace('issuance', 'credit');
    const entitled = tonnes(issuance, kind.endsWith('.pre') ? 'preallocation_tCO2' : 'allowance_tCO2');
    const before = (await this.#market.get('allocation', this.key)) ?? noAllocation;
    const { next, credited, deducted, remaining } = reallocate(before, BigInt(entitled));
    return this.#market.make('allowance-credit', registry, {
      ...{ kind, ...this.#ofPlant, cites: { issuance: [issuance], parameters: this.#market.rules.parameters } },
      content: {
        ...{ entitled_t: String(entitled), deducted_t: String(deducted), credited_t: String(credited) },
        ...{ handBack_t: next.handBack, deductionLeft_t: String(remaining), account: 'enterprise' },
        ...change,
      },
    });
  }

  /** Pre-allocation and final determination, both issued to the account. */
  async issued(verifiedBefore: number): Promise<Record<'pre' | 'final', UnitAndPlant>> {
    const pre = await this.preAllocated(verifiedBefore);
    await this.#market.file(await this.credit(pre.plant));
    const final = await this.determined(pre);
    await this.#market.file(await this.credit(final.plant));
    return { pre, final };
  }

  /** Key of what the ledger keeps of the enterprise's year. */
  get key(): string {
    return `${this.#market.enterprise.uscc}/${this.#market.year}`;
  }

  transfer(content: Content, from = this.#market.enterprise.uscc, vintage = this.#market.year): BuiltRecord {
    return this.#moved(content, { uscc: from, period: vintage }, {});
  }

  /** By the rule of the year, which it cites. */
  carryOver(content: Content): BuiltRecord {
    const of = { uscc: this.#market.enterprise.uscc, period: this.#market.year };
    return this.#moved({ how: 'carry-over', ...content }, of, { parameters: this.#market.rules.parameters });
  }

  #moved(content: Content, of: { uscc: string; period: string }, cites: Cited): BuiltRecord {
    this.#transfers += 1;
    const unit = `T-${this.#market.enterprise.uscc}-${String(this.#transfers)}`;
    return this.#market.make('allowance-transfer', registry, {
      ...{ subject: { ...of, unit }, cites, content: { tradedOn: '2025-03-01', ...content } },
    });
  }

  surrender(
    issuance: BuiltRecord,
    rows: readonly Content[],
    cancellations: readonly BuiltRecord[],
    version = 1,
  ): BuiltRecord {
    const concluded = { 'verification-conclusion': [this.#conclusions.plant], 'allowance-issuance': [issuance] };
    const allowances = rows.map((row) => ({ vintage: this.#market.year, ...row }));
    return this.#market.make('surrender', registry, {
      ...{ ...this.#ofPlant, version },
      cites: { ...this.#market.rules, ...concluded, 'ccer-cancellation': cancellations },
      content: { deadline: '2025-02-28', surrenderedOn: '2025-03-01', allowances },
    });
  }

  booking(surrender: BuiltRecord, cancellation: BuiltRecord, change: Content = {}): BuiltRecord {
    const { kind, content } = cancellation.record;
    const cites = { surrender: [surrender], 'ccer-cancellation': [cancellation] };
    return this.#market.make('offset-booking', registry, {
      ...{ kind: kind.replace('ccer-cancellation', 'offset-booking'), ...this.#ofPlant },
      cites: { parameters: this.#market.rules.parameters, ...cites },
      content: { qty: content['qty'], ...change },
    });
  }

  /** What the province says of the year: cleared, or what is missing. */
  settled(
    type: 'clearing' | 'default',
    surrender: BuiltRecord,
    issuance: BuiltRecord,
    content: Content,
    bookings: readonly BuiltRecord[] = [],
  ): BuiltRecord {
    const concluded = { 'verification-conclusion': [this.#conclusions.plant], 'allowance-issuance': [issuance] };
    return this.#market.make(type, this.#market.province, {
      ...this.#ofPlant,
      cites: {
        ...{ surrender: [surrender], ...concluded },
        ...(type === 'default' ? { parameters: this.#market.rules.parameters } : {}),
        ...(bookings.length === 0 ? {} : { 'offset-booking': bookings }),
      },
      content: { obligation_t: String(this.due), ccer_t: '0', overshoot_t: '0', overshootBookings: [], ...content },
    });
  }

  /** A lot of the story's own, of as many numbers as are said. */
  lot(qty: number, content: Content = {}): BuiltRecord {
    const project = `P-${this.#market.enterprise.uscc}`;
    const words = { projectRef: project, projectName: '（虚构）海上风电', methodology: 'CCER-01-002-V01' };
    return this.#market.make('ccer-lot', ccerRegistry, {
      ...{ kind: 'ccer-lot.A', subject: { uscc: ccerRegistry, unit: project, period: '-' } },
      content: { ...words, ...this.#serials(1, qty), ...content },
    });
  }

  freeze(lot: BuiltRecord, label: string, from: number, to: number): BuiltRecord {
    return this.#market.make('ccer-freeze', ccerRegistry, {
      ...{ kind: `ccer-freeze.${label}`, ...this.#ofPlant, cites: { 'ccer-lot': [lot] } },
      content: { projectRef: lot.record.content['projectRef'], account: this.#account, ...this.#serials(from, to) },
    });
  }

  sync(synced: BuiltRecord, label: string): BuiltRecord {
    const { projectRef, qty } = synced.record.content;
    return this.#market.make('ccer-sync', registry, {
      ...{ kind: `ccer-sync.${label}`, ...this.#ofPlant, cites: { synced: [synced] } },
      content: { projectRef, qty, projectName: '（虚构）海上风电', projectType: 'A0102' },
    });
  }

  release(freeze: BuiltRecord, label: string): BuiltRecord {
    const { serialFrom, serialTo } = freeze.record.content;
    return this.#market.make('ccer-release', ccerRegistry, {
      ...{ kind: `ccer-release.${label}`, ...this.#ofPlant, cites: { 'ccer-freeze': [freeze] } },
      content: { serialFrom, serialTo, reason: '企业撤回' },
    });
  }

  cancel(
    lot: BuiltRecord,
    label: string,
    span: readonly [number, number],
    more: Content = {},
    cites: Cited = {},
  ): BuiltRecord {
    const serials = this.#serials(...span);
    const words = { purpose: 'national-offset', cancelledOn: '2025-03-01', account: this.#account };
    return this.#market.make('ccer-cancellation', ccerRegistry, {
      ...{ kind: `ccer-cancellation.${label}`, ...this.#ofPlant },
      cites: { 'ccer-lot': [lot], ...cites },
      content: { projectRef: lot.record.content['projectRef'], ...words, ...serials, ...more },
      figures: { ccerQty_tCO2: serials.qty },
    });
  }

  application(lot: BuiltRecord, qty: number, freezes: readonly BuiltRecord[] = [], change: Content = {}): BuiltRecord {
    const { enterprise } = this.#market;
    return this.#market.make('offset-application', enterprise.uscc, {
      ...this.#ofPlant,
      cites: { ...this.offsetCites, 'ccer-freeze': freezes },
      content: {
        ...{ enterpriseName: enterprise.name, ccerAccount: this.#account, declared: true },
        ...{ allowanceAccount: enterprise.identifiers?.['allowanceAccountId'], obligation_t: String(this.due) },
        ...{ applied_t: String(qty), share_pct: ((qty / this.due) * 100).toFixed(2) },
        rows: [{ projectRef: lot.record.content['projectRef'], qty: String(qty) }],
        ...change,
      },
    });
  }

  /** Application and its confirmation by the province, both filed. */
  async confirmed(lot: BuiltRecord, qty: number, freezes: readonly BuiltRecord[] = []): Promise<void> {
    const application = this.application(lot, qty, freezes);
    await this.#market.file(application);
    const confirmation = this.#market.make('offset-confirmation', this.#market.province, {
      ...this.#ofPlant,
      cites: { ...this.offsetCites, application: [application], 'ccer-freeze': freezes },
      content: { decision: 'confirm', confirmed_t: String(qty) },
    });
    await this.#market.file(confirmation);
  }

  get offsetCites(): Cited {
    return { parameters: this.#market.rules.parameters, 'verification-conclusion': [this.#conclusions.plant] };
  }

  get #ofPlant(): { subject: ReturnType<Market['subject']> } {
    return { subject: this.#market.subject('PLANT') };
  }

  get #account(): string {
    return this.#market.enterprise.identifiers?.['ccerAccountId'] ?? '';
  }

  #serials(from: number, to: number): { serialFrom: string; serialTo: string; qty: string } {
    const { uscc } = this.#market.enterprise;
    const serial = (number: number): string => `FIC${uscc}-${String(number).padStart(9, '0')}`;
    return { serialFrom: serial(from), serialTo: serial(to), qty: String(to - from + 1) };
  }
}
