import { type BuiltRecord, buildRecord, parameterTableSchema, type ParameterTable } from '@carbon-ledger/core';
import { type PlantYearLedger, sectorParties, type SectorYear } from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';
import { MemoryLedger } from '../support/memory-ledger';
import { ledgerId, msp, sign, time } from '../support/trial-records';
import { buildYear, marketOf } from './years';

const national = trialNationalAuthority;

/** One sector's year on a ledger that is judged by the same contract as everything else. */
export class SectorWorld {
  readonly ledger = new MemoryLedger({ ledger: ledgerId, msp, time });
  market: PlantYearLedger;
  readonly #built = new Map<string, BuiltRecord>();

  private constructor(readonly file: SectorYear) {
    this.market = marketOf(file);
  }

  static async open(file: SectorYear): Promise<SectorWorld> {
    const world = new SectorWorld(file);
    await world.ledger.found(await sign([trialPartyRecord(national, national.uscc, [msp])]));
    const province = trialProvinceAuthority(file.enterprise.region);
    const named = sectorParties(file).map(({ qualifications = [], ...party }) => ({
      ...party,
      qualifications: qualifications.map((one) => ({ ...one, scope: [...one.scope] })),
    }));
    const parties = [province, trialAllowanceRegistry, ...named].map((party) =>
      trialPartyRecord(party, national.uscc, [msp]),
    );
    await world.anchor([...parties, world.market.methodology, world.market.parameters]);
    return world;
  }

  build(file: SectorYear): BuiltRecord[] {
    return buildYear(file, this.market);
  }

  /** Files the table of parameters anew with one more value. */
  async fileValue(name: string, value: ParameterTable['values'][string]): Promise<void> {
    const { record } = this.market.parameters;
    const { values } = parameterTableSchema.parse(record.content);
    const content = { ...record.content, values: { ...values, [name]: value } };
    const draft = { type: 'parameter', issuer: national.uscc, subject: record.subject, content, version: 2 } as const;
    const parameters = buildRecord(draft, trialSalts(national.uscc));
    await this.anchor([parameters]);
    this.market = { ...this.market, parameters };
  }

  /** What of the file is not anchored yet. */
  buildRest(file: SectorYear): BuiltRecord[] {
    return buildYear(file, this.market, (key) => this.#built.get(key));
  }

  /** Each party's records in their order. */
  async anchor(records: readonly BuiltRecord[]): Promise<void> {
    const refused = await this.submit(records);
    if (refused.length > 0) throw new Error(JSON.stringify(refused, null, 1));
    for (const built of records) this.#built.set(built.key, built);
  }

  async submit(records: readonly BuiltRecord[]): Promise<unknown[]> {
    const refused: unknown[] = [];
    for (const [index, record] of records.entries()) {
      if (index > 0 && records[index - 1]?.record.issuer === record.record.issuer) continue;
      const issuer = record.record.issuer;
      const end = records.findIndex((other, at) => at > index && other.record.issuer !== issuer);
      const own = records.slice(index, end < 0 ? records.length : end);
      refused.push(...(await this.ledger.submit([await sign(own)], own)).refused);
    }
    return refused;
  }
}

/** `PLANT/2024/surrender#allowance_tCO2` of the records, or `none`. */
export function figure(records: readonly BuiltRecord[], name: string): string {
  const [kind = '', figureName = ''] = name.split('#');
  const of = records.find(({ key }) => key.endsWith(`/${kind}`));
  return of?.record.totals[figureName]?.value ?? 'none';
}
