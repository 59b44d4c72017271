import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltRecord, buildRecord, shelvedRules, type YearRules } from '@carbon-ledger/core';
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
  trialProvinceAuthority,
  trialSalts,
} from '@carbon-ledger/plant-year/trial';

const samples = join(__dirname, '../../scripts/sample/sectors');
const national = trialNationalAuthority;

/** `cement-2024` and all others, as they stand in scripts/sample/sectors. */
export const sampleYears = readdirSync(samples).map((name) => name.replace(/\.json$/, ''));

export function readSample(name: string): SectorYear {
  return parseSectorYear(JSON.parse(readFileSync(join(samples, `${name}.json`), 'utf8')));
}

function ruleRecord(type: 'methodology' | 'parameter', { unit, ...rules }: YearRules): BuiltRecord {
  const content = type === 'methodology' ? rules.methodology : rules.parameters;
  const subject = { uscc: national.uscc, unit, period: rules.methodology.year };
  return buildRecord({ type, issuer: national.uscc, subject, content: { ...content } }, trialSalts(national.uscc));
}

/** The rules and authorities of a file's year, with what a test adds to its parameters. */
export function marketOf(file: SectorYear, values: YearRules['parameters']['values'] = {}): PlantYearLedger {
  const shelved = shelvedRules(file.methodology, file.year);
  const { parameters } = shelved;
  const rules = { ...shelved, parameters: { ...parameters, values: { ...parameters.values, ...values } } };
  return {
    methodology: ruleRecord('methodology', rules),
    parameters: ruleRecord('parameter', rules),
    provinceAuthority: trialProvinceAuthority(file.enterprise.region).uscc,
    allowanceRegistry: trialAllowanceRegistry.uscc,
    ccerRegistry: trialCcerRegistry.uscc,
  };
}

export function buildYear(
  file: SectorYear,
  market: PlantYearLedger,
  anchored: (key: string) => BuiltRecord | undefined = () => undefined,
): BuiltRecord[] {
  const plan = planSectorYear(file, planLedgerOf(market));
  return buildPlan(plan, market, { salts: trialSalts, anchored }).steps.flatMap(({ records }) => records);
}
