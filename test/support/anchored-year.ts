import { buildRecord, type BuiltRecord } from '../../core/src/rulebook';
import { coalPower, coalPowerParameters } from '../../core/src/methodology';
import {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialProvinceAuthority,
  trialSalts,
} from '../../plant-year/src/trial';
import { buildPlantYear, parsePlantYear, type AnchoredPlantYear } from '../../plant-year/src';
import type { Json } from '../../scripts/sample/pointer';

function ruleRecord(type: 'methodology' | 'parameter', content: object): BuiltRecord {
  const { uscc } = trialNationalAuthority;
  const subject = { uscc, unit: '-', period: '2024' };
  return buildRecord({ type, issuer: uscc, subject, content: { ...content } }, trialSalts(uscc));
}

/** The market of the sample's province and year, without a ledger. */
export const sampleLedger = {
  methodology: ruleRecord('methodology', coalPower('2024')),
  parameters: ruleRecord('parameter', coalPowerParameters('2024')),
  provinceAuthority: trialProvinceAuthority('140000').uscc,
  allowanceRegistry: trialAllowanceRegistry.uscc,
  ccerRegistry: trialCcerRegistry.uscc,
};

/** What the ledger holds once a plant-year has been imported. */
export function anchoredYear(value: Json): AnchoredPlantYear {
  const built = buildPlantYear(parsePlantYear(value), sampleLedger, { salts: trialSalts });
  return { ...sampleLedger, records: built.steps.flatMap((step) => step.records) };
}
