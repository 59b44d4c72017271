import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type BuiltRecord,
  buildRecord,
  parseFigureAddress,
  shelvedRules,
  traceFigure,
  type YearRules,
} from '@carbon-ledger/core';
import {
  buildPlan,
  parseSectorYear,
  planLedgerOf,
  planSectorYear,
  type PlantYearLedger,
  type SectorYear,
} from '@carbon-ledger/plant-year';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';
import { MemoryLedger } from '../support/memory-ledger';
import { ledgerId, msp, sign, time } from '../support/trial-records';

const samples = join(__dirname, '../../scripts/sample/sectors');
const national = trialNationalAuthority;

function readSample(sector: string): SectorYear {
  return parseSectorYear(JSON.parse(readFileSync(join(samples, `${sector}-2024.json`), 'utf8')));
}

function ruleRecord(type: 'methodology' | 'parameter', { unit, ...rules }: YearRules): BuiltRecord {
  const content = type === 'methodology' ? rules.methodology : rules.parameters;
  const subject = { uscc: national.uscc, unit, period: rules.methodology.year };
  return buildRecord({ type, issuer: national.uscc, subject, content: { ...content } }, trialSalts(national.uscc));
}

/** One sector's year on a ledger that is judged by the same contract as everything else. */
class SectorWorld {
  readonly ledger = new MemoryLedger({ ledger: ledgerId, msp, time });
  readonly market: PlantYearLedger;

  private constructor(readonly file: SectorYear) {
    const rules = shelvedRules(file.methodology, file.year);
    this.market = {
      methodology: ruleRecord('methodology', rules),
      parameters: ruleRecord('parameter', rules),
      provinceAuthority: trialProvinceAuthority(file.enterprise.region).uscc,
      allowanceRegistry: trialAllowanceRegistry.uscc,
      ccerRegistry: trialCcerRegistry.uscc,
    };
  }

  static async open(file: SectorYear): Promise<SectorWorld> {
    const world = new SectorWorld(file);
    await world.ledger.found(await sign([trialPartyRecord(national, national.uscc, [msp])]));
    const province = trialProvinceAuthority(file.enterprise.region);
    const { uscc, name, region } = file.enterprise;
    const enterprise = { uscc, name, region, kind: 'enterprise' as const };
    const parties = [province, enterprise].map((party) => trialPartyRecord(party, national.uscc, [msp]));
    await world.anchor([...parties, world.market.methodology, world.market.parameters]);
    return world;
  }

  build(file: SectorYear): BuiltRecord[] {
    const plan = planSectorYear(file, planLedgerOf(this.market));
    return buildPlan(plan, this.market, { salts: trialSalts }).steps.flatMap(({ records }) => records);
  }

  /** Each party's records in their order. */
  async anchor(records: readonly BuiltRecord[]): Promise<void> {
    const refused = await this.submit(records);
    if (refused.length > 0) throw new Error(JSON.stringify(refused, null, 1));
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

describe.each(['cement', 'steel', 'aluminium'])('a year of %s', (sector) => {
  const address = ({ enterprise }: SectorYear): string => `${enterprise.uscc}/PLANT/2024/annual-report#emission_tCO2`;

  it('is anchored record by record, and its total is computed anew down to what the enterprise stated', async () => {
    const world = await SectorWorld.open(readSample(sector));
    await world.anchor(world.build(world.file));
    const trace = await traceFigure(world.ledger, parseFigureAddress(address(world.file)));
    expect(trace).toMatchObject({ status: 'intact', breaks: [], hidden: 0 });
    expect(trace.nodes.length).toBeGreaterThan(24);
    expect(Number(trace.value)).toBeGreaterThan(100_000);
  }, 60_000);

  it('is refused where the year of a unit leaves a month out', async () => {
    const world = await SectorWorld.open(readSample(sector));
    const [unit] = world.file.units;
    const { '2024-07': left, ...months } = unit!.months;
    expect(left).toBeDefined();
    const file = { ...world.file, units: [{ ...unit!, months }, ...world.file.units.slice(1)] };
    const refused = await world.submit(world.build(file));
    expect(JSON.stringify(refused)).toContain('R-L15');
  }, 60_000);
});

describe('what a methodology asks of a plan', () => {
  it('is named field by field where it is missing or is none of its choices', async () => {
    const world = await SectorWorld.open(readSample('cement'));
    const [unit] = world.file.units;
    const plans = [{ lineName: '1号窑', clinkerKind: 'pottery', capacity: '五千', colour: 'grey' }, {}];
    const found: string[][] = [];
    for (const plan of plans) {
      const records = world.build({ ...world.file, units: [{ ...unit!, plan: plan }] });
      const own = records.filter(({ record }) => !['monthly-evidence', 'annual-report'].includes(record.type));
      const refused = JSON.stringify(await world.submit(own));
      found.push(
        ['lineName', 'clinkerKind', 'capacity', 'colour'].filter((name) => refused.includes(`/content/${name}`)),
      );
    }
    expect(found).toEqual([
      ['clinkerKind', 'capacity', 'colour'],
      ['lineName', 'clinkerKind', 'capacity'],
    ]);
  });
});
