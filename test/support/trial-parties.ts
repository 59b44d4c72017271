/** Fictitious parties with keys that anybody can derive, for tests that need a valid signature. */
export {
  trialAllowanceRegistry,
  trialCcerRegistry,
  trialNationalAuthority,
  trialPartyKey,
  trialPartyRecord,
  trialProvinceAuthority,
  trialSalts,
  trialSigner,
} from '@carbon-ledger/plant-year/trial';
