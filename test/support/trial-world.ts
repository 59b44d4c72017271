import { type BuiltRecord, type Judgement, type LedgerRecord, rulebooks, type Rulebooks } from '@carbon-ledger/core';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
} from '@carbon-ledger/plant-year/trial';
import { MemoryLedger } from './memory-ledger';
import { build, enterprise, lab, ledgerId, msp, sign, time, TrialRecords, unitOne, verifier } from './trial-records';

export { build, enterprise, lab, ledgerId, msp, sign, testReport, time, unitOne, verifier } from './trial-records';

const national = trialNationalAuthority;
const province = trialProvinceAuthority('140000');

/** A founded trial ledger in memory, with the words in which a test speaks of it. */
export class TrialWorld extends TrialRecords {
  readonly ledger: MemoryLedger;

  /** @param books editions of the rules that the contract knows */
  constructor(books: Rulebooks = rulebooks) {
    super();
    this.ledger = new MemoryLedger({ ledger: ledgerId, msp, time }, books);
  }

  static async open(books?: Rulebooks): Promise<TrialWorld> {
    const world = await TrialWorld.withParties(books);
    await world.register();
    return world;
  }

  /** Parties and rules alone: nobody is listed, no unit registered, nobody engaged. */
  static async withParties(books?: Rulebooks): Promise<TrialWorld> {
    const world = new TrialWorld(books);
    await world.ledger.found(await sign([trialPartyRecord(national, national.uscc, [msp])]));
    const parties = [province, trialAllowanceRegistry, trialCcerRegistry, enterprise, lab, verifier];
    await world.anchor([
      ...parties.map((party) => trialPartyRecord(party, national.uscc, [msp])),
      world.methodology,
      world.parameters,
    ]);
    return world;
  }

  /** The plant as its year needs it: listed, its units accepted, laboratory and verifier engaged. */
  async register(units: readonly Record<string, unknown>[] = [unitOne]): Promise<void> {
    const facility = this.facility(units);
    await this.anchor([facility, this.engagement('testing', lab.uscc)]);
    await this.anchor([
      this.review(facility, { decision: 'accept', reasons: [] }),
      this.listing(),
      this.engagement('verification', verifier.uscc),
    ]);
  }

  /** The same statement once more, as the next version of its key. */
  nextVersion({ record, figures }: BuiltRecord): BuiltRecord {
    const stated = figures.filter(({ formula }) => formula === undefined);
    return build({
      type: record.type,
      kind: record.kind,
      issuer: record.issuer,
      subject: record.subject,
      version: record.version + 1,
      content: record.content,
      cites: this.#cited(record),
      figures: Object.fromEntries(stated.map(({ name, value }) => [name, value])),
    });
  }

  #cited(record: LedgerRecord): Record<string, BuiltRecord[]> {
    const known = new Map(this.ledger.all().map((anchored) => [anchored.id, anchored]));
    const cited: Record<string, BuiltRecord[]> = {};
    for (const { role, record: id, key } of record.cites) {
      const found = known.get(id);
      if (found)
        cited[role] = [...(cited[role] ?? []), { id, key, record: found.record, figures: found.figures ?? [] }];
    }
    return cited;
  }

  /** Submits records, each group signed by its own issuer, and expects all to be accepted. */
  async anchor(records: readonly BuiltRecord[]): Promise<void> {
    const judgement = await this.submit(records);
    if (judgement.refused.length > 0) throw new Error(JSON.stringify(judgement.refused, null, 1));
  }

  async submit(records: readonly BuiltRecord[], options: Parameters<typeof sign>[1] = {}): Promise<Judgement> {
    return this.ledger.submit([await sign(records, options)], records);
  }
}
