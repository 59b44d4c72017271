export {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialKey,
  trialNationalAuthority,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
  type TrialParty,
} from './trial';
