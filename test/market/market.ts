import {
  coalPower,
  coalPowerParameters,
  formatBusinessKey,
  keyPossessionDigest,
  secp256k1Signer,
  sha256,
  shanghaiDay,
  shelvedRules,
  utf8Encode,
  type BuiltRecord,
  type PartyKey,
  type Signer,
  type StateKind,
  type StateValues,
} from '@carbon-ledger/core';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSigner,
  type TrialParty,
} from '@carbon-ledger/plant-year/trial';
import { brokenInvariants, type Held } from './invariants';
import { build, MarketRecords, type Content } from './market-records';
import type { Filing, MarketPort } from './port';

const nation = trialNationalAuthority;
const province = trialProvinceAuthority('140000');

/** Accuracy classes of meters (GB 17167) and the limit of a year's change: parameters that a verification reads. */
const verificationValues = {
  'calibration.class_pct.belt-scale': '0.5',
  'verification.yearChange_pct': '15',
} as const;

/**
 * One plant of the market with everybody around it, and the words in which a story tells what they do. All invariants are asked
 * after every step, or once the story is told where reading the state costs more than the story (`hold`). The unit is in service from November on, so that a year has two months.
 */
export class Market extends MarketRecords {
  readonly #port: MarketPort;
  readonly #records: { built: BuiltRecord; time: string; keyId: string }[] = [];
  readonly #signers = new Map<string, Signer>();

  /** @param tag two characters that make the parties of this story its own */
  private constructor(port: MarketPort, tag: string) {
    super(tag);
    this.#port = port;
  }

  /** The market with its parties and rules, the plant listed, its unit accepted, laboratory and verifier engaged. */
  static async open(port: MarketPort, tag: string, unit: Content = {}): Promise<Market> {
    const market = new Market(port, tag);
    await market.#registerParties();
    await market.#fileRules();
    await market.#registerPlant(unit);
    return market;
  }

  /** Today in Asia/Shanghai, as the ledger counts it. */
  get today(): string {
    return shanghaiDay(this.#port.now());
  }

  get now(): string {
    return this.#port.now();
  }

  /** Files records of the market's own, where no other story did before. */
  share(records: readonly BuiltRecord[]): Promise<void> {
    return this.#ensure(records);
  }

  /** The nation says that a party's key was in others' hands since an instant. */
  async compromise(party: TrialParty, since: string): Promise<void> {
    await this.#register(party, 2, [{ ...trialPartyKey(party.uscc), compromisedSince: since }]);
  }

  /** A new key beside the one that was compromised; from then on the party signs with it. */
  async renewKey(party: TrialParty): Promise<void> {
    const standing = await this.get('party', party.uscc);
    const signer = secp256k1Signer(sha256(utf8Encode(`second trial key|${party.uscc}`)));
    const proof = await signer.sign(keyPossessionDigest(party.uscc, signer.keyId));
    const key = { ...trialPartyKey(party.uscc), id: signer.keyId, proof };
    await this.#register(party, 3, [...(standing?.content.keys ?? []), key]);
    this.#signers.set(party.uscc, signer);
  }

  /** The nation suspends a party, or takes the suspension back. */
  async setStatus(party: TrialParty, status: 'active' | 'suspended', version: number): Promise<void> {
    await this.#register(party, version, [trialPartyKey(party.uscc)], { status });
  }

  async #register(party: TrialParty, version: number, keys: readonly PartyKey[], more: Content = {}): Promise<void> {
    const { record } = trialPartyRecord(party, nation.uscc, this.#port.msps);
    await this.file(
      build({
        ...{ type: 'party', issuer: nation.uscc, subject: record.subject, version },
        content: { ...record.content, keys, ...more },
      }),
    );
  }

  /** Nothing is against any invariant. */
  async hold(): Promise<void> {
    expect(await brokenInvariants(this.held)).toEqual([]);
  }

  async #holdAfterStep(): Promise<void> {
    if (this.#port.asksEveryStep) await this.hold();
  }

  /** Files records of one issuer and expects them to be taken. */
  async file(...records: readonly BuiltRecord[]): Promise<void> {
    const filing = this.#filing(records);
    const faults = await this.#port.submit(filing);
    if (faults.length > 0) throw new Error(JSON.stringify(faults, null, 1));
    this.#keep(records, filing.signer);
    await this.#holdAfterStep();
  }

  /** Files what must not be taken. Returns code and place of every fault. */
  async refused(...records: readonly BuiltRecord[]): Promise<string[]> {
    const faults = await this.#port.judge(this.#filing(records));
    await this.#holdAfterStep();
    return faults.map(({ code, path }) => `${code} ${path.replace(/^\/records\/0/, '')}`);
  }

  get<Kind extends StateKind>(kind: Kind, key: string): Promise<StateValues[Kind] | undefined> {
    return this.#port.get(kind, key);
  }

  /** The state of a record's case. */
  async state(process: string, { key }: Pick<BuiltRecord, 'key'>): Promise<string | undefined> {
    return (await this.get('case', `${process}/${key}`))?.s;
  }

  get held(): Held {
    return { records: this.#records, get: (kind, key) => this.#port.get(kind, key) };
  }

  /** A plan, two months with their reports, the annual reports of unit and plant: all filed. */
  async reportedYear(): Promise<ReportedYear> {
    const plan = this.plan();
    await this.file(plan);
    const months: BuiltRecord[] = [];
    const labReports: BuiltRecord[] = [];
    for (const period of this.months) {
      const [receipt, report] = this.tested(period);
      await this.file(receipt, report);
      const month = this.evidence(plan, report, period);
      await this.file(month);
      months.push(month);
      labReports.push(report);
    }
    const [unit, plant] = this.reports(plan, months);
    await this.file(unit, plant);
    return { plan, months, labReports, unit, plant };
  }

  #signerOf(party: string): Signer {
    return this.#signers.get(party) ?? trialSigner(party);
  }

  #filing(records: readonly BuiltRecord[]): Filing {
    const ids = new Set(records.flatMap(({ record }) => record.cites.map((cited) => cited.record)));
    // Earlier versions too: their salts are told from those of the next one.
    const keys = new Set(records.map(({ key }) => key));
    const cited = this.#records.map(({ built }) => built).filter(({ id, key }) => ids.has(id) || keys.has(key));
    return { records, cited, signer: this.#signerOf(records[0]?.record.issuer ?? '') };
  }

  #keep(records: readonly BuiltRecord[], { keyId }: Signer): void {
    this.#records.push(...records.map((built) => ({ built, time: this.#port.now(), keyId })));
  }

