export {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialCityAuthority,
  trialKey,
  trialInspector,
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
  type TrialParty,
} from './trial';
