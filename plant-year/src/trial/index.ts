export {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialKey,
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
  type TrialParty,
} from './trial';