  /** Files what is not there yet: several stories may be told on one ledger. */
  async #ensure(records: readonly BuiltRecord[]): Promise<void> {
    for (const built of records) {
      const { subject, kind } = built.record;
      const bucket = `${subject.uscc}/${subject.unit}/${subject.period.slice(0, 4)}`;
      const heads = (await this.get('head', bucket)) ?? {};
      if (heads[`${subject.period}/${kind}`] === undefined) await this.file(built);
      else if (!this.#records.some((one) => one.built.id === built.id))
        this.#keep([built], this.#signerOf(built.record.issuer));
    }
  }

  async #registerParties(): Promise<void> {
    const shared = [province, trialAllowanceRegistry, trialCcerRegistry];
    const own = [this.enterprise, this.lab, this.verifier, this.city, this.inspectors];
    this.#keep([trialPartyRecord(nation, nation.uscc, this.#port.msps)], trialSigner(nation.uscc));
    await this.#ensure([...shared, ...own].map((one) => trialPartyRecord(one, nation.uscc, this.#port.msps)));
  }

  async #fileRules(): Promise<void> {
    const subject = { uscc: nation.uscc, unit: 'POWER', period: this.year };
    const table = coalPowerParameters(this.year);
    const more = Object.entries(verificationValues).map(([name, value]) => [
      name,
      { value, unit: '%', source: 'GB 17167' },
    ]);
    const values = { ...table.values, ...(Object.fromEntries(more) as typeof table.values) };
    const rules = {
      methodology: build({ type: 'methodology', issuer: nation.uscc, subject, content: { ...coalPower(this.year) } }),
      parameters: build({ type: 'parameter', issuer: nation.uscc, subject, content: { ...table, values } }),
    };
    await this.#ensure([rules.methodology, rules.parameters]);
    this.setRules(rules);
  }

  /** The rules of another methodology of the year: what is made afterwards rests on them. */
  async useMethodology(id: string): Promise<void> {
    const { unit, methodology, parameters } = shelvedRules(id, this.year);
    const subject = { uscc: nation.uscc, unit, period: this.year };
    const rules = {
      methodology: build({ type: 'methodology', issuer: nation.uscc, subject, content: { ...methodology } }),
      parameters: build({ type: 'parameter', issuer: nation.uscc, subject, content: { ...parameters } }),
    };
    await this.#ensure([rules.methodology, rules.parameters]);
    this.setRules(rules);
  }

  /** Parameters of a story's own: those of the year, with more of them. What is made afterwards rests on them. */
  async useParameters(more: Readonly<Record<string, string>>, version = 1): Promise<void> {
    const [methodology] = this.rules.methodology;
    const [shared] = this.rules.parameters;
    if (methodology === undefined || shared === undefined) throw new Error('the year has rules');
    const content = shared.record.content as { readonly values: object };
    const added = Object.entries(more).map(([name, value]) => [name, { value, unit: '1', source: '试验' }]);
    const values = { ...content.values, ...(Object.fromEntries(added) as object) };
    const { subject } = shared.record;
    const parameters = build({
      ...{ type: 'parameter' as const, kind: `parameter.${this.enterprise.uscc}`, issuer: nation.uscc },
      ...{ subject, version },
      content: { ...content, values },
    });
    await this.file(parameters);
    this.setRules({ methodology, parameters });
  }

  async #registerPlant(unit: Content): Promise<void> {
    const { uscc } = this.enterprise;
    const codes = { permitNo: `${uscc}001P`, facilityCode: 'MF0003' };
    const one = {
      ...{ id: 'U1', name: '1号机组', ...codes, boilers: ['MF0001'], turbines: ['MF0002'], generators: ['MF0003'] },
      ...{ capacity_MW: '630', category: 'I', fuel: '烟煤', heat: false, from: '2024-11-01', to: null, ...unit },
    };
    const nowhere = { uscc, unit: '-', period: '-' };
    const facility = this.make('facility', uscc, { subject: nowhere, content: { units: [one] } });
    await this.file(facility, this.engaged('testing', this.lab.uscc, uscc));
    const accepted = this.review(facility, { decision: 'accept' });
    await this.file(accepted, this.listing(true, '纳入全国碳市场'), this.verification);
  }
}

export interface ReportedYear {
  readonly plan: BuiltRecord;
  readonly months: readonly BuiltRecord[];
  readonly labReports: readonly BuiltRecord[];
  readonly unit: BuiltRecord;
  readonly plant: BuiltRecord;
}

/** One story of the market, in its own words. */
export interface Story {
  readonly title: string;
  /** Two characters, of each story its own. */
  readonly tag: string;
  readonly play: (market: Market) => Promise<void>;
}

/** The business key of something of the plant. */
export function keyOf(market: Market, unit: string, period: string, kind: string): string {
  return formatBusinessKey(market.subject(unit, period), kind);
}
